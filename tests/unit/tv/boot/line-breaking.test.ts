// @vitest-environment jsdom
import { Lightning } from '@lightningjs/sdk';
import { beforeAll, describe, expect, it } from 'vitest';
import { installLineBreaking } from '../../../../src/tv/boot/line-breaking.ts';
import { label } from '../../../../src/tv/ui/label.ts';
import { part } from '../../../../src/tv/ui/parts.ts';
import { showOnStage } from '../../../fakes/stage.ts';

/** The lines in which a text of this width is shown; a Hanzi is 22 wide. */
function linesOf(text: string, w: number, lines = 9): string[] {
  class Words extends Lightning.Component {
    static override _template(): object {
      return { Words: label('body', { text, w, lines }) };
    }
  }
  const stage = showOnStage(Words);
  stage.settle();
  const texture = part(stage.shown, 'Words').texture as unknown as {
    source: { renderInfo: { lines: { info: { text: string } }[] } };
  };
  return texture.source.renderInfo.lines.map(({ info }) => info.text);
}

beforeAll(installLineBreaking);

describe('a Chinese text on the screen', () => {
  it('breaks between any two Hanzi', () => {
    expect(linesOf('冬小麦越冬前查苗情', 22 * 5)).toEqual(['冬小麦越冬', '前查苗情']);
  });

  it('begins no line with a mark that closes', () => {
    expect(linesOf('冬小麦越冬，查苗情。', 22 * 5)).toEqual(['冬小麦越', '冬，查苗', '情。']);
  });

  it('ends no line with a mark that opens', () => {
    expect(linesOf('冬小麦越（二）', 22 * 5)).toEqual(['冬小麦越', '（二）']);
  });

  it('keeps words in Latin letters whole', () => {
    expect(linesOf('看苗情用Classroom好', 22 * 5)).toEqual(['看苗情用', 'Classroom', '好']);
  });

  it('is cut with an ellipsis after the lines it may have', () => {
    const lines = linesOf('冬小麦越冬前查苗情看墒情防冻害', 22 * 5, 2);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/…$/);
    expect([...lines[1]!].length).toBeLessThanOrEqual(5);
  });
});
