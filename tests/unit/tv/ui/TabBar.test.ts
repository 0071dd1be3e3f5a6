// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import type { Focusable } from '../../../../src/tv/ui/Focusable.ts';
import { part } from '../../../../src/tv/ui/parts.ts';
import { TabBar } from '../../../../src/tv/ui/TabBar.ts';
import { showOnStage, visibleRings } from '../../../fakes/stage.ts';

const onEnter = vi.fn<(words: string) => void>();
const words = ['首页', '每月农话', '农技课', '我的学习', '设置'];

/** Tabs in a place of this width. */
const bar = (current: string, width = 1000) =>
  showOnStage(TabBar, {
    tabs: {
      current,
      width,
      specs: words.map((word) => ({ id: word, words: word, onEnter: () => onEnter(word) })),
    },
  });

describe('the tabs', () => {
  it('begin at the current one', () => {
    const stage = bar('每月农话');
    expect((stage.focused() as Focusable).announcement).toBe('每月农话');
    expect(visibleRings(stage.shown)).toHaveLength(1);
  });

  it('begin at the first when the current one is not among them', () => {
    expect(bar('没有').shown.focusedId).toBe('首页');
  });

  it('go round, and only sideways', () => {
    const stage = bar('首页');
    expect(stage.press('Left')).toEqual([]);
    expect(stage.shown.focusedId).toBe('设置');
    expect(stage.press('Right', 'Right')).toEqual([]);
    expect(stage.shown.focusedId).toBe('每月农话');
    expect(stage.press('Up', 'Down')).toEqual(['Up', 'Down']);
    expect(visibleRings(stage.shown)).toHaveLength(1);
  });

  it('open the one that has the focus', () => {
    const stage = bar('首页');
    stage.press('Right', 'Enter');
    expect(onEnter).toHaveBeenCalledExactlyOnceWith('每月农话');
  });

  it('stand side by side without overlap', () => {
    const tabs = part(bar('首页').shown, 'Tabs').children;
    expect(tabs).toHaveLength(words.length);
    tabs.slice(1).forEach((tab, index) => {
      expect(tabs[index]!.x + tabs[index]!.w).toBeLessThanOrEqual(tab.x);
    });
  });

  it('that are more than fit move, so that the one with the focus is in its place', () => {
    const stage = bar('首页', 260);
    for (const key of ['Right', 'Right', 'Right', 'Right', 'Right', 'Left', 'Left', 'Left'] as const) {
      stage.press(key);
      stage.settle();
      const tab = stage.focused();
      const left = part(stage.shown, 'Tabs').x + tab.x;
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left + tab.w).toBeLessThanOrEqual(260);
    }
  });
});
