import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { County, Lesson } from '../../../../src/domain/catalogue/types.ts';
import type { Statement } from '../../../../src/domain/statements/statement.ts';
import { parsePlayedSegments } from '../../../../src/domain/watching/played-segments.ts';
import { addRange, subtract, totalSeconds, union } from '../../../../src/domain/watching/ranges.ts';
import type { Range } from '../../../../src/domain/watching/watch-events.ts';
import { registrationId } from '../../../../src/domain/watching/registration.ts';
import { openIndexedDb } from '../../../../src/tv/study/indexeddb.ts';
import { progressGlance } from '../../../../src/tv/study/progress-glance.ts';
import { createStudy, type Recorder, type Study } from '../../../../src/tv/study/study.ts';
import { fakeBox, fakeDisk, type FakeBox, type FakeDisk } from '../../../fakes/fake-box.ts';
import { fakeService, type FakeService } from '../../../fakes/fake-service.ts';
import { book } from '../../domain/credit/samples.ts';

vi.setConfig({ testTimeout: 60_000 });

const noon = Date.UTC(2026, 10, 20, 4);
const county: County = { id: 'c', name: '县', homePage: 'https://credit.county.example' };
const media = { hls: 'x.m3u8' };
const short: Lesson = { id: 'remote-basics', title: '遥控器', length: 20, media, kind: 'farming' };
const long: Lesson = { id: 'rice', title: { 'zh-CN': '水稻', en: 'Rice' }, length: 300, media, kind: 'duty' };

const segments = 'https://w3id.org/xapi/video/extensions/played-segments';
const timeQuality = 'https://credit.county.example/xapi/ext/time-quality';

/** A service whose clock is that of the world, and boxes that are switched on and cut off in it. */
function world(disk: FakeDisk = fakeDisk()) {
  let seconds = 0;
  const service: FakeService = fakeService(() => noon + seconds * 1000);
  let box: FakeBox;
  return {
    service,
    disk,
    pass(more: number) {
      seconds += more;
      box.pass(more);
    },
    /** The box is off, and the world goes on. */
    passOff(more: number) {
      seconds += more;
    },
    box: () => box,
    async start(boxClock = noon + seconds * 1000): Promise<Study> {
      box = fakeBox(service.fetch, disk, boxClock);
      return createStudy({ box, service: '', policy: () => book, platform: 'field-classroom-tv/0.1.0' });
    },
    /** What playback reports while it plays on for `wall` seconds. */
    play(recorder: Recorder, from: number, wall: number, rate = 1) {
      recorder.event({ type: 'started', at: box.mono(), position: from, rate });
      for (let done = 0; done < wall; done += 0.5) {
        this.pass(0.5);
        recorder.event({ type: 'moved', at: box.mono(), position: from + (done + 0.5) * rate });
      }
    },
    stop(recorder: Recorder, position: number, why: 'pause' | 'end' | 'hidden' = 'pause') {
      recorder.event({ type: 'stopped', at: box.mono(), position, why });
    },
  };
}

const until = (condition: () => void): Promise<void> =>
  vi.waitFor(condition, { timeout: 10_000, interval: 5 });
const sentAll = (study: Study): Promise<void> =>
  until(() => {
    expect(study.waiting()).toEqual({ count: 0, saved: true, quarantined: 0 });
  });
const playedRanges = (statement: Statement): Range[] =>
  parsePlayedSegments(statement.result?.extensions?.[segments] as string) ?? [];
const played = (statement: Statement): number => totalSeconds(playedRanges(statement));

