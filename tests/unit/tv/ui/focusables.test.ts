// @vitest-environment jsdom
import { Lightning } from '@lightningjs/sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { Button } from '../../../../src/tv/ui/Button.ts';
import { ListRow } from '../../../../src/tv/ui/ListRow.ts';
import { PanelCard } from '../../../../src/tv/ui/PanelCard.ts';
import { part } from '../../../../src/tv/ui/parts.ts';
import { PosterCard } from '../../../../src/tv/ui/PosterCard.ts';
import { setTheme } from '../../../../src/tv/ui/theme.ts';
import { elementsUnder, showOnStage, textsUnder, visibleRings } from '../../../fakes/stage.ts';

const layout = { w: 214, h: 150, title: 'cardTitle', meta: 'small', titleLines: 2, pad: 14 };
const poster = {
  id: 'a',
  title: '冬小麦',
  meta: '12 分钟',
  poster: undefined,
  announcement: '冬小麦 · 12 分钟',
};
const panel = { kicker: '接着看', title: '大棚膜', note: '还剩 5 分钟', announcement: '接着看 · 大棚膜' };
const row = { title: '字幕', value: '开', note: '', announcement: '字幕 开' };

/** Every kind of thing that takes the focus, with how it is filled. */
const kinds: Record<string, object> = {
  Button: { type: Button, words: '播放' },
  PosterCard: { type: PosterCard, layout },
  PanelCard: { type: PanelCard, look: { w: 410, h: 141, paint: 0xff203a31 }, content: panel },
  ListRow: { type: ListRow, look: { w: 900, h: 84 }, content: row },
};

/** Two of a kind, of which the test says which has the focus. */
class Pair extends Lightning.Component {
  which: 'One' | 'Two' = 'One';
  set kind(kind: object) {
    this.patch({ One: { ...kind }, Two: { ...kind, x: 640 } });
    for (const ref of ['One', 'Two']) {
      const made = part(this, ref);
      if (made instanceof PosterCard) made.show(poster);
    }
  }
  override _getFocused(): Lightning.Component {
    return part<Lightning.Component>(this, this.which);
  }
}

function pairOf(kind: object) {
  const stage = showOnStage(Pair, { kind });
  const focusOn = (which: Pair['which']): void => {
    stage.shown.which = which;
    stage.shown._refocus();
  };
  return { stage, focusOn };
}

afterEach(() => setTheme({}));

describe.each(Object.entries(kinds))('%s', (name, kind) => {
  it('shows exactly one ring, where the focus is', () => {
    const { stage, focusOn } = pairOf(kind);
    expect(visibleRings(stage.shown)).toEqual([part(part(stage.shown, 'One'), 'FocusRing')]);
    focusOn('Two');
    expect(visibleRings(stage.shown)).toEqual([part(part(stage.shown, 'Two'), 'FocusRing')]);
    focusOn('One');
    expect(visibleRings(stage.shown)).toEqual([part(part(stage.shown, 'One'), 'FocusRing')]);
  });

  it('has its ring around it, at least 4 wide and clear of its edge', () => {
    const { stage } = pairOf(kind);
    const one = part(stage.shown, 'One');
    const ring = part(one, 'FocusRing');
    expect(ring.x).toBeLessThanOrEqual(-4);
    expect(ring.w).toBe(one.w - ring.x * 2);
    expect(ring.h).toBe(one.h - ring.y * 2);
  });

  it('grows with the focus and shrinks without', () => {
    const { stage, focusOn } = pairOf(kind);
    const one = part(stage.shown, 'One');
    expect(one.getSmooth('scale')).toBeGreaterThan(1);
    expect(one.getSmooth('scale')).toBeLessThanOrEqual(1.05);
    focusOn('Two');
    expect(one.getSmooth('scale')).toBe(1);
  });

  it('does not grow where motion is not wanted, and still shows its ring', () => {
    setTheme({ reducedMotion: true });
    const { stage } = pairOf(kind);
    expect(part(stage.shown, 'One').getSmooth('scale')).toBe(1);
    expect(visibleRings(stage.shown)).toHaveLength(1);
  });

  it('has words for whoever cannot see it', () => {
    const { stage } = pairOf(kind);
    expect((stage.focused() as Button).announcement).not.toBe('');
  });

  it('sets the line height of every text', () => {
    const { stage } = pairOf(kind);
    const texts = elementsUnder(stage.shown).filter((element) => element.text);
    expect(texts.length, name).toBeGreaterThan(0);
    for (const { text } of texts) expect(text!.lineHeight).toBeGreaterThanOrEqual(text!.fontSize * 1.35);
  });

  it('handles OK only when there is something to do', () => {
    const { stage } = pairOf(kind);
    expect(stage.press('Enter')).toEqual(['Enter']);
    let entered = 0;
    stage.focused().patch({ onEnter: () => entered++ });
    expect(stage.press('Enter')).toEqual([]);
    expect(entered).toBe(1);
  });
});

