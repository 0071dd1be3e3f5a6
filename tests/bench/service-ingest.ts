/**
 * How fast the service takes in statements over HTTP, in batches of 25, each durable and its credit decided
 * before the answer, as a ratio to bare multi-row inserts of the same rows: what the service had stored of it all
 * (statements, sessions, admissions, ledger), read back and inserted by one process over one connection, a synced
 * transaction a batch, into a fresh database with the same tables and indexes. Beside it, the ratio to inserts of the
 * statement tables' rows alone, though the service wrote more. The sending process, the service and the bare
 * inserts are processes of their own; rounds alternate; the ratio is the median of theirs.
 *
 *   npx tsx tests/bench/service-ingest.ts [batches] [rounds] [sqlite|postgres] [viewings|foreign]
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { v4 } from 'uuid';
import type { Statement } from '../../src/domain/statements/statement.ts';
import { openDatabase } from '../../src/service/db/open-database.ts';
import type { Database } from '../../src/service/db/schema.ts';
import { sqliteFile } from '../../src/service/db/sqlite.ts';
import { postgresPrograms, startPostgres } from '../e2e/postgres-server.ts';
import { basic, integration, temporaryFolder, viewing, writeContent } from '../e2e/service-kit.ts';
import { bundleService, runService } from '../e2e/service-process.ts';
import type { BareOrder, BareRows } from './bare-inserts.ts';
import type { ClientOrder } from './ingest-client.ts';
import { machine } from './machine.ts';
import { median } from './median.ts';

const BATCHES = Number(process.argv[2] ?? 1000);
const ROUNDS = Number(process.argv[3] ?? 3);
/** The one database and the one kind of statements to measure; both if not given. */
const [, , , , DATABASE, KIND] = process.argv;
const SIZE = 25;
const CONNECTIONS = Number(process.env.CONNECTIONS ?? 64);
const WARM_UP = Math.min(100, BATCHES);

type Kind = 'viewings on a TV' | "a foreign program's statements";
const kinds: Record<Kind, () => Statement[]> = {
  'viewings on a TV': () => {
    const startedAt = Date.now() - 600_000;
    return viewing({ person: `v-${v4()}`, lessonId: 'long', length: 600, to: 600, startedAt }).statements;
  },
  "a foreign program's statements": () => [
    {
      id: v4(),
      actor: { objectType: 'Agent', mbox: `mailto:${v4()}@example.org` },
      verb: { id: 'http://adlnet.gov/expapi/verbs/answered', display: { 'en-US': 'answered' } },
      object: {
        id: `https://courses.example/quiz/${Math.floor(Math.random() * 500)}`,
        objectType: 'Activity',
        definition: {
          name: { 'zh-CN': '苹果树冬剪测验' },
          type: 'http://adlnet.gov/expapi/activities/question',
        },
      },
      result: { score: { scaled: 0.8, raw: 8, min: 0, max: 10 }, success: true, duration: 'PT42S' },
      context: { registration: v4(), platform: 'courses', language: 'zh-CN' },
      timestamp: new Date().toISOString(),
    },
  ],
};

/** What was said. */
const statementTables = [
  'statements',
  'statement_refs',
  'statement_agents',
  'statement_activities',
] as const satisfies readonly (keyof Database)[];
/** What follows from it; comes with the last statement of its session. */
const creditTables = ['sessions', 'admissions', 'ledger'] as const satisfies readonly (keyof Database)[];
/** Told by the database, not by who inserts. */
const numbered: readonly string[] = ['statements', 'admissions', 'ledger'];

function bodies(kind: Kind): string[] {
  const all: Statement[] = [];
  while (all.length < (WARM_UP + BATCHES) * SIZE) all.push(...kinds[kind]());
  return Array.from({ length: WARM_UP + BATCHES }, (_, index) =>
    JSON.stringify(all.slice(index * SIZE, (index + 1) * SIZE)),
  );
}

/** Runs a file as a process of its own with one order; what it measured. */
async function measured(file: string, order: ClientOrder | BareOrder): Promise<number> {
  const child: ChildProcess = fork(join(import.meta.dirname, file));
  child.send(order);
  const result = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error(`${file} failed`);
    }),
  ])) as [{ ms: number }];
  return result[0].ms;
}

/** Seconds of processor time that a process has used. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

interface Served {
  perSecond: number;
  /** Processor time of the service per statement, microseconds. */
  cpu: number;
}

async function serve(main: string, kind: Kind, folder: string, url: string | undefined): Promise<Served> {
  const service = await runService(
    main,
    ['--data', folder, '--manifests', `${root.path}/manifests`, '--app', root.path],
    {
      CREDIT_INTEGRATION: `${integration.user}:${integration.password}`,
      LIMIT_ADDRESS: '0',
      LIMIT_DELAY: '0',
      // As in deploy/systemd.
      NODE_OPTIONS: '--max-semi-space-size=32',
      ...(url === undefined ? {} : { DATABASE_URL: url }),
    },
  );
  const file = join(root.path, 'bodies.json');
  const texts = bodies(kind);
  const upload = (some: readonly string[]): Promise<number> => {
    writeFileSync(file, JSON.stringify(some));
    return measured('ingest-client.ts', {
      url: service.url,
      authorization: basic,
      file,
      connections: CONNECTIONS,
    });
  };
  await upload(texts.slice(0, WARM_UP));
  const before = cpuSeconds(service.pid);
  const ms = await upload(texts.slice(WARM_UP));
  const cpu = cpuSeconds(service.pid) - before;
  await service.stop('SIGTERM');
  return { perSecond: (BATCHES * SIZE * 1000) / ms, cpu: (cpu * 1e6) / (BATCHES * SIZE) };
}

