import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { posterPage, slidePage } from '../../../../src/curator/sample-media/slide.ts';
import { readStoryboard } from '../../../../src/curator/sample-media/storyboard.ts';
import { layTimeline } from '../../../../src/curator/sample-media/timeline.ts';

const folder = new URL('../../../../src/curator/sample-media/storyboards/', import.meta.url);
const ids = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));

describe.each(ids)('storyboard %s', (id) => {
  const board = readStoryboard(folder, id);

  it('can be drawn: every icon exists and every text is on its slide', () => {
    const timeline = layTimeline(
      board,
      board.scenes.map(({ sentences }) => sentences.map(() => 2)),
    );
    board.scenes.forEach((scene, index) => {
      const html = slidePage(
        board,
        scene,
        timeline.scenes[index]!,
        { number: 1, title: '节' },
        { station: '站', title: '课' },
      );
      for (const { text } of scene.items ?? []) expect(html).toContain(text);
    });
    expect(posterPage(board)).toContain('<svg class=');
  });

  it('speaks Chinese and captions in short sentences', () => {
    for (const { zh, en } of board.scenes.flatMap(({ sentences }) => sentences)) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(zh.length, zh).toBeLessThanOrEqual(36);
      expect(en, zh).toMatch(/^[\x20-\x7e°]+$/);
    }
  });
});

describe('readStoryboard', () => {
  let scratch = '';
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'storyboards-'));
  });
  afterAll(() => rmSync(scratch, { recursive: true }));
  const read = (json: unknown): (() => unknown) => {
    writeFileSync(join(scratch, 'x.json'), typeof json === 'string' ? json : JSON.stringify(json));
    return () => readStoryboard(pathToFileURL(`${scratch}/`), 'x');
  };
  const scene = {
    kind: 'points',
    heading: '题',
    chapter: { 'zh-CN': '甲', en: 'A' },
    sentences: [{ zh: '一', en: 'one' }],
  };
  const good = { id: 'x', theme: 'leaf', poster: ['sun'], scenes: [scene] };

  it('says where a mistake is', () => {
    expect(read(good)).not.toThrow();
    expect(read('{')).toThrow(/storyboard x: /);
    expect(read({ ...good, id: 'y' })).toThrow('the file\'s name says "x"');
    expect(read({ ...good, theme: 'pink' })).toThrow('theme: "pink"');
    expect(read({ ...good, scenes: [{ ...scene, chapter: undefined }] })).toThrow('must begin a chapter');
    expect(read({ ...good, scenes: [{ ...scene, items: [{ text: 'p', at: 1 }] }] })).toThrow(
      'scene 1: "p" enters at sentence 1',
    );
  });
});
