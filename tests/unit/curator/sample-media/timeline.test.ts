import { describe, expect, it } from 'vitest';
import type { Storyboard } from '../../../../src/curator/sample-media/storyboard.ts';
import { frameRate, layTimeline } from '../../../../src/curator/sample-media/timeline.ts';

const sentence = (zh: string): Storyboard['scenes'][0]['sentences'][0] => ({ zh, en: `in English: ${zh}` });
const board: Storyboard = {
  id: 'x',
  theme: 'leaf',
  poster: ['sun'],
  scenes: [
    {
      kind: 'title',
      heading: '一',
      chapter: { 'zh-CN': '甲', en: 'A' },
      sentences: [sentence('一一'), sentence('一二')],
      items: [
        { text: 'p', at: 0 },
        { text: 'q', at: 1 },
        { text: 'r', at: 1 },
      ],
    },
    { kind: 'points', heading: '二', sentences: [sentence('二一')] },
    { kind: 'summary', heading: '三', chapter: { 'zh-CN': '乙', en: 'B' }, sentences: [sentence('三一')] },
  ],
};
const timeline = layTimeline(board, [[1.111, 2.222], [3.333], [0.5]]);

describe('layTimeline', () => {
  it('lays scenes end to end on whole frames', () => {
    const [first, second, third] = timeline.scenes;
    expect(first!.firstFrame).toBe(0);
    expect(second!.firstFrame).toBe(first!.endFrame);
    expect(third!.firstFrame).toBe(second!.endFrame);
    expect(timeline.frames).toBe(third!.endFrame);
    expect(timeline.length).toBe(timeline.frames / frameRate);
    for (const scene of timeline.scenes) expect(Number.isInteger(scene.endFrame)).toBe(true);
  });

  it('gives every sentence a cue as long as it is spoken, in order and without overlap', () => {
    expect(timeline.cues.map(({ zh }) => zh)).toEqual(['一一', '一二', '二一', '三一']);
    expect(timeline.cues.map(({ start, end }) => end - start)).toEqual([
      expect.closeTo(1.111),
      expect.closeTo(2.222),
      expect.closeTo(3.333),
      expect.closeTo(0.5),
    ]);
    timeline.cues.slice(1).forEach((cue, n) => expect(cue.start).toBeGreaterThan(timeline.cues[n]!.end));
    expect(timeline.cues[3]!.end).toBeLessThan(timeline.length);
  });

  it('begins a chapter where its scene begins', () => {
    expect(timeline.chapters).toEqual([
      { start: 0, title: { 'zh-CN': '甲', en: 'A' } },
      { start: timeline.scenes[2]!.firstFrame / frameRate, title: { 'zh-CN': '乙', en: 'B' } },
    ]);
  });

  it('lets an item enter shortly before its sentence, and the next of the same sentence after it', () => {
    const { items, sentences } = timeline.scenes[0]!;
    expect(items[0]!).toBeLessThan(sentences[0]!.start);
    expect(items[1]!).toBeGreaterThan(sentences[0]!.end);
    expect(items[1]!).toBeLessThan(sentences[1]!.start);
    expect(items[2]!).toBeGreaterThan(items[1]!);
  });
});
