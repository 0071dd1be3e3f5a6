/**
 * A county's boxes coming back after an outage of the service of one hour, in which each has watched a lesson of
 * ten minutes. First in made-up time, with the TV's own sending policy: how many requests a second come at
 * most. Then really, over HTTP on this machine and faster than life, with a rate limit below what comes: some
 * are refused and come again, and of some the answer gets lost on the way.
 *
 *   npx tsx tests/bench/service-return.ts [boxes] [sqlite|postgres]
 */
import { createHash } from 'node:crypto';
import { Agent, request } from 'node:http';
import { sql } from 'kysely';
import { v4 } from 'uuid';
import { insertRows } from '../../src/service/db/insert-rows.ts';
import { openDatabase } from '../../src/service/db/open-database.ts';
import { slices } from '../../src/service/db/slices.ts';
import { outbox, type OutboxEvent, type OutboxState } from '../../src/tv/study/outbox.ts';
import type { OutboxRow } from '../../src/tv/study/rows.ts';
import { postgresPrograms, startPostgres } from '../e2e/postgres-server.ts';
import { integration, temporaryFolder, viewing, writeContent } from '../e2e/service-kit.ts';
import { bundleService, runService } from '../e2e/service-process.ts';
import { Fleet, knownBoxes, peakPerSecond, sameNumbers, type Sending } from './fleet.ts';
import { machine } from './machine.ts';

const BOXES = Number(process.argv[2] ?? 60_000);
const DATABASE = process.argv[3] === 'postgres' ? 'postgres' : 'sqlite';
const OUTAGE = 3600;
const LESSON = 600;
/** How much faster than life the real run is. */
const FASTER = 8;
/** Requests a minute that the service takes from the one address that all boxes share. */
const LIMIT_ADDRESS = Number(process.env.LIMIT_ADDRESS ?? 24_000);
const CONNECTIONS = 64;
/** Share of answers that get lost on the way. */
const LOST_ANSWERS = 0.02;
/** What a request takes in made-up time, seconds. */
const LATENCY = 0.1;
/** The real run is given up after so many seconds. */
const PATIENCE = 1200;

const random = sameNumbers(20261122);

/** Every box begins a lesson somewhere in the outage and tries in vain to tell of it. */
function outage(): OutboxState[] {
  const fleet = new Fleet(knownBoxes(BOXES));
  const now = Date.now();
  for (let box = 0; box < BOXES; box += 1) {
    const begin = random() * (OUTAGE - LESSON);
    const { statements } = viewing({
      person: person(box),
      lessonId: 'long',
      length: LESSON,
      to: LESSON,
      bootId: `boot-${box}`,
      startedAt: now + (begin - OUTAGE) * 1000,
    });
    const rows = statements.map((statement, index): OutboxRow => {
      const sealed = JSON.stringify(statement);
      const stamp = { bootId: `boot-${box}`, mono: begin };
      return {
        id: statement.id!,
        order: index,
        stamp,
        begun: stamp,
        sealed,
        bytes: sealed.length,
        kind: 'statement',
        draft: { verb: index === 0 ? 'initialized' : 'paused' },
      } as unknown as OutboxRow;
    });
    fleet.plan({ at: begin, box, event: { type: 'added', rows: rows.slice(0, 1) } });
    fleet.plan({ at: begin + LESSON, box, event: { type: 'added', rows: rows.slice(1) } });
  }
  fleet.run(OUTAGE, (box, _sending, at) => {
    fleet.plan({ at: at + LATENCY, box, event: { type: 'failed', at: at + LATENCY, random: random() } });
  });
  // What was on its way when the service came back has failed, too.
  return fleet.states.map((state) =>
    state.busy ? outbox(state, { type: 'failed', at: OUTAGE, random: random() }).state : state,
  );
}

function person(box: number): string {
  return `v-${box}`;
}
function boxKey(box: number): string {
  return createHash('sha256').update(`key ${box}`).digest('hex');
}

