// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, it } from 'vitest';
import { newBinding, type PlaceView } from '../../../../../src/tv/identity/binding.ts';
import { setLanguage } from '../../../../../src/tv/locales/i18n.ts';
import { focusedWords, showPage } from '../../../../fakes/page-stage.ts';
import { fakeServices } from '../../../../fakes/services.ts';
import { textsUnder, type Key } from '../../../../fakes/stage.ts';

beforeAll(() => setLanguage('zh-CN'));

const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏'];
const room = (count: number): PlaceView => ({
  state: 'room',
  room: { id: 'room-1', name: '枣园村活动室' },
  branch: null,
  village: { id: 'v', name: '枣园村' },
  people: surnames.slice(0, count).map((name, index) => ({
    id: `1001${String(index).padStart(2, '0')}`,
    name: `${name}德福`,
    role: 'party-member',
  })),
});

async function together(view: PlaceView | null = room(30)) {
  const fake = fakeServices({ binding: { ...newBinding, kept: view ? { view } : {} } });
  const stage = showPage({ page: 'together' }, fake.services);
  const rest = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) await new Promise((resolve) => setTimeout(resolve));
  };
  await rest();
  let presses = 0;
  const press = async (...keys: Key[]): Promise<void> => {
    for (const key of keys) {
      presses += 1;
      stage.press(key);
      await rest();
    }
  };
  return {
    ...fake,
    stage,
    press,
    rest,
    presses: () => presses,
    texts: () => textsUnder(stage.shown).join('|'),
    evening: () => fake.groups.desk.evening(),
  };
}

describe('studying together on the TV', () => {
  it('says what a TV outside an activity room has to do, and leads there', async () => {
    const { stage, press, texts } = await together(null);
    expect(texts()).toContain('要在村活动室的电视上用');
    await press('Enter');
    expect(stage.notes.opened).toEqual([{ page: 'binding' }]);
  });

  it('is three presses from Home in an activity room; one more begins', () => {
    const { services } = fakeServices({ binding: { ...newBinding, kept: { view: room(3) } } });
    const stage = showPage({ page: 'home' }, services);
    stage.press('Up', 'Right', 'Enter');
    expect(stage.notes.opened).toEqual([{ page: 'together' }]);
    stage.dispose();
  });

  it('is begun with one OK: all is chosen beforehand', async () => {
    const { press, evening, texts } = await together();
    expect(texts()).toContain('名册上 30 个人');
    await press('Enter');
    expect(evening()?.phase).toBe('roll');
    expect(evening()?.plan.lessons.length).toBeGreaterThan(0);
  });

  it('calls a roll of thirty names in at most 45 presses, with masked names only', async () => {
    const page = await together();
    await page.press('Enter');
    const before = page.presses();
    for (let i = 0; i < 30; i++) await page.press('Enter');
    expect(page.presses() - before).toBeLessThanOrEqual(45);
    expect(page.texts()).toContain('到了 30 人 / 应到 30 人');
    expect(page.texts()).not.toContain('德福');
    expect(focusedWords(page.stage)).toBe('开始学习 ▶');
    await page.press('Enter');
    expect(page.evening()?.phase).not.toBe('roll');
  });

  it('marks all only after asking, and takes it back', async () => {
    const { press, evening, stage } = await together(room(5));
    await press('Enter', 'Down', 'Down', 'Right', 'Enter');
    expect(focusedWords(stage)).toBe('全部到了');
    expect(Object.keys(evening()!.attendees)).toEqual([]);
    await press('Enter');
    expect(Object.keys(evening()!.attendees)).toHaveLength(5);
    await press('Right', 'Right');
    expect(focusedWords(stage)).toBe('撤销');
    await press('Enter');
    expect(Object.keys(evening()!.attendees)).toEqual([]);
  });

  it('counts guests by arrows and digits', async () => {
    const { press, evening, stage, texts } = await together(room(3));
    await press('Enter', 'Down', 'Right', 'Right', 'Enter');
    stage.shown.onDigit(1);
    stage.shown.onDigit(2);
    await press('Right', 'Enter');
    expect(evening()!.guests).toBe(13);
    expect(texts()).toContain('另有群众 13 人');
  });

  it('does not start without anybody, and says what to do', async () => {
    const { press, evening, texts } = await together(room(3));
    await press('Enter', 'Down', 'Enter');
    expect(texts()).toContain('还没有人签到');
    expect(evening()!.phase).toBe('roll');
  });

  it('shows the code that the session has at the moment, also without network', async () => {
    const { press, texts } = await together(room(3));
    await press('Enter');
    expect(texts()).toMatch(/\d\d \d\d \d\d/);
    expect(texts()).toContain('现在没有网络');
  });

  it('goes from the roll to the record: cue, lesson, question, note, end; and shows what came of it', async () => {
    const page = await together(room(2));
    const { groups, press, rest, evening, texts, stage } = page;
    const { lessons } = page.services.catalogue();
    const lesson = lessons.get('remote-basics')!;
    await groups.desk.begin({
      room: 'room-1',
      host: '100100',
      playlist: null,
      lessons: [lesson],
      roster: ['100100', '100101'],
    });
    await rest();
    await press('Enter', 'Enter', 'Enter');
    expect(evening()?.phase).toBe('cue');
    expect(texts()).toContain('谁家的遥控器是新的');
    await press('Enter');
    expect(evening()?.phase).toBe('lesson');
    const watch = async (type: 'started' | 'moved', position: number): Promise<void> => {
      groups.box.pass(0.5);
      const at = groups.box.mono();
      await groups.desk.tell({
        type: 'watched',
        event: type === 'started' ? { type, at, position, rate: 1 } : { type, at, position },
      });
    };
    await watch('started', 0);
    for (let position = 0.5; position <= 12; position += 0.5) await watch('moved', position);
    await rest();
    expect(evening()?.phase).toBe('discussion');
    expect(texts()).toContain('返回键和确认键');
    await press('Enter');
    expect(evening()?.phase).toBe('lesson');
    for (let position = 12.5; position <= 19; position += 0.5) await watch('moved', position);
    await groups.desk.tell({ type: 'shown' });
    await rest();
    expect(texts()).toContain('今天讨论了');
    await press('Up', 'Enter', 'Down', 'Down', 'Enter');
    expect(evening()?.notes).toEqual(['talked-well']);
    expect(focusedWords(stage)).toBe('结束');
    await press('Enter');
    expect(evening()?.phase).toBe('ended');
    expect(texts()).toContain('到了 2 人');
    expect(texts()).toContain('有网络就自动上传');
    expect(groups.rows).toHaveLength(1);
    await press('Enter');
    expect(evening()).toBeUndefined();
    expect(stage.notes.backs).toBe(1);
  });

  it('cannot be ended before anything was shown; it can be left without a record', async () => {
    const { press, evening, texts, stage, groups } = await together(room(1));
    await press('Enter', 'Enter', 'Enter');
    await press('Back');
    expect(focusedWords(stage)).toBe('接着学');
    await press('Right', 'Enter');
    expect(texts()).toContain('课还没有放');
    await press('Right', 'Enter');
    expect(evening()).toBeUndefined();
    expect(groups.rows).toEqual([]);
  });
});
