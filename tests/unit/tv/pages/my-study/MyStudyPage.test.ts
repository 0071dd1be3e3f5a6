// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from 'vitest';
import type { LessonStudy } from '../../../../../src/domain/credit/study-year.ts';
import { setLanguage } from '../../../../../src/tv/locales/i18n.ts';
import { focusedWords, showPage } from '../../../../fakes/page-stage.ts';
import { fakeServices, ledgerEntryOf, lessonStudyOf, type FakeWorld } from '../../../../fakes/services.ts';
import { textsUnder, visibleRings } from '../../../../fakes/stage.ts';

const arrived = () => new Promise((resolve) => setTimeout(resolve));
async function study(world: Partial<FakeWorld> = {}, memory?: unknown) {
  const fake = fakeServices(world);
  const stage = showPage({ page: 'my-study' }, fake.services, memory);
  await arrived();
  return { ...fake, stage, texts: () => textsUnder(stage.shown) };
}
const failed = (rule: string, figure = 0.5): LessonStudy['reasons'] =>
  [{ rule, passed: false, figure, limit: 0.8 }] as LessonStudy['reasons'];
const five = ['wheat-sowing', 'sheep-shed', 'tomato-cold', 'duty-hours', 'grain-drying', 'three-meetings'];

beforeAll(() => setLanguage('zh-CN'));

describe('the year', () => {
  it('says what each lesson earned and on which day', async () => {
    const { texts } = await study({
      lessons: [lessonStudyOf('sheep-shed')],
      entries: [ledgerEntryOf('sheep-shed', 0.25)],
    });
    expect(texts()).toEqual(expect.arrayContaining(['个人', '+0.3 学时', '11月15日']));
  });

  it.each([
    ['coverage', '看了 50%，接着看就能计'],
    ['wall-clock', '有一段时间对不上，再看一遍就能计'],
    ['rate', '放得太快的部分不计，按正常速度再看'],
    ['session-minimum', '看的时间太短，接着看就能计'],
    ['lesson-day-cap', '这一课今天已计满，明天再看'],
    ['day-cap', '今天已计满，明天再看'],
    ['once', '这一课今年已经计过'],
  ])('says in plain words why a lesson does not count: %s', async (rule, words) => {
    const { texts } = await study({
      lessons: [lessonStudyOf('sheep-shed', { status: 'in-progress', reasons: failed(rule) })],
    });
    expect(texts()).toContain(words);
    expect(texts()).toContain('未计');
  });

  it('marks what stands by this box’s word only', async () => {
    const world = { lessons: [lessonStudyOf('sheep-shed')], entries: [ledgerEntryOf('sheep-shed', 0.2)] };
    expect((await study({ ...world, provisional: ['sheep-shed'] })).texts()).toContain('11月15日 · 等待上传');
    expect((await study(world)).texts()).toContain('11月15日');
  });

  it('shows a lesson that the county has withdrawn by its id, and still counts it', async () => {
    const { texts } = await study({
      lessons: [lessonStudyOf('old-one')],
      entries: [ledgerEntryOf('old-one', 1)],
    });
    expect(texts()).toEqual(expect.arrayContaining(['old-one', '+1.0 学时']));
  });

  it('tells of a lesson in full, and leads to it', async () => {
    const { stage } = await study({ lessons: five.map((id) => lessonStudyOf(id)) });
    stage.press('Down', 'Enter');
    expect(focusedWords(stage)).toBe('去看这一课');
    stage.press('Enter');
    expect(stage.notes.opened).toEqual([{ page: 'lesson', id: five[1] }]);
  });

  it('finds its place again', async () => {
    const world = { lessons: five.map((id) => lessonStudyOf(id)) };
    const { stage } = await study(world);
    stage.press('Down', 'Down', 'Down');
    const words = focusedWords(stage);
    expect(focusedWords((await study(world, stage.shown.remember())).stage)).toBe(words);
  });

  it('follows what changes, without losing the focus', async () => {
    const fake = await study({ lessons: five.map((id) => lessonStudyOf(id)) });
    fake.stage.press('Down');
    fake.world.waiting = { count: 4, saved: true, quarantined: 0 };
    fake.world.lessons = [...fake.world.lessons, lessonStudyOf('remote-basics')];
    fake.studyChanged();
    await arrived();
    expect(fake.texts()).toContain('4 条等待上传，不会丢');
    expect(visibleRings(fake.stage.shown)).toHaveLength(1);
    expect(focusedWords(fake.stage)).not.toBe('');
  });
});

describe('without anything yet', () => {
  it('says so and leads to a lesson', async () => {
    const { stage, texts } = await study();
    expect(texts()).toContain('今年还没有学习记录。看完一课，这里就会记上。');
    stage.press('Enter');
    expect(stage.notes.opened).toEqual([{ page: 'home' }]);
  });

  it('says that the record is being opened while it is, and when it cannot be', async () => {
    expect((await study({ study: 'pending' })).texts()).toContain('正在打开学习记录…');
    expect((await study({ study: 'lost' })).texts()).toContain('打不开，请检查网络再试');
  });
});

describe('the line below', () => {
  it.each<[Partial<FakeWorld>, string]>([
    [{}, '记录都已上传'],
    [{ waiting: { count: 2, saved: true, quarantined: 0 } }, '2 条等待上传，不会丢'],
    [{ fresh: false }, '记录都已上传 · 现在连不上，显示的是本机记录'],
    [
      { waiting: { count: 1, saved: false, quarantined: 3 } },
      '1 条等待上传，不会丢 · 本机存不住记录，请别关电视，等上传完 · 3 条被退回，请找管理员',
    ],
  ])('for %j is %s', async (world, words) => {
    expect((await study(world)).texts()).toContain(words);
  });
});

