import { describe, expect, test } from 'vitest';
import { onBothDatabases } from './credit/world.ts';
import { lessons, Tv } from './credit/tv.ts';

const roster = `kind,id,name,village,branch,home,role
village,v1,东村,,,,
branch,b1,东村支部,v1,,,
home,h1,王大家,v1,,,
person,p-wang,王大,,b1,h1,party-member
person,p-li,李二,,b1,h1,party-member`;

/** Several people before one TV of their home, as the TV's own code tells it to a real service. */
onBothDatabases('people on one sofa', (world) => {
  /** A TV of the home, bound by a card; a while ago, so that its time is accounted for. */
  async function homeTv(): Promise<Tv> {
    const { county } = world();
    await county.call('POST', '/api/v1/roster/import', roster, { 'content-type': 'text/csv' });
    const tv = await new Tv(world()).on();
    await tv.watch(lessons.short);
    await tv.upload();
    const { body } = await county.post<{ number: string }>('/api/v1/binding-cards', { home: 'h1' });
    tv.study.binding.useCard(body.number.replace(/\D/g, ''));
    await tv.pass(5);
    expect(tv.study.who.view().people.map(({ name }) => name)).toEqual(['李○', '王○']);
    await tv.pass(3600);
    return tv;
  }
  const secondsOf = async (person: string, lessonId: string): Promise<number[]> =>
    (await world().ledger(person))
      .filter((entry) => entry.lessonId === lessonId)
      .map(({ creditedSeconds }) => creditedSeconds);
  const playedBy = async (person: string, lessonId: string): Promise<number> => {
    const { lessons: all } = await world().county.study(person);
    return all.find((one) => one.lessonId === lessonId)?.playedSeconds ?? 0;
  };

  describe('at one TV', () => {
    test('two who watch together are credited once each, in full; a picked name without its PIN is a B', async () => {
      const tv = await homeTv();
      tv.study.who.switchTo('p-wang');
      tv.study.who.join('p-li');
      await tv.watch(lessons.long);
      await tv.upload();
      for (const person of ['p-wang', 'p-li']) {
        const entries = (await world().ledger(person)).filter(({ lessonId }) => lessonId === 'long');
        expect(entries).toMatchObject([{ creditedSeconds: 600, evidence: 'B' }]);
      }
      expect(await secondsOf(tv.person, 'long')).toEqual([]);
      expect(tv.study.waiting()).toMatchObject({ count: 0, quarantined: 0 });
    });

    test('a switch in the middle gives each their part and loses no second between them', async () => {
      const tv = await homeTv();
      tv.study.who.switchTo('p-wang');
      await tv.begin(lessons.duty);
      await tv.play(250);
      tv.study.who.switchTo('p-li');
      await tv.play(350, 250);
      await tv.leave();
      await tv.upload();
      expect(await playedBy('p-wang', 'duty')).toBe(250);
      expect(await playedBy('p-li', 'duty')).toBe(350);
    });

    test('who joins in the middle counts from there; the other goes on', async () => {
      const tv = await homeTv();
      tv.study.who.switchTo('p-wang');
      await tv.begin(lessons.talk);
      await tv.play(300);
      tv.study.who.join('p-li');
      await tv.play(300, 300);
      await tv.leave();
      await tv.upload();
      expect(await playedBy('p-wang', 'talk')).toBe(600);
      expect(await playedBy('p-li', 'talk')).toBe(300);
    });

    test('a power cut without a network closes the session of both where it was last kept, once', async () => {
      const tv = await homeTv();
      tv.study.who.switchTo('p-wang');
      tv.study.who.join('p-li');
      tv.line = 'down';
      await tv.begin(lessons.evening);
      await tv.play(200);
      tv.off(7200);
      // It wakes up in 1970, and still has no network.
      await tv.on(0);
      await tv.pass(600);
      tv.off(60);
      await tv.on();
      tv.line = 'up';
      await tv.upload();
      for (const person of ['p-wang', 'p-li']) {
        const played = await playedBy(person, 'evening');
        expect(played).toBeGreaterThanOrEqual(170);
        expect(played).toBeLessThanOrEqual(200);
      }
      const closed = (await world().county.list())
        .filter(({ verb, object }) => verb.id.endsWith('/terminated') && /evening$/.test(object.id ?? ''))
        .map(({ actor }) => actor.account?.name);
      expect(closed.sort()).toEqual(['p-li', 'p-wang']);
    });
  });

  test('one person at two TVs at the same time is counted once, and leaves the first; the other there goes on', async () => {
    const [first, second] = [await homeTv(), await homeTv()];
    // Each was in standby while the other was at it: an answer tells it the time.
    await first.study.year(2026);
    const before = { wang: await playedBy('p-wang', 'evening'), li: await playedBy('p-li', 'evening') };
    first.study.who.switchTo('p-wang');
    first.study.who.join('p-li');
    await first.begin(lessons.evening, 1000);
    await Tv.together(world(), [first], 60);
    await second.study.year(2026);
    second.study.who.switchTo('p-wang');
    await second.begin(lessons.evening, 2000);
    await Tv.together(world(), [first, second], 240);
    expect(first.study.who.viewers().map(({ person }) => person)).toEqual(['p-li']);
    await first.leave();
    await second.leave();
    await first.upload();
    await second.upload();
    expect((await playedBy('p-li', 'evening')) - before.li).toBe(300);
    // A minute at the first and four at the second; fifteen seconds may count twice where the two meet.
    const wang = (await playedBy('p-wang', 'evening')) - before.wang;
    expect(wang).toBeGreaterThanOrEqual(295);
    expect(wang).toBeLessThanOrEqual(315);
  });
});
