// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import type { Button } from '../../../../src/tv/ui/Button.ts';
import { ButtonRow, type ButtonSpec } from '../../../../src/tv/ui/ButtonRow.ts';
import { showOnStage, visibleRings } from '../../../fakes/stage.ts';

const button = (id: string, words = id, onEnter: () => void = () => undefined): ButtonSpec => ({
  id,
  words,
  onEnter,
});
const rowOf = (...buttons: ButtonSpec[]) => showOnStage(ButtonRow, { buttons });
const wordsOf = (row: ButtonRow) => (row.children as Button[]).map(({ announcement }) => announcement);

describe('a row of buttons', () => {
  it('begins at the first and goes to either side, but not round', () => {
    const stage = rowOf(button('play', '播放'), button('list', '课程表'), button('back', '返回'));
    expect(stage.shown.focusedId).toBe('play');
    expect(stage.press('Left')).toEqual(['Left']);
    expect(stage.press('Right', 'Right')).toEqual([]);
    expect((stage.focused() as Button).announcement).toBe('返回');
    expect(stage.press('Right')).toEqual(['Right']);
    expect(stage.shown.focusedId).toBe('back');
  });

  it('does what the focused button is for', () => {
    const [play, back] = [vi.fn(), vi.fn()];
    const stage = rowOf(button('play', '播放', play), button('back', '返回', back));
    stage.press('Right', 'Enter');
    expect(back).toHaveBeenCalledOnce();
    expect(play).not.toHaveBeenCalled();
  });

  it('keeps its components and the focus when only words change', () => {
    const stage = rowOf(button('play', '播放'), button('rate', '速度 · 正常'), button('next', '下一课'));
    stage.press('Right');
    const [before, components] = [stage.focused(), [...stage.shown.children]];
    const faster = vi.fn();
    stage.shown.buttons = [
      button('play', '暂停'),
      button('rate', '速度 · 1.25 倍', faster),
      button('next', '下一课'),
    ];
    expect(stage.shown.children).toEqual(components);
    expect(stage.focused()).toBe(before);
    expect(wordsOf(stage.shown)).toEqual(['暂停', '速度 · 1.25 倍', '下一课']);
    expect(visibleRings(stage.shown)).toHaveLength(1);
    stage.press('Enter');
    expect(faster).toHaveBeenCalledOnce();
  });

  it('keeps the focus on the same button when others come or go before it', () => {
    const stage = rowOf(button('play'), button('next'), button('back'));
    stage.press('Right', 'Right');
    stage.shown.buttons = [button('retry'), button('back')];
    expect(stage.shown.focusedId).toBe('back');
    expect((stage.focused() as Button).announcement).toBe('back');
    stage.shown.buttons = [button('a'), button('b'), button('c'), button('back')];
    expect(stage.shown.focusedId).toBe('back');
    expect(visibleRings(stage.shown)).toHaveLength(1);
  });

  it('falls back to the first when the focused one is gone', () => {
    const stage = rowOf(button('play'), button('next'));
    stage.press('Right');
    stage.shown.buttons = [button('retry'), button('back')];
    expect((stage.focused() as Button).announcement).toBe('retry');
    expect(visibleRings(stage.shown)).toHaveLength(1);
  });

  it('can be told where the focus goes; a button that is not there changes nothing', () => {
    const stage = rowOf(button('play'), button('next'));
    stage.shown.focusOn('next');
    expect((stage.focused() as Button).announcement).toBe('next');
    stage.shown.focusOn('gone');
    expect((stage.focused() as Button).announcement).toBe('next');
  });

  it('stands side by side without overlap, also after the words have grown', () => {
    const stage = rowOf(button('a', '播放'), button('b', '速度'), button('c', '返回'));
    for (const words of ['速度', '速度 · 1.25 倍 · 长一点', 'x']) {
      const specs = [button('a', '播放'), button('b', words), button('c', '返回')];
      stage.shown.buttons = specs;
      const [first, second, third] = stage.shown.children as Button[];
      expect(first!.x + first!.w).toBeLessThan(second!.x);
      expect(second!.x + second!.w).toBeLessThan(third!.x);
      expect(third!.x + third!.w).toBeCloseTo(ButtonRow.widthOf(specs));
    }
  });
});
