// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { createAnnouncer } from '../../../../src/tv/app/announcer.ts';

describe('the announcer', () => {
  it('writes what is said into the live region, the newest only', () => {
    const region = document.createElement('div');
    const announcer = createAnnouncer(region);
    announcer.say('首页');
    announcer.say('设置');
    expect(region.textContent).toBe('设置');
  });

  it('writes the first words at once, the newest when the frame of their key has been made, none waiting behind them', () => {
    const region = document.createElement('div');
    const waiting: (() => void)[] = [];
    const announcer = createAnnouncer(region, (work) => waiting.push(work));
    const seen = ['首页', '设置', '帮助'].map((words) => {
      announcer.say(words);
      return region.textContent;
    });
    expect(seen).toEqual(['首页', '首页', '设置']);
    for (const work of waiting) work();
    expect(region.textContent).toBe('帮助');
  });

  it('never empties it', () => {
    const region = document.createElement('div');
    const announcer = createAnnouncer(region);
    announcer.say('首页');
    announcer.say('');
    announcer.say('  ');
    expect(region.textContent).toBe('首页');
  });

  it('takes words as words, not as markup', () => {
    const region = document.createElement('div');
    createAnnouncer(region).say('<b>课</b>');
    expect(region.children).toHaveLength(0);
    expect(region.textContent).toBe('<b>课</b>');
  });
});
