// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, it } from 'vitest';
import { newBinding, type PlaceView } from '../../../../../../src/tv/identity/binding.ts';
import type { BoundBox } from '../../../../../../src/tv/identity/bound-box.ts';
import { setLanguage } from '../../../../../../src/tv/locales/i18n.ts';
import { focusedWords, showPage } from '../../../../../fakes/page-stage.ts';
import { fakeServices } from '../../../../../fakes/services.ts';
import { textsUnder, type Key } from '../../../../../fakes/stage.ts';

beforeAll(() => setLanguage('zh-CN'));

const room: PlaceView = {
  state: 'room',
  room: { id: 'room-1', name: '枣园村活动室' },
  branch: null,
  village: { id: 'v', name: '枣园村' },
  people: ['赵德福', '钱德福', '孙德福'].map((name, index) => ({
    id: `10010${index}`,
    name,
    role: 'party-member',
  })),
};
const minutes = {
  guests: 2,
  attendees: [{ id: '100100', name: '赵德福' }],
  corrections: [{ at: '2026-11-19T01:00:00.000Z', reason: '点错了名字', added: [], removed: ['钱德福'] }],
};
/** A service with one record. */
const answering: BoundBox['ask'] = ({ path }) => {
  const json = path.includes('/minutes-link')
    ? { url: 'http://box.test/phone/minutes#t' }
    : path.endsWith('/minutes')
      ? minutes
      : {
          records: [
            {
              session: 's-1',
              kind: 'group',
              at: '2026-11-18T11:00:00.000Z',
              attendees: 1,
              lessons: ['wheat-sowing'],
            },
          ],
        };
  return Promise.resolve({ status: 200, json } as Awaited<ReturnType<BoundBox['ask']>>);
};

async function open(
  page: 'together-past' | 'together-paper',
  ask?: BoundBox['ask'],
  view: PlaceView | null = room,
) {
  const fake = fakeServices({
    binding: { ...newBinding, kept: view ? { view } : {} },
    ...(ask ? { ask } : {}),
  });
  const stage = showPage({ page }, fake.services);
  const rest = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) await new Promise((resolve) => setTimeout(resolve));
  };
  await rest();
  return {
    ...fake,
    stage,
    rest,
    press: async (...keys: Key[]): Promise<void> => {
      for (const key of keys) {
        stage.press(key);
        await rest();
      }
    },
    texts: () => textsUnder(stage.shown).join('|'),
  };
}

describe.each(['together-past', 'together-paper'] as const)('the page %s', (page) => {
  it('says on a TV outside an activity room where it is to be used, and leads back', async () => {
    const { stage, press, texts } = await open(page, undefined, null);
    expect(texts()).toContain('要在村活动室的电视上看');
    await press('Enter');
    expect(stage.notes.backs).toBe(1);
  });
});

describe('earlier sessions', () => {
  it('list what the service has, and open one with masked names and what was put right later', async () => {
    const { press, texts } = await open('together-past', answering);
    expect(texts()).toMatch(/11月1[89]日/);
    expect(texts()).toContain('到了 1 人');
    expect(texts()).toContain('已上传');
    await press('Enter');
    expect(texts()).toContain('记了 1 人，另有群众 2 人');
    expect(texts()).toContain('赵○○');
    expect(texts()).toContain('去掉：钱○○');
    expect(texts()).not.toContain('德福');
  });

  it('send one correction for two OKs, with its reason, and say that it waits', async () => {
    const { press, rest, texts, groups, stage } = await open('together-past', answering);
    await press('Enter');
    expect(focusedWords(stage)).toBe('补记人员');
    await press('Enter', 'Enter', 'Down', 'Enter');
    expect(texts()).toContain('为什么要改？');
    await press('Down', 'Enter');
    expect(texts()).toContain('来晚了没记上');
    stage.press('Enter', 'Enter');
    await rest();
    expect(groups.rows).toHaveLength(1);
    expect(groups.rows[0]).toMatchObject({
      kind: 'group',
      draft: {
        sessionId: 's-1',
        what: 'corrections',
        body: { reason: '来晚了没记上', add: ['100101'], remove: [] },
      },
    });
    expect(texts()).toContain('有网络就自动上传');
    await press('Enter', 'Back');
    expect(texts()).toContain('等待上传');
  });

  it('go no further with nobody chosen', async () => {
    const { press, texts, stage } = await open('together-past', answering);
    await press('Enter', 'Right', 'Enter', 'Down', 'Enter');
    expect(texts()).toContain('谁没来却记上了');
    expect(stage.notes.toasts).toEqual(['还没有选，请先按确认键选']);
  });

  it('say without network what can be seen and done, and show what waits on the box', async () => {
    const { press, texts, stage, groups, services } = await open('together-past');
    expect(texts()).toContain('现在连不上网');
    expect(focusedWords(stage)).toBe('补录纸质签到表');
    await press('Enter');
    expect(stage.notes.opened).toEqual([{ page: 'together-paper' }]);
    await groups.desk.enterPaper({
      room: 'room-1',
      host: '100100',
      startedAt: '2026-11-19T11:00:00.000Z',
      lessons: [{ lessonId: 'wheat-sowing', minutes: 1 }],
      attendees: ['100100', '100102'],
      guests: 0,
      sheet: '表',
    });
    const again = showPage({ page: 'together-past' }, services);
    for (let i = 0; i < 10; i++) await new Promise((resolve) => setTimeout(resolve));
    const words = textsUnder(again.shown).join('|');
    expect(words).toContain('到了 2 人');
    expect(words).toContain('等待上传');
    again.press('Enter');
    expect(textsUnder(again.shown).join('|')).toContain('等上传以后再来这里改');
  });
});

describe('a paper sheet', () => {
  it('is entered step by step with six keys, and kept once', async () => {
    const { press, rest, texts, stage, groups } = await open('together-paper');
    await press('Down', 'Enter', 'Enter');
    expect(texts()).toContain('学的是哪一组课');
    await press('Enter');
    expect(texts()).toContain('学了哪几课');
    await press('Enter');
    while (focusedWords(stage) !== '下一步') await press('Down');
    await press('Enter');
    expect(texts()).toContain('签到表上有谁');
    await press('Enter', 'Right', 'Enter', 'Down', 'Enter');
    expect(texts()).toContain('谁主持的');
    await press('Enter');
    stage.shown.onDigit(4);
    await press('Enter');
    expect(texts()).toContain('到了 2 人，另有群众 4 人：赵○○、孙○○');
    stage.press('Enter', 'Enter');
    await rest();
    expect(groups.rows).toHaveLength(1);
    const [row] = groups.rows;
    expect(row).toMatchObject({
      kind: 'group',
      draft: {
        what: 'paper',
        body: { room: 'room-1', host: '100100', attendees: ['100100', '100102'], guests: 4 },
      },
    });
    expect(texts()).toContain('签到表记下了');
    await press('Enter');
    expect(stage.notes.backs).toBe(1);
  });

  it('goes back a step with Back and keeps what was entered', async () => {
    const { press, texts, stage } = await open('together-paper');
    await press('Enter', 'Enter', 'Enter', 'Enter');
    await press('Back');
    expect(texts()).toContain('学的是哪一组课');
    await press('Back');
    expect(texts()).toContain('几点开始的');
    expect(stage.press('Back')).toEqual(['Back']);
  });
});