describe('a poster card', () => {
  const cardShowing = (more: object) => {
    const stage = showOnStage(PosterCard, { layout });
    stage.shown.show({ ...poster, ...more });
    return stage.shown;
  };

  it('shows title and minutes', () => {
    expect(textsUnder(cardShowing({}))).toEqual(['冬小麦', '12 分钟']);
  });

  it.each([
    [undefined, false],
    [0, false],
    [0.4, true],
    [1, false],
  ])('with %s watched has a bar: %s', (progress, shown) => {
    const card = cardShowing({ progress });
    expect([part(card, 'Bar').visible, part(card, 'Track').visible]).toEqual([shown, shown]);
  });

  it('has a bar as long as the share that was watched', () => {
    const card = cardShowing({ progress: 0.5 });
    expect(part(card, 'Bar').w).toBeCloseTo(part(card, 'Track').w / 2);
  });

  it('forgets flag and bar of what it showed before', () => {
    const card = cardShowing({ badge: '新', progress: 0.5 });
    expect(textsUnder(card)).toContain('新');
    card.show({ ...poster, title: '羊舍', announcement: '羊舍' });
    expect(textsUnder(card)).toEqual(['羊舍', '12 分钟']);
    expect(part(card, 'Bar').visible).toBe(false);
    expect(card.announcement).toBe('羊舍');
  });

  it('without a layout says so', () => {
    const stage = showOnStage(PosterCard);
    expect(() => stage.shown.show(poster)).toThrow('layout');
  });
});

describe('a list row', () => {
  const rowShowing = (content: object) => {
    const stage = showOnStage(ListRow, { look: { w: 900, h: 84 } });
    stage.shown.content = { ...row, ...content };
    return stage.shown;
  };

  it('shows tag, title, value and note', () => {
    const shown = textsUnder(rowShowing({ tag: { words: '个人', paint: 1 }, note: '11月15日' }));
    expect(shown).toEqual(['个人', '字幕', '开', '11月15日']);
  });

  it('forgets the tag of what it showed before', () => {
    const shown = rowShowing({ tag: { words: '个人', paint: 1 } });
    shown.content = row;
    expect(textsUnder(shown)).toEqual(['字幕', '开']);
  });

  it('leaves its title no room under the value', () => {
    const shown = rowShowing({ tag: { words: '个人', paint: 1 }, value: '一二三四五六' });
    const title = part(shown, 'Title');
    const valueLeft = 900 - 24 - 6 * 26;
    expect(title.x + title.text!.wordWrapWidth).toBeLessThanOrEqual(valueLeft);
  });
});

describe('a panel card', () => {
  it('has a bar only when there is progress', () => {
    const stage = showOnStage(PanelCard, { look: { w: 410, h: 141, paint: 1 }, content: panel });
    expect(part(stage.shown, 'Bar').visible).toBe(false);
    stage.shown.content = { ...panel, progress: 0.25 };
    expect(part(stage.shown, 'Bar').visible).toBe(true);
    expect(part(stage.shown, 'Bar').w).toBeCloseTo(part(stage.shown, 'Track').w / 4);
    stage.shown.content = panel;
    expect(part(stage.shown, 'Bar').visible).toBe(false);
  });
});