/** What the service stored, as rows for plain inserts. */
async function storedRows(
  folder: string,
  url: string | undefined,
): Promise<{ rows: BareRows; tells: string }> {
  const { db } = await openDatabase({ url, folder }, () => undefined);
  const columns: Record<string, string[]> = {};
  const ofStatement = new Map<unknown, number>();
  const ofSession = new Map<unknown, number>();
  const batches = Array.from({ length: WARM_UP + BATCHES }, (): Record<string, unknown[][]> => ({}));
  const counts: string[] = [];
  for (const table of [...statementTables, ...creditTables]) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db);
    counts.push(`${table} ${rows.length}`);
    if (rows.length === 0) continue;
    if (table === 'statements') rows.sort((a, b) => Number(a.seq) - Number(b.seq));
    const names = Object.keys(rows[0]!).filter((name) => !(numbered.includes(table) && name === 'seq'));
    columns[table] = names;
    rows.forEach((row, index) => {
      if (table === 'statements') {
        ofStatement.set(row.seq, Math.floor(index / SIZE));
        ofSession.set(row.session_id, Math.floor(index / SIZE));
      }
      const said = (statementTables as readonly string[]).includes(table);
      const batch = batches[said ? ofStatement.get(row.seq)! : ofSession.get(row.session_id)!]!;
      (batch[table] ??= []).push(names.map((name) => row[name]));
    });
  }
  await db.destroy();
  return { rows: { columns, batches }, tells: counts.join(', ') };
}

/** The same without the credit that follows. */
function statementsAlone({ columns, batches }: BareRows): BareRows {
  return {
    columns,
    batches: batches.map((tables) =>
      Object.fromEntries(
        Object.entries(tables).filter(([table]) => (statementTables as readonly string[]).includes(table)),
      ),
    ),
  };
}

async function bare(rows: BareRows, folder: string, url: string | undefined): Promise<number> {
  const { db } = await openDatabase({ url, folder }, () => undefined);
  await db.destroy();
  const file = join(root.path, 'rows.json');
  writeFileSync(file, JSON.stringify(rows));
  const ms = await measured('bare-inserts.ts', {
    dialect: url === undefined ? 'sqlite' : 'postgres',
    target: url ?? join(folder, sqliteFile),
    file,
    warmUp: WARM_UP,
  });
  return (BATCHES * SIZE * 1000) / ms;
}

const root = temporaryFolder();
const programs = postgresPrograms();
const postgres = programs === undefined ? undefined : await startPostgres(programs);
try {
  writeContent(`${root.path}/manifests`);
  const main = await bundleService('bench-ingest');
  console.log(machine());
  console.log(`${ROUNDS} rounds of ${BATCHES} batches of ${SIZE}, ${CONNECTIONS} connections`);
  const databases = ['SQLite', ...(postgres ? ['PostgreSQL'] : [])].filter(
    (name) => DATABASE === undefined || name.toLowerCase().startsWith(DATABASE),
  );
  for (const name of databases)
    for (const kind of (Object.keys(kinds) as Kind[]).filter((one) => one.includes(KIND ?? ''))) {
      const served: Served[] = [];
      const plain: number[] = [];
      const alone: number[] = [];
      let tells = '';
      for (let round = 0; round < ROUNDS; round += 1) {
        const fresh = () => {
          const id = v4().replaceAll('-', '');
          return [
            `${root.path}/${id}`,
            name === 'SQLite' ? undefined : postgres!.createDatabase(`b${id}`),
          ] as const;
        };
        const database = fresh();
        served.push(await serve(main, kind, ...database));
        const stored = await storedRows(...database);
        tells = stored.tells;
        plain.push(await bare(stored.rows, ...fresh()));
        alone.push(await bare(statementsAlone(stored.rows), ...fresh()));
      }
      const rates = served.map(({ perSecond }) => perSecond);
      const ratios = rates.map((rate, index) => rate / plain[index]!);
      console.log(
        `${name}, ${kind}: service ${Math.round(median(rates))}/s, bare ${Math.round(median(plain))}/s, ` +
          `ratio ${median(ratios).toFixed(2)} (rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}), ` +
          `to statement rows alone ${median(rates.map((rate, index) => rate / alone[index]!)).toFixed(2)}, ` +
          `${Math.round(median(served.map(({ cpu }) => cpu)))} us of the service's processor time a statement`,
      );
      console.log(`  rows: ${tells}`);
    }
} finally {
  await postgres?.stop();
  root.remove();
}
