import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { GroupRecord } from '../../../../src/domain/groups/group-record.ts';
import { recordMistakes } from '../../../../src/domain/groups/group-record.ts';
import type { Lesson } from '../../../../src/domain/catalogue/types.ts';
import { createStudy, type Study } from '../../../../src/tv/study/study.ts';
import { fakeBox, fakeDisk, type FakeBox, type FakeDisk } from '../../../fakes/fake-box.ts';
import { fakeService, type FakeService } from '../../../fakes/fake-service.ts';
import { book } from '../../domain/credit/samples.ts';

const noon = Date.UTC(2026, 10, 20, 4);
const lesson: Lesson = {
  id: 'one',
  title: '一',
  length: 60,
  kind: 'duty',
  media: { hls: 'x' },
  cueCards: ['想一想'],
  discussion: [{ at: 20, question: '谁来讲？' }],
};
const choice = {
  room: 'room-1',
  host: 'p-a',
  playlist: 'list',
  lessons: [lesson],
  roster: ['p-a', 'p-b', 'p-c'],
};

let disk: FakeDisk;
let service: FakeService;
let box: FakeBox;
let study: Study;
/** Real time, which goes on while the box is off. */
let world = noon;

const settle = async (): Promise<void> => {
  for (let i = 0; i < 12; i++) await new Promise((resolve) => setTimeout(resolve, 1));
};

async function start(boxClock = world): Promise<void> {
  box = fakeBox(service.fetch, disk, boxClock);
  const started = box;
  box = {
    ...started,
    pass(seconds) {
      world += seconds * 1000;
      started.pass(seconds);
    },
  };
  study = await createStudy({ box, service: '', policy: () => book, platform: 'test' });
}

/** The picture moves for so many seconds. */
async function plays(from: number, to: number): Promise<void> {
  const { groups } = study;
  void groups.tell({ type: 'watched', event: { type: 'started', at: box.mono(), position: from, rate: 1 } });
  for (let position = from + 0.5; position <= to; position += 0.5) {
    box.pass(0.5);
    void groups.tell({ type: 'watched', event: { type: 'moved', at: box.mono(), position } });
    await settle();
  }
}

const records = (): GroupRecord[] =>
  service.requests
    .filter(({ path, method }) => method === 'POST' && path.endsWith('/record'))
    .map(({ body }) => JSON.parse(body) as GroupRecord);

beforeEach(() => {
  disk = fakeDisk();
  world = noon;
  service = fakeService(() => world);
});