describe('one row in full', () => {
  it('says by which rule it does not count and what to do, in the service’s words', async () => {
    const { stage, texts } = await study({
      lessons: [lessonStudyOf('sheep-shed', { status: 'in-progress', reasons: failed('coverage') })],
      why: {
        summary: '还没有计学时。',
        reasons: [
          { rule: 'coverage', passed: false, text: '看了 50%，要看满 80%。', next: '接着看没看过的部分。' },
          { rule: 'rate', passed: true, text: '速度正常。' },
        ],
      },
    });
    stage.press('Enter');
    await arrived();
    expect(texts()).toContain('还没有计学时。');
    expect(texts().join()).toContain('看了 50%，要看满 80%。 接着看没看过的部分。');
    expect(texts().join()).not.toContain('速度正常');
  });

  it('tells where the minutes come from, and a correction with what it was before', async () => {
    const correction = { kind: 'person', reason: '重复登记', by: 'x' } as const;
    const entry = ledgerEntryOf('sheep-shed', 1);
    const { stage, texts } = await study({
      lessons: [lessonStudyOf('sheep-shed')],
      entries: [{ ...entry, id: 'c', hours: -0.5, corrects: entry.id, correction }, entry],
    });
    expect(texts()).toEqual(expect.arrayContaining(['+0.5 学时', '11月15日 · 已更正']));
    stage.press('Enter');
    const all = texts().join();
    expect(all).toContain('来源：11月15日在电视上自己看的。');
    expect(all).toContain('更正：原来 1.0 学时，现在 0.5 学时。理由：重复登记');
    expect(stage.press('Back')).toEqual([]);
    expect(texts().join()).not.toContain('重复登记');
  });

  it('marks what a person is to look at, and says that it counts all the same', async () => {
    const entry = { ...ledgerEntryOf('duty-hours', 1.5), mode: 'paper', evidence: 'C' } as const;
    const { stage, texts } = await study({
      lessons: [lessonStudyOf('sheep-shed')],
      entries: [{ ...entry, review: { share: 0.4, limit: 0.25 } }, ledgerEntryOf('sheep-shed', 0.25)],
    });
    expect(texts()).toEqual(expect.arrayContaining(['11月15日 · 待核对', '11月15日']));
    stage.press('Down', 'Enter');
    expect(texts().join()).toContain('由人登记的占今年的 40%，超过了 25%');
    expect(texts().join()).toContain('学时照算');
  });

  it('lists a sheet of paper that somebody entered, which no play speaks for', async () => {
    const { texts } = await study({ entries: [{ ...ledgerEntryOf('duty-hours', 1.5), mode: 'paper' }] });
    expect(texts()).toEqual(expect.arrayContaining(['纸质', '+1.5 学时', '11月15日']));
  });
});

describe('whose page it is', () => {
  const wang = {
    person: 'p-1',
    name: '王○○',
    role: 'party-member',
    hasPin: true,
    watching: true,
    open: false,
  };
  const world = { lessons: [lessonStudyOf('sheep-shed')], entries: [ledgerEntryOf('sheep-shed', 0.25)] };

  it('is closed until the PIN of who watches was given', async () => {
    const fake = await study({
      ...world,
      watching: { place: 'home', people: [wang] },
      pin: () => ({ type: 'right', name: '王桂兰' }),
    });
    expect(fake.texts()).toContain('王○○，请填密码');
    expect(fake.texts().join()).not.toContain('学时照记');
    expect(fake.texts()).not.toContain('+0.3 学时');
    for (const digit of [1, 2, 3, 4]) fake.stage.shown.onDigit(digit);
    fake.stage.press('Down', 'Down', 'Down', 'Right', 'Right', 'Enter');
    await arrived();
    expect(fake.texts()).toEqual(expect.arrayContaining(['王桂兰', '+0.3 学时']));
  });

  it('changes between several who watch', async () => {
    const li = { ...wang, person: 'p-2', name: '李○○', hasPin: false };
    const { stage, texts } = await study({
      ...world,
      watching: { place: 'home', people: [{ ...wang, hasPin: false }, li] },
    });
    stage.press('Left', 'Right');
    expect(focusedWords(stage)).toBe('李○○');
    stage.press('Enter');
    expect(texts()).toContain('李○○');
    expect(focusedWords(stage)).not.toBe('李○○');
  });

  it('is nobody’s in an activity room', async () => {
    const { texts } = await study({ ...world, watching: { place: 'room', people: [] } });
    expect(texts()).not.toContain('+0.3 学时');
    expect(texts()).toContain('这是活动室的电视，谁都可以看，不登个人的名字。');
  });

  it('goes to the phone by a code that ends, or says that it cannot now', async () => {
    const url = 'https://county.test/phone/my-record#link_x';
    const { stage, texts, world: now } = await study({ ...world, recordLink: { url, expiresIn: 900 } });
    stage.press('Left', 'Enter');
    await arrived();
    expect(texts().join()).toContain('15 分钟内有效');
    stage.press('Enter');
    now.recordLink = undefined;
    stage.press('Enter');
    await arrived();
    expect(stage.notes.toasts).toEqual(['现在连不上，请过一会儿再试']);
  });
});
