// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from 'vitest';
import type { HomePerson, WatchingView } from '../../../../../src/tv/identity/watching.ts';
import type { PinAnswer } from '../../../../../src/tv/identity/who.ts';
import { setLanguage } from '../../../../../src/tv/locales/i18n.ts';
import { focusedWords, showPage } from '../../../../fakes/page-stage.ts';
import { fakeServices } from '../../../../fakes/services.ts';
import { textsUnder } from '../../../../fakes/stage.ts';

beforeAll(() => setLanguage('zh-CN'));

const arrived = () => new Promise((resolve) => setTimeout(resolve));
const one = (person: string, name: string, more: Partial<HomePerson> = {}): HomePerson => ({
  ...{ person, name, role: 'party-member', hasPin: true, watching: false, open: false },
  ...more,
});
const home = (...people: HomePerson[]): WatchingView => ({ place: 'home', people });

async function whoPage(
  watching: WatchingView,
  pin: (pin: string) => PinAnswer = () => ({ type: 'offline' }),
) {
  const fake = fakeServices({ watching, pin });
  const stage = showPage({ page: 'who' }, fake.services);
  await arrived();
  const typePin = async (digits: string): Promise<void> => {
    for (const digit of digits) stage.shown.onDigit(Number(digit));
    // The pad waits on 1; three rows down and one column on is "done".
    stage.press('Down', 'Down', 'Down', 'Right', 'Right', 'Enter');
    await arrived();
  };
  return { ...fake, stage, typePin, texts: () => textsUnder(stage.shown) };
}

describe('who is watching', () => {
  it('picks the first name with one key, and the PIN is what comes next', async () => {
    const { stage, whoCalls } = await whoPage(home(one('p-1', '王○○'), one('p-2', '李○○')));
    expect(focusedWords(stage)).toBe('王○○ 我在看');
    stage.press('Enter');
    expect(whoCalls).toEqual(['switch p-1']);
    expect(focusedWords(stage)).toBe('王○○：填密码');
  });

  it('lets another take over, or join, or everybody be a guest', async () => {
    const { stage, whoCalls } = await whoPage(
      home(one('p-1', '王○○', { watching: true }), one('p-2', '李○○')),
    );
    expect(focusedWords(stage)).toBe('李○○ 换成我看');
    stage.press('Right', 'Enter');
    expect(whoCalls).toEqual(['join p-2']);
    stage.press('Up', 'Down', 'Enter');
    expect(whoCalls.at(-1)).toBe('guest');
  });

  it('says in plain words what is wrong with a PIN, and never shows it', async () => {
    const answers: PinAnswer[] = [
      { type: 'wrong', triesLeft: 3 },
      { type: 'locked', seconds: 240 },
      { type: 'offline' },
      { type: 'right', name: '王桂兰' },
    ];
    const { stage, typePin, texts } = await whoPage(home(one('p-1', '王○○', { watching: true })), () =>
      answers.shift()!,
    );
    stage.press('Down', 'Down', 'Right', 'Enter');
    expect(texts()).toContain('王○○，请填密码');
    stage.shown.onDigit(7);
    expect(texts().join()).not.toContain('7_');
    expect(texts().join()).toContain('●');
    await typePin('391');
    expect(texts()).toContain('密码不对，还可以试 3 次');
    await typePin('7391');
    expect(texts().join()).toContain('4 分钟以后再试');
    await typePin('7391');
    expect(texts().join()).toContain('学时照样记');
    await typePin('7391');
    expect(texts()).toContain('王桂兰');
  });

  it('has nobody to pick in an activity room', async () => {
    const { texts, stage } = await whoPage({ place: 'room', people: [] });
    expect(texts()).toContain('这是活动室的电视，谁都可以看，不登个人的名字。');
    expect(focusedWords(stage)).toBe('好了');
  });
});