describe('a viewing with the service there', () => {
  it('is told as it happens: begun, completed, paused, terminated, with one registration and session', async () => {
    const { service, ...here } = world();
    const study = await here.start();
    const recorder = study.begin({ lesson: short, county });
    here.play(recorder, 0, 1);
    await until(() => {
      expect(service.verbs()).toEqual(['initialized']);
    });
    here.play(recorder, 1, 19);
    here.stop(recorder, 20, 'end');
    await recorder.finish();
    await sentAll(study);

    expect(service.verbs()).toEqual(['initialized', 'completed', 'paused', 'terminated']);
    const all = [...service.statements.values()].map((text) => JSON.parse(text) as Statement);
    const person = study.identity().person;
    const registration = registrationId(person, 'remote-basics', '2026');
    for (const { actor, context, object } of all) {
      expect(actor.account).toEqual({ homePage: 'https://credit.county.example/people', name: person });
      expect(object.id).toBe('https://credit.county.example/lessons/remote-basics');
      expect(context?.registration).toBe(registration);
      expect(context?.extensions?.['https://w3id.org/xapi/video/extensions/session-id']).toBe(all[0]?.id);
    }
    expect(service.statement('initialized').timestamp).toBe(new Date(noon).toISOString());
    expect(service.statement('completed').timestamp).toBe(new Date(noon + 18_000).toISOString());
    expect(played(service.statement('completed'))).toBe(18);
    expect(played(service.statement('terminated'))).toBe(20);
    expect(service.statement('paused').context?.extensions?.[timeQuality]).toMatchObject({
      clock: 'synced',
      monotonicMs: 20_000,
      offsetMs: 0,
    });
  });

  it('is completed promptly, long before the viewer leaves', async () => {
    const { service, ...here } = world();
    const study = await here.start();
    here.play(study.begin({ lesson: short, county }), 0, 18.5);
    await until(() => {
      expect(service.verbs()).toEqual(['initialized', 'completed']);
    });
  });

  it('sends a checkpoint for every 30 s of play before its statements', async () => {
    const { service, ...here } = world();
    const study = await here.start();
    const recorder = study.begin({ lesson: long, county });
    here.play(recorder, 0, 95);
    await recorder.finish();
    await sentAll(study);
    const sent = [...service.checkpoints.values()];
    expect(sent.map(({ seq, segments }) => [seq, segments])).toEqual([
      [1, '0[.]30'],
      [2, '0[.]60'],
      [3, '0[.]90'],
    ]);
    expect(sent[0]?.registration).toBe(service.statement('initialized').context?.registration);
    const paths = service.requests.map(({ path }) => path);
    expect(paths.lastIndexOf('/api/v1/checkpoints')).toBeLessThan(paths.lastIndexOf('/xapi/statements'));
  });

  it('that seeks to the end at once claims nothing', async () => {
    const { service, ...here } = world();
    const study = await here.start();
    const recorder = study.begin({ lesson: short, county });
    here.play(recorder, 0, 0.5);
    here.stop(recorder, 0.5);
    here.play(recorder, 19, 1);
    here.stop(recorder, 20, 'end');
    await recorder.finish();
    await sentAll(study);
    expect(service.verbs()).toEqual(['initialized', 'paused', 'terminated']);
    expect(study.progress('remote-basics')).toMatchObject({ completed: false, resumeAt: 0 });
  });

  it('that never showed a frame leaves nothing', async () => {
    const { service, ...here } = world();
    const study = await here.start();
    await study.begin({ lesson: short, county }).finish();
    expect(study.recent()).toEqual([]);
    expect(service.requests).toEqual([]);
  });

  it('ends the one before it', async () => {
    const { service, ...here } = world();
    const study = await here.start();
    here.play(study.begin({ lesson: long, county }), 0, 3);
    here.play(study.begin({ lesson: short, county, playlist: { id: 'p', title: '课' } }), 0, 1);
    await until(() => {
      expect(service.verbs().sort()).toEqual(['initialized', 'initialized', 'paused', 'terminated']);
    });
  });

  it('completes a lesson once, over two viewings', async () => {
    const { service, ...here } = world();
    const study = await here.start();
    for (const from of [0, 9, 0]) {
      const recorder = study.begin({ lesson: short, county });
      here.play(recorder, from, 11);
      here.stop(recorder, from + 11);
      await recorder.finish();
    }
    await sentAll(study);
    expect(service.verbs().filter((verb) => verb === 'completed')).toHaveLength(1);
    expect(study.progress('remote-basics')).toMatchObject({ completed: true, coverage: 1 });
  });
});

