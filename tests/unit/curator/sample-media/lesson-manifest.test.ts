import { expect, it } from 'vitest';
import { withMedia } from '../../../../src/curator/sample-media/lesson-manifest.ts';

it('replaces what follows from the media and keeps the words', () => {
  const lesson = {
    id: 'a',
    title: '题',
    kind: 'duty',
    length: 1,
    media: { hls: 'old.m3u8' },
    license: 'CC0',
  } as const;
  const made = withMedia({ ...lesson }, 20.06666, [{ start: 3.3333, title: { 'zh-CN': '甲', en: 'A' } }]);
  expect(made).toMatchObject({
    title: '题',
    kind: 'duty',
    license: 'CC0',
    length: 20.07,
    poster: 'media/a/poster.jpg',
    media: { hls: 'media/a/master.m3u8' },
    chapters: [{ start: 3.33, title: { 'zh-CN': '甲', en: 'A' } }],
  });
  expect(made.captions?.map(({ lang, src }) => [lang, src])).toEqual([
    ['zh-CN', 'media/a/zh.vtt'],
    ['en', 'media/a/en.vtt'],
  ]);
});
