// @vitest-environment jsdom
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../../../../../src/tv/locales/i18n.ts';
import { focusedWords, showPage } from '../../../../fakes/page-stage.ts';
import { fakeServices, sampleCatalogue } from '../../../../fakes/services.ts';
import { textsUnder } from '../../../../fakes/stage.ts';

const farmTalk = (issue?: string, memory?: unknown) =>
  showPage({ page: 'farm-talk', ...(issue && { issue }) }, fakeServices().services, memory);

beforeAll(() => setLanguage('zh-CN'));
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the monthly farm talk', () => {
  it('begins with this month’s issue', () => {
    const stage = farmTalk();
    expect(focusedWords(stage)).toMatch(/^2026年11月 · 第35期 · /);
    stage.press('Enter');
    expect(stage.notes.opened).toEqual([{ page: 'play', id: 'wheat-before-winter' }]);
  });

  it('begins with the issue that was asked for', () => {
    expect(focusedWords(farmTalk('farm-talk-2026-09'))).toMatch(/^2026年9月 · 第33期/);
    expect(focusedWords(farmTalk('no-such-issue'))).toMatch(/^2026年11月/);
  });

  it('begins where it was left when Back leads here, whatever was asked for then', () => {
    const stage = farmTalk('farm-talk-2026-10');
    stage.press('Right');
    expect(focusedWords(farmTalk('farm-talk-2026-10', stage.shown.remember()))).toMatch(/^2026年9月/);
  });

  it('tells what an issue is about once the focus rests on it', () => {
    const [first, second] = sampleCatalogue().farmTalk.map(
      ({ summary }) => (summary as Record<string, string>)['zh-CN']!,
    );
    const stage = farmTalk();
    expect(textsUnder(stage.shown)).toContain(first);
    stage.press('Right');
    expect(textsUnder(stage.shown)).not.toContain(second);
    vi.advanceTimersByTime(1000);
    expect(textsUnder(stage.shown)).toContain(second);
  });

  it('plays an issue by its place', () => {
    const stage = farmTalk();
    stage.shown.onDigit(3);
    stage.shown.onDigit(9);
    expect(stage.notes.opened).toEqual([{ page: 'play', id: 'grain-drying' }]);
  });

  it('that has no issue yet says so and leads back', () => {
    const catalogue = { ...sampleCatalogue(), farmTalk: [] };
    const stage = showPage({ page: 'farm-talk' }, fakeServices({ catalogue }).services);
    expect(textsUnder(stage.shown)).toContain('还没有农话，过几天再来看看');
    stage.press('Enter');
    expect(stage.notes.backs).toBe(1);
  });
});