describe('without the service', () => {
  it('everything waits, is seen to wait, and arrives once the service is back', async () => {
    const { service, ...here } = world();
    const study = await here.start();
    service.instead = () => 'down';
    const recorder = study.begin({ lesson: short, county });
    here.play(recorder, 0, 20);
    await recorder.finish();
    await until(() => {
      expect(study.waiting().count).toBe(4);
    });
    here.pass(3600);
    service.instead = undefined;
    await until(() => {
      here.pass(60);
      expect(service.verbs()).toEqual(['initialized', 'completed', 'paused', 'terminated']);
    });
    await sentAll(study);
    expect(service.statement('terminated').timestamp).toBe(new Date(noon + 20_000).toISOString());
  });

  it('a lost answer does not make a second statement, and no byte changes', async () => {
    const { service, ...here } = world();
    const study = await here.start();
    const bodies: string[] = [];
    service.instead = (request) => {
      if (request.path !== '/xapi/statements') return undefined;
      bodies.push(request.body);
      if (bodies.length > 3) return undefined;
      // It arrives, and the answer is lost.
      for (const statement of JSON.parse(request.body) as (Statement & { id: string })[])
        service.statements.set(statement.id, JSON.stringify(statement));
      return 'down';
    };
    here.play(study.begin({ lesson: long, county }), 0, 2);
    for (let i = 1; i <= 4; i++) {
      await until(() => {
        expect(bodies).toHaveLength(i);
      });
      here.pass(900);
    }
    await sentAll(study);
    expect(new Set(bodies).size).toBe(1);
    expect(service.verbs()).toEqual(['initialized']);
  });

  it('the bytes stay the same over a restart', async () => {
    const { service, ...here } = world();
    const bodies: string[] = [];
    service.instead = ({ path, body }) => {
      if (path !== '/xapi/statements') return undefined;
      bodies.push(body);
      return bodies.length < 2 ? 'down' : undefined;
    };
    const study = await here.start();
    const recorder = study.begin({ lesson: long, county });
    here.play(recorder, 0, 2);
    await until(() => {
      expect(bodies).toHaveLength(1);
    });
    here.passOff(5000);
    const again = await here.start(0);
    again.retryNow();
    await sentAll(again);
    expect(bodies[1]).toBe(bodies[0]);
  });

  it('the sign-in page of some network is not the service', async () => {
    const { service, ...here } = world();
    const study = await here.start();
    for (const body of ['<html>sign in</html>', '[]']) {
      const before = service.requests.length;
      service.instead = ({ path, method }) =>
        body !== '[]' || (method === 'POST' && path === '/xapi/statements')
          ? new Response(body, { headers: { Date: new Date(noon).toUTCString() } })
          : undefined;
      here.play(study.begin({ lesson: long, county }), 0, 1);
      study.retryNow();
      await until(() => {
        expect(service.requests.length).toBeGreaterThan(before + 1);
      });
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(service.statements.size).toBe(0);
      expect(study.waiting().count).toBeGreaterThan(0);
    }
    service.instead = undefined;
    here.pass(900);
    await sentAll(study);
  });

  it('"retry now" does not wait for the backoff', async () => {
    const { service, ...here } = world();
    const study = await here.start();
    service.instead = () => 'down';
    here.play(study.begin({ lesson: long, county }), 0, 1);
    await until(() => {
      expect(service.requests.length).toBeGreaterThan(0);
    });
    service.instead = undefined;
    study.retryNow();
    await sentAll(study);
  });
});

