// @vitest-environment jsdom
import { beforeAll, expect, it } from 'vitest';
import { setLanguage } from '../../../../../src/tv/locales/i18n.ts';
import { linkDetail } from '../../../../../src/tv/pages/my-study/link-detail.ts';

const link = { url: 'https://county.test/phone/my-record#link_x', expiresIn: 900 };
const back = (): void => undefined;

beforeAll(() => setLanguage('zh-CN'));

it('the code tells the phone how many records wait on the box, where some do', () => {
  expect(linkDetail(link, 0, back).qr).toBe(link.url);
  expect(linkDetail(link, 3, back).qr).toBe(`${link.url}&waiting=3`);
  expect(linkDetail(link, 12_345, back).qr).toBe(`${link.url}&waiting=9999`);
});