/** When requests come in if the service takes them all. */
function modelled(
  states: readonly OutboxState[],
  wake: (box: number) => OutboxEvent & { at: number },
): number[] {
  const moments: number[] = [];
  const fleet = new Fleet(states);
  states.forEach((_, box) => {
    const event = wake(box);
    fleet.plan({ at: event.at, box, event });
  });
  fleet.run(Infinity, (box, sending, at) => {
    moments.push(at);
    const answered = at + LATENCY;
    fleet.plan({ at: answered, box, event: yes(sending, answered) });
  });
  return moments;
}

function yes(sending: Sending, at: number): OutboxEvent {
  if (sending.type === 'register') return { type: 'registered' };
  const { ids } = sending;
  return { type: 'answered', at, ids, status: 200, detail: '', random: random(), taken: ids };
}

interface Real {
  answers: Record<string, number>;
  lostAnswers: number;
  seconds: number;
  peak: number;
  acceptedInAMinute: number;
  waiting: number;
  refusedForGood: number;
}

async function really(states: readonly OutboxState[], url: string): Promise<Real> {
  const fleet = new Fleet(states);
  states.forEach((state, box) => {
    const at = Math.max(OUTAGE, state.notBefore);
    fleet.plan({ at, box, event: { type: 'woken', at } });
  });
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const { hostname, port } = new URL(url);
  const started = performance.now();
  const now = (): number => OUTAGE + ((performance.now() - started) / 1000) * FASTER;
  const answers: Record<string, number> = {};
  const sent: number[] = [];
  const accepted: number[] = [];
  let lostAnswers = 0;
  let open = 0;
  const send = (box: number, sending: Sending): void => {
    if (sending.type === 'register') throw new Error('a known box was not known');
    const { ids } = sending;
    const rows = fleet.states[box]!.rows.filter(({ id }) => ids.includes(id));
    const body = `[${rows.map(({ sealed }) => sealed).join()}]`;
    const headers = {
      authorization: `Bearer b-${box}.${boxKey(box)}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-experience-api-version': '1.0.3',
    };
    open += 1;
    const done = (event: OutboxEvent): void => {
      open -= 1;
      fleet.plan({ at: now(), box, event });
    };
    const failed = (): void => {
      answers.none = (answers.none ?? 0) + 1;
      done({ type: 'failed', at: now(), random: random() });
    };
    const options = { hostname, port, path: '/xapi/statements', method: 'POST', agent, headers };
    request(options, (response) => {
      response.resume();
      response.on('error', failed);
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        answers[status] = (answers[status] ?? 0) + 1;
        sent.push((performance.now() - started) / 1000);
        if (status === 200) accepted.push((performance.now() - started) / 1000);
        if (status === 200 && random() < LOST_ANSWERS) {
          lostAnswers += 1;
          done({ type: 'failed', at: now(), random: random() });
          return;
        }
        const retryAfter = Number(response.headers['retry-after'] ?? NaN) * FASTER;
        done({
          type: 'answered',
          at: now(),
          ids,
          status,
          detail: '',
          random: random(),
          ...(status === 200 ? { taken: ids } : {}),
          ...(Number.isNaN(retryAfter) ? {} : { retryAfter }),
        });
      });
    })
      .on('error', failed)
      .end(body);
  };
  while ((fleet.nextAt < Infinity || open > 0) && performance.now() - started < PATIENCE * 1000) {
    fleet.run(now(), send);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  agent.destroy();
  const minutes = new Map<number, number>();
  for (const at of accepted) minutes.set(Math.floor(at / 60), (minutes.get(Math.floor(at / 60)) ?? 0) + 1);
  return {
    answers,
    lostAnswers,
    seconds: (performance.now() - started) / 1000,
    peak: peakPerSecond(sent),
    acceptedInAMinute: Math.max(0, ...minutes.values()),
    waiting: fleet.states.reduce((sum, { rows }) => sum + rows.length, 0),
    refusedForGood: fleet.states.reduce((sum, { refused }) => sum + refused.length, 0),
  };
}

console.log(machine());
const states = outage();
const waiting = states.reduce((sum, { rows }) => sum + rows.length, 0);
console.log(`${BOXES} boxes, an hour without the service, ${waiting} statements wait`);

const back = modelled(states, (box) => {
  const at = Math.max(OUTAGE, states[box]!.notBefore);
  return { type: 'woken', at };
});
console.log(
  `made-up time, the service was away: ${back.length} requests, at most ${peakPerSecond(back)}/s, ` +
    `the last ${Math.round(back.reduce((most, at) => Math.max(most, at), 0) - OUTAGE)} s after its return`,
);
const booted = modelled(
  states.map((_, box) => ({ ...knownBoxes(1)[0]!, bootId: `boot ${box} again`, registered: false })),
  (box) => ({ type: 'found', rows: states[box]!.rows, at: 0, random: random() }),
);
console.log(
  `made-up time, the whole county's power comes back in one second: ${booted.length} requests, ` +
    `at most ${peakPerSecond(booted)}/s`,
);

const root = temporaryFolder();
const postgres = DATABASE === 'postgres' ? await startPostgres(postgresPrograms()!) : undefined;
try {
  writeContent(`${root.path}/manifests`);
  const data = `${root.path}/data`;
  const url = postgres?.createDatabase('return');
  const { db } = await openDatabase({ url, folder: data }, () => undefined);
  const registered = Date.now() - 30 * 86_400_000;
  const boxes = Array.from({ length: BOXES }, (_, box) => ({
    box_id: `b-${box}`,
    key_hash: createHash('sha256').update(boxKey(box)).digest('hex'),
    person: person(box),
    registered_at: registered,
  }));
  for (const some of slices(boxes, 10_000))
    await db.transaction().execute((trx) => insertRows(trx, 'boxes', some));

  const service = await runService(
    await bundleService(`bench-return-${v4()}`),
    ['--data', data, '--manifests', `${root.path}/manifests`, '--app', root.path],
    {
      CREDIT_INTEGRATION: `${integration.user}:${integration.password}`,
      LIMIT_ADDRESS: String(LIMIT_ADDRESS),
      ...(url === undefined ? {} : { DATABASE_URL: url }),
    },
  );
  const real = await really(states, service.url);
  await service.stop('SIGTERM');
  console.log(
    `really, ${FASTER} times as fast, ${DATABASE}, limit ${LIMIT_ADDRESS} a minute: ${Math.round(real.seconds)} s, ` +
      `answers ${JSON.stringify(real.answers)}, ${real.lostAnswers} answers lost on the way, ` +
      `at most ${real.peak}/s, at most ${real.acceptedInAMinute} taken in a minute`,
  );
  const { rows } = await sql<Record<string, number>>`select
    (select count(*) from statements) as statements,
    (select count(distinct id) from statements) as ids,
    (select count(*) from ledger) as entries,
    (select count(distinct person) from ledger) as people,
    (select count(*) from ledger where credited_seconds <> ${LESSON}) as odd`.execute(db);
  await db.destroy();
  const { statements, ids, entries, people, odd } = rows[0]!;
  console.log(
    `still waiting ${real.waiting}, refused for good ${real.refusedForGood}; stored ${statements} statements ` +
      `with ${ids} ids; ${entries} ledger entries of ${people} people, ${odd} of them not ${LESSON} s`,
  );
  const right =
    real.waiting + real.refusedForGood + odd! === 0 &&
    statements === waiting &&
    ids === waiting &&
    entries === BOXES &&
    people === BOXES;
  console.log(right ? 'nothing lost, nothing counted twice' : 'SOMETHING IS WRONG');
  if (!right) process.exitCode = 1;
} finally {
  await postgres?.stop();
  root.remove();
}