describe('a power cut', () => {
  it('loses at most 30 s of play and never counts more; the next start closes the viewing', async () => {
    const { service, ...here } = world();
    const study = await here.start();
    here.play(study.begin({ lesson: long, county }), 0, 80);
    await until(() => {
      expect(service.checkpoints.size).toBe(2);
    });
    here.passOff(600);

    const again = await here.start(0);
    expect(again.progress('rice')).toMatchObject({ resumeAt: 55, completed: false, coverage: 0.2 });
    expect(again.waiting().count).toBe(2);
    here.pass(180);
    await sentAll(again);
    expect(service.verbs()).toEqual(['initialized', 'paused', 'terminated']);
    expect(played(service.statement('terminated'))).toBe(60);
    expect(service.statement('terminated').timestamp).toBe(new Date(noon + 60_000).toISOString());
    expect(service.statement('terminated').context?.extensions?.[timeQuality]).toMatchObject({
      bootId: (service.statement('initialized').context?.extensions?.[timeQuality] as { bootId: string })
        .bootId,
      monotonicMs: 60_000,
    });

    const third = await here.start();
    here.pass(180);
    await sentAll(third);
    expect(service.verbs()).toHaveLength(3);
  });

  it('keeps what was reached before a pause or a hidden page to the second', async () => {
    const { service, ...here } = world();
    const study = await here.start();
    const recorder = study.begin({ lesson: long, county });
    here.play(recorder, 0, 12);
    here.stop(recorder, 12, 'hidden');
    await sentAll(study);
    await until(() => {
      expect(service.verbs()).toEqual(['initialized']);
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const again = await here.start();
    expect(again.progress('rice')).toMatchObject({ resumeAt: 7 });
    again.retryNow();
    await sentAll(again);
    expect(played(service.statement('terminated'))).toBe(12);
  });

  it('right after a completion loses none of it, offline and in 1970', async () => {
    const { service, ...here } = world();
    service.instead = () => 'down';
    const study = await here.start(0);
    here.play(study.begin({ lesson: short, county }), 0, 18);
    await until(() => {
      expect(study.waiting()).toMatchObject({ count: 2, saved: true });
    });
    here.passOff(86_400);

    const again = await here.start(0);
    expect(again.progress('remote-basics')).toMatchObject({ completed: true });
    service.instead = undefined;
    here.pass(180);
    await sentAll(again);
    expect(service.verbs().sort()).toEqual(['completed', 'initialized', 'paused', 'terminated']);
    const quality = service.statement('completed').context?.extensions?.[timeQuality];
    expect(quality).toMatchObject({ clock: 'bounded', monotonicMs: 18_000 });
    const at = Date.parse(service.statement('completed').timestamp ?? '');
    expect(at).toBeLessThanOrEqual(service.now());
    expect(service.statement('completed').context?.registration).toBe(
      registrationId(again.identity().person, 'remote-basics', '2026'),
    );
  });

  it('that only takes the page away takes nothing, though the disk has no time for its last write', async () => {
    const { service, disk, ...here } = world();
    let gone = false;
    const box = fakeBox(service.fetch, disk);
    box.openStore = async () => {
      const store = await openIndexedDb(disk.name);
      return { ...store, write: (changes) => (gone ? new Promise(() => undefined) : store.write(changes)) };
    };
    const left = await createStudy({ box, service: '', policy: () => book, platform: 'tv' });
    const recorder = left.begin({ lesson: short, county });
    recorder.event({ type: 'started', at: 0, position: 0, rate: 1 });
    for (let position = 0.5; position <= 9; position += 0.5) {
      box.pass(0.5);
      recorder.event({ type: 'moved', at: box.mono(), position });
    }
    await until(() => {
      expect(service.verbs()).toEqual(['initialized']);
    });
    await sentAll(left);
    gone = true;
    void recorder.finish();

    here.passOff(10);
    const study = await here.start();
    expect(study.progress('remote-basics')).toMatchObject({ coverage: 9 / 20, resumeAt: 4 });
    study.retryNow();
    await sentAll(study);
    expect(played(service.statement('terminated'))).toBe(9);
  });

  it('does not lose completions with a lost IndexedDB', async () => {
    const { service, disk, ...here } = world();
    service.instead = () => 'down';
    const study = await here.start();
    here.play(study.begin({ lesson: short, county }), 0, 20);
    await until(() => {
      expect(study.waiting().count).toBe(2);
    });
    const person = study.identity().person;

    disk.name += '-wiped';
    service.instead = undefined;
    const again = await here.start();
    expect(again.identity().person).toBe(person);
    expect(again.waiting().count).toBe(1);
    again.retryNow();
    await sentAll(again);
    expect(service.verbs()).toEqual(['completed']);
    expect(JSON.parse(disk.local.get('field-classroom.completions') ?? '')).toEqual([]);
  });

  it('whatever is cut off and whenever, what counts was played, and a cut takes 30 s at most', async () => {
    const step = fc.record({
      seconds: fc.integer({ min: 1, max: 50 }),
      from: fc.integer({ min: 0, max: 250 }),
      then: fc.constantFrom('pause' as const, 'leave' as const, 'cut' as const),
      outage: fc.boolean(),
      boxClock: fc.constantFrom(0, noon, noon + 86_400_000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const { service, ...here } = world();
        let study = await here.start();
        let recorder: Recorder | undefined;
        let truth: Range[] = [];
        let cuts = 0;
        for (const { seconds, from, then, outage, boxClock } of steps) {
          service.instead = outage ? () => 'down' : undefined;
          recorder ??= study.begin({ lesson: long, county });
          here.play(recorder, from, seconds);
          truth = addRange(truth, { start: from, end: Math.min(300, from + seconds) });
          if (then !== 'cut') here.stop(recorder, from + seconds);
          if (then === 'leave') await recorder.finish();
          if (then !== 'pause') recorder = undefined;
          if (then === 'cut') {
            cuts += 1;
            // What was kept until the cut is on the disk: it happened seconds before.
            await new Promise((resolve) => setTimeout(resolve, 30));
            here.passOff(1000);
            study = await here.start(boxClock);
          }
        }
        await recorder?.finish();
        service.instead = undefined;
        await until(() => {
          study.retryNow();
          expect(study.waiting()).toEqual({ count: 0, saved: true, quarantined: 0 });
          expect(service.verbs().filter((verb) => verb === 'terminated')).toHaveLength(
            service.verbs().filter((verb) => verb === 'initialized').length,
          );
        });
        const sent = [...service.statements.values()].map((text) => JSON.parse(text) as Statement);
        const counted = union(...sent.filter(({ result }) => result).map(playedRanges));
        expect(totalSeconds(subtract(counted, truth))).toBe(0);
        expect(totalSeconds(subtract(truth, counted))).toBeLessThanOrEqual(30 * cuts);
        expect(new Set(sent.map(({ context }) => context?.registration)).size).toBe(1);
      }),
      { numRuns: 25 },
    );
  });
});

describe('two tabs', () => {
  /** As the browser does it: one holder at a time, gone with its tab. */
  function browserLocks() {
    const held = new Set<string>();
    const queues = new Map<string, Promise<unknown>>();
    const locks = {
      request(name: string, work: () => Promise<unknown>) {
        const turn = (queues.get(name) ?? Promise.resolve()).then(() => {
          held.add(name);
          return work().finally(() => held.delete(name));
        });
        queues.set(
          name,
          turn.catch(() => undefined),
        );
        return turn;
      },
      query: () => Promise.resolve({ held: [...held].map((name) => ({ name })) }),
    } as unknown as LockManager;
    return { locks, held };
  }
  const tab = (service: FakeService, disk: FakeDisk, locks: LockManager) => {
    const box: FakeBox = { ...fakeBox(service.fetch, disk), locks };
    return createStudy({ box, service: '', policy: () => book, platform: 'tv' });
  };

  it('the viewing of the one that is still open goes on', async () => {
    const { service, disk } = world();
    const { locks, held } = browserLocks();
    const first = await tab(service, disk, locks);
    first.begin({ lesson: long, county }).event({ type: 'started', at: 0, position: 0, rate: 1 });
    await until(() => {
      expect(service.verbs()).toEqual(['initialized']);
    });
    await sentAll(first);
    const second = await tab(service, disk, locks);
    expect(second.waiting().count).toBe(0);
    held.clear();
    const third = await tab(service, disk, locks);
    expect(third.waiting().count).toBe(2);
  });

  it('send what both have found once', async () => {
    const { service, disk } = world();
    const { locks, held } = browserLocks();
    service.instead = () => 'down';
    const cut = await tab(service, disk, locks);
    cut.begin({ lesson: long, county }).event({ type: 'started', at: 0, position: 0, rate: 1 });
    await until(() => {
      expect(cut.waiting().count).toBe(1);
    });
    held.clear();
    const both = [await tab(service, disk, locks), await tab(service, disk, locks)];
    service.instead = undefined;
    for (const study of both) study.retryNow();
    for (const study of both) await sentAll(study);
    const sent = service.requests
      .filter(({ method, path, body }) => method === 'POST' && path === '/xapi/statements' && body !== '')
      .map(({ body }) => body);
    expect(new Set(sent).size).toBe(sent.length);
    expect(service.verbs().sort()).toEqual(['initialized', 'paused', 'terminated']);
  });

  it('locks that may not be used are done without', async () => {
    const { service, disk } = world();
    const refuse = (): Promise<never> => Promise.reject(new Error('not here'));
    const study = await tab(service, disk, { request: refuse, query: refuse });
    study.begin({ lesson: long, county }).event({ type: 'started', at: 0, position: 0, rate: 1 });
    await until(() => {
      expect(service.verbs()).toEqual(['initialized']);
    });
  });
});

describe('a clock in 1970', () => {
  it('changes nothing about when things happened', async () => {
    const { service, ...here } = world();
    const study = await here.start(0);
    await until(() => {
      expect(study.clock()).toEqual({ now: new Date(noon), quality: 'synced' });
    });
    const recorder = study.begin({ lesson: short, county });
    here.play(recorder, 0, 20);
    await recorder.finish();
    await sentAll(study);
    expect(service.statement('initialized').timestamp).toBe(new Date(noon).toISOString());
    expect(service.statement('terminated').timestamp).toBe(new Date(noon + 20_000).toISOString());
  });

  it('is set right by a service that comes back after the viewing', async () => {
    const { service, ...here } = world();
    service.instead = () => 'down';
    const study = await here.start(0);
    const recorder = study.begin({ lesson: short, county });
    here.play(recorder, 0, 20);
    await recorder.finish();
    here.pass(3600);
    service.instead = undefined;
    await until(() => {
      here.pass(60);
      expect(service.verbs()).toHaveLength(4);
    });
    for (const [verb, seconds] of [
      ['initialized', 0],
      ['completed', 18],
      ['terminated', 20],
    ] as const) {
      const at = Date.parse(service.statement(verb).timestamp ?? '');
      expect(Math.abs(at - noon - seconds * 1000)).toBeLessThanOrEqual(1000);
    }
    expect(service.statement('initialized').context?.extensions?.[timeQuality]).toMatchObject({
      clock: 'synced',
    });
  });
});

describe('what the service will not take', () => {
  it('is kept, named, and does not hold up the rest', async () => {
    const { service, ...here } = world();
    const study = await here.start();
    const recorder = study.begin({ lesson: short, county });
    service.instead = ({ body }) =>
      body.includes('verbs/paused') ? new Response('{"detail":"no"}', { status: 400 }) : undefined;
    here.play(recorder, 0, 20);
    await recorder.finish();
    await until(() => {
      expect(study.waiting()).toEqual({ count: 0, saved: true, quarantined: 1 });
    });
    expect(study.quarantine()).toMatchObject([
      { lessonId: 'remote-basics', what: 'paused', code: '400', detail: '{"detail":"no"}' },
    ]);
    expect(service.verbs()).toEqual(['initialized', 'completed', 'terminated']);

    await vi.waitFor(async () => {
      const kept = await (await openIndexedDb(here.disk.name)).read('outbox');
      expect(kept).toMatchObject([{ refused: { code: '400' } }]);
    });
    const again = await here.start();
    expect(again.waiting().quarantined).toBe(1);
    service.instead = undefined;
    again.retryNow();
    await sentAll(again);
    expect(service.verbs()).toContain('paused');
  });
});

describe('storage that fails', () => {
  it('is said, and nothing else stops', async () => {
    const { service } = world();
    const box: FakeBox = {
      ...fakeBox(service.fetch, fakeDisk()),
      openStore: () => Promise.reject(new Error('no IndexedDB')),
      local: undefined,
    };
    service.instead = () => 'down';
    const study = await createStudy({ box, service: '', policy: () => book, platform: 'tv' });
    const recorder = study.begin({ lesson: short, county });
    recorder.event({ type: 'started', at: 0, position: 0, rate: 1 });
    await until(() => {
      expect(study.waiting()).toEqual({ count: 1, saved: false, quarantined: 0 });
    });
    service.instead = undefined;
    study.retryNow();
    await until(() => {
      expect(service.verbs()).toEqual(['initialized']);
    });
  });
});

describe('where lessons were left', () => {
  it('5 s before, for short lessons too; newest first; known at once on the next start', async () => {
    const here = world();
    const study = await here.start();
    let told = 0;
    const quiet = study.onChange(() => (told += 1));
    for (const [lesson, end] of [
      [long, 100],
      [short, 9],
    ] as const) {
      const recorder = study.begin({ lesson, county });
      here.play(recorder, 0, end);
      expect(recorder.progress().coverage).toBeCloseTo(end / lesson.length);
      here.stop(recorder, end);
      await recorder.finish();
    }
    expect(study.recent().map(({ lessonId, resumeAt }) => [lessonId, resumeAt])).toEqual([
      ['remote-basics', 4],
      ['rice', 95],
    ]);
    expect(told).toBeGreaterThan(0);
    quiet();
    await sentAll(study);
    expect(progressGlance(here.box().local).read()).toEqual(study.recent());
    expect((await here.start()).recent()).toEqual(study.recent());
  });

  it('at the beginning when it was watched to its end', async () => {
    const here = world();
    const study = await here.start();
    const recorder = study.begin({ lesson: short, county });
    here.play(recorder, 0, 18.5);
    here.stop(recorder, 18.5);
    expect(study.progress('remote-basics')?.resumeAt).toBe(0);
    here.play(recorder, 5, 2);
    here.stop(recorder, 7);
    expect(study.progress('remote-basics')).toMatchObject({ resumeAt: 2, completed: true });
  });

  it('comes in the order of watching even when the clock is wrong', async () => {
    const here = world();
    here.service.instead = () => 'down';
    const view = async (study: Study, lesson: Lesson): Promise<void> => {
      const recorder = study.begin({ lesson, county });
      here.play(recorder, 0, 3);
      await recorder.finish();
    };
    await view(await here.start(noon), long);
    const later = await here.start(0);
    await view(later, short);
    expect(later.recent().map(({ lessonId }) => lessonId)).toEqual(['remote-basics', 'rice']);
  });
});

describe('the year', () => {
  it('shows at once what was earned, marked as not yet confirmed', async () => {
    const { service, ...here } = world();
    service.instead = () => 'down';
    const study = await here.start();
    const recorder = study.begin({ lesson: short, county });
    here.play(recorder, 0, 20);
    await recorder.finish();
    const view = await study.year(2026);
    expect(view.fresh).toBe(false);
    expect(view.provisional).toEqual(['remote-basics']);
    expect(view.study.entries).toMatchObject([
      { lessonId: 'remote-basics', creditedSeconds: 20, evidence: 'B' },
    ]);
    expect(view.study.lessons).toMatchObject([{ status: 'credited', coverage: 1 }]);
    expect(study.yearSoFar(2026)).toEqual(view);
    expect((await study.year(2025)).study.entries).toEqual([]);
  });

  it("gives way to the service's word, and keeps that for when the service is away", async () => {
    const { service, ...here } = world();
    const study = await here.start();
    const recorder = study.begin({ lesson: short, county });
    here.play(recorder, 0, 20);
    await recorder.finish();
    await sentAll(study);
    const local = await study.year(2026);
    const [entry] = local.study.entries;
    const [lesson] = local.study.lessons;
    service.year = {
      ...local.study,
      entries: [{ ...entry, id: 'ledger-1', creditedSeconds: 19.5 }],
      lessons: [{ ...lesson, playedSeconds: 19.5 }],
    };
    const answered = await study.year(2026);
    expect(answered).toMatchObject({ fresh: true, provisional: [] });
    expect(answered.study.total.seconds).toBe(19.5);
    service.instead = () => 'down';
    const again = await (await here.start()).year(2026);
    expect(again).toMatchObject({ fresh: false, provisional: [] });
    expect(again.study.entries.map(({ id }) => id)).toEqual(['ledger-1']);
  });
});
