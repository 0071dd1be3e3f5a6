// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from 'vitest';
import { newBinding, type BindingState } from '../../../../../src/tv/identity/binding.ts';
import { setLanguage } from '../../../../../src/tv/locales/i18n.ts';
import { focusedWords, showPage } from '../../../../fakes/page-stage.ts';
import { fakeServices } from '../../../../fakes/services.ts';
import { textsUnder } from '../../../../fakes/stage.ts';

beforeAll(() => setLanguage('zh-CN'));

async function bindingPage(binding: Partial<BindingState> = {}) {
  const fake = fakeServices({ binding: { ...newBinding, ...binding } });
  const stage = showPage({ page: 'binding' }, fake.services);
  await new Promise((resolve) => setTimeout(resolve));
  const become = (change: Partial<BindingState>): void => {
    fake.world.binding = { ...newBinding, ...change };
    fake.studyChanged();
  };
  return { ...fake, stage, become, texts: () => textsUnder(stage.shown) };
}

const code = { deviceCode: 'd', userCode: 'BCDF-GHJK', address: 'https://c.test/bind', fullAddress: 'x' };
const view = {
  state: 'home' as const,
  home: { id: 'h1', name: '王○○家' },
  village: { id: 'v1', name: '枣园村' },
  people: [],
};

describe('the page that connects the TV', () => {
  it('offers the phone first; then shows the code, spells it, and a second OK does not change it', async () => {
    const { stage, bindingCalls, become, texts } = await bindingPage();
    expect(focusedWords(stage)).toBe('用手机连接');
    stage.press('Enter');
    expect(bindingCalls).toEqual(['show code']);
    become({ kept: { code } });
    expect(texts()).toContain('BCDF-GHJK');
    expect(texts().join()).toContain('c.test/bind');
    expect(stage.notes.said.at(-1)).toContain('B C D F - G H J K');
    expect(focusedWords(stage)).toBe('返回');
  });

  it('takes a card by the pad and by digits, erases, and says what is missing', async () => {
    const { stage, bindingCalls, texts } = await bindingPage();
    stage.press('Right', 'Enter');
    expect(focusedWords(stage)).toBe('1');
    stage.press('Enter', 'Enter');
    stage.shown.onDigit(3);
    expect(texts()).toContain('113_ ____ ____');
    stage.press('Down', 'Down', 'Down', 'Enter');
    expect(texts()).toContain('11__ ____ ____');
    stage.press('Right', 'Right', 'Enter');
    expect(bindingCalls).toEqual([]);
    for (const digit of [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 5]) stage.shown.onDigit(digit);
    expect(texts()).toContain('1112 3456 7890');
    expect(focusedWords(stage)).toBe('确定');
    stage.press('Enter');
    expect(bindingCalls).toEqual(['card 111234567890']);
  });

  it('asks once more before it takes the TV out, with staying in focus', async () => {
    const { stage, bindingCalls, texts } = await bindingPage({ kept: { view } });
    expect(texts()).toContain('已连接：枣园村 · 王○○家');
    stage.press('Right', 'Enter');
    expect(focusedWords(stage)).toBe('不解除');
    stage.press('Enter');
    expect(bindingCalls).toEqual([]);
    stage.press('Right', 'Enter', 'Right', 'Enter');
    expect(bindingCalls).toEqual(['unbind']);
  });

  it.each(['offline', 'denied', 'expired', 'wrong-card', 'busy', 'ended'] as const)(
    'tells of %s in words',
    async (trouble) => {
      const { texts } = await bindingPage({ trouble });
      expect(texts().join()).not.toContain('binding.');
    },
  );
});