describe('the evening on a box', () => {
  it('is on the disk before it is shown, and goes on after power cuts in every phase', async () => {
    await start();
    await study.groups.begin(choice);
    const telling = study.groups.tell({ type: 'ticked', person: 'p-a' });
    expect(study.groups.evening()?.attendees).toEqual({});
    await telling;
    expect(Object.keys(study.groups.evening()!.attendees)).toEqual(['p-a']);

    await start();
    expect(study.groups.isFoundAgain()).toBe(true);
    expect(study.groups.evening()?.phase).toBe('roll');
    expect(Object.keys(study.groups.evening()!.attendees)).toEqual(['p-a']);
    await study.groups.tell({ type: 'roll-called' });

    await start();
    expect(study.groups.evening()?.phase).toBe('cue');
    await study.groups.tell({ type: 'cued' });
    await plays(0, 20);
    expect(study.groups.evening()?.phase).toBe('discussion');

    await start();
    expect(study.groups.evening()?.phase).toBe('discussion');
    await study.groups.tell({ type: 'talked' });
    await plays(20, 33);

    await start();
    expect(study.groups.evening()?.phase).toBe('lesson');
    // At most the ten seconds since the last write, and the lead-in of five.
    expect(study.groups.evening()!.position).toBeGreaterThanOrEqual(33 - 10 - 5);
  });

  it('has seconds that only go forward, whatever the clock of the box says', async () => {
    await start();
    await study.groups.begin(choice);
    box.pass(25);
    await settle();
    const before = study.groups.seconds();
    await start(0);
    expect(study.groups.seconds()).toBeGreaterThan(before - 10);
    box.pass(12);
    await settle();
    const later = study.groups.seconds();
    await start(0);
    expect(study.groups.seconds()).toBeGreaterThan(later - 10);
    expect(study.groups.seconds()).toBeLessThan(later + 2);
  });

  it('tells the service of the evening once, after a night without network and with a box in 1970', async () => {
    service.instead = () => 'down';
    await start(0);
    await study.groups.begin(choice);
    await study.groups.tell({ type: 'all-ticked' });
    await study.groups.tell({ type: 'roll-called' });
    await study.groups.tell({ type: 'cued' });
    await plays(0, 19);
    await start(0);
    await plays(study.groups.evening()!.position, 19.5);
    await study.groups.tell({ type: 'skipped' });
    await study.groups.tell({ type: 'ended' });
    expect(study.groups.evening()?.phase).toBe('ended');
    const { id } = study.groups.evening()!.plan;
    expect(study.groups.upload(id)).toBe('waiting');
    expect(study.waiting().count).toBe(1);

    world += 8 * 3600_000;
    await start(0);
    expect(study.groups.evening()?.phase).toBe('ended');
    let lost = true;
    service.instead = ({ path }) => {
      if (!path.endsWith('/record')) return undefined;
      const answered = new Response(JSON.stringify({ attendees: 3, fromPhones: 0, unknown: [] }), {
        status: 200,
      });
      if (!lost) return answered;
      lost = false;
      return 'down';
    };
    study.retryNow();
    await settle();
    study.retryNow();
    await settle();
    expect(study.groups.upload(id)).toBe('uploaded');
    const [first, second, ...more] = records();
    expect(more).toEqual([]);
    expect(second).toEqual(first);
    expect(recordMistakes(first!)).toEqual([]);
    expect(first!.attendees.map(({ person }) => person)).toEqual(choice.roster);
    expect(first!.clock).toBe('bounded');
    expect(first!.anchors).toHaveLength(2);
    expect(Date.parse(first!.anchors[1]!.at)).toBeLessThanOrEqual(world);
    await study.groups.putAway();
    expect(study.groups.evening()).toBeUndefined();
    expect(study.groups.last()).toEqual({ host: 'p-a', playlist: 'list' });
  });

  it('keeps what the service refuses for a person to see, and a sheet and a correction go after the record', async () => {
    const asked: string[] = [];
    service.instead = ({ path, method }) => {
      if (!path.startsWith('/api/v1/groups/')) return undefined;
      asked.push(`${method} ${path.replace(/[0-9a-f-]{36}/, 'ID')}`);
      return path.endsWith('/corrections')
        ? new Response(JSON.stringify({ code: 'no-such-record', detail: 'None.' }), { status: 404 })
        : new Response(JSON.stringify({ attendees: 1 }), { status: 200 });
    };
    await start();
    const id = await study.groups.enterPaper({
      room: 'room-1',
      host: 'p-a',
      startedAt: '2026-11-19T11:00:00.000Z',
      lessons: [{ lessonId: 'one', minutes: 1 }],
      attendees: ['p-a'],
      guests: 2,
      sheet: '11月19日',
    });
    await study.groups.correct(id, { reason: '补记', add: ['p-b'], remove: [] });
    await settle();
    expect(asked).toEqual([
      'PUT /api/v1/groups/sessions/ID/paper',
      'POST /api/v1/groups/sessions/ID/corrections',
    ]);
    expect(study.groups.upload(id)).toBe('refused');
    expect(study.quarantine()).toMatchObject([{ what: 'group corrections', code: 'no-such-record' }]);
  });

  it('is not ended without people or without a picture, and can be left without a record', async () => {
    await start();
    await study.groups.begin(choice);
    expect(study.groups.endRefusal()).toBe('nobody');
    await study.groups.tell({ type: 'ticked', person: 'p-a' });
    expect(study.groups.endRefusal()).toBe('nothing-shown');
    await study.groups.tell({ type: 'ended' });
    expect(study.groups.evening()?.phase).toBe('roll');
    await study.groups.putAway();
    await start();
    expect(study.groups.evening()).toBeUndefined();
    expect(study.waiting().count).toBe(0);
  });
});
