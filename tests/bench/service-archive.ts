/**
 * The archive pages of a person with 2,000 ledger entries over two years, in a database of five million
 * statements and in one that holds that person alone: the year with its months as "My study" reads it, and a
 * month's statements of the person. Both services run side by side and are asked in turn; bodies of the other
 * people's statements are short, everything else is as the service stores it.
 *
 *   npx tsx tests/bench/service-archive.ts [statements] [sqlite|postgres]
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import { openDatabase } from '../../src/service/db/open-database.ts';
import type { Database } from '../../src/service/db/schema.ts';
import type { Statement } from '../../src/domain/statements/statement.ts';
import { postgresPrograms, startPostgres } from '../e2e/postgres-server.ts';
import { basic, Client, integration, temporaryFolder, viewing, writeContent } from '../e2e/service-kit.ts';
import { bundleService, runService, type Running } from '../e2e/service-process.ts';
import { machine } from './machine.ts';
import { quantile } from './median.ts';

const STATEMENTS = Number(process.argv[2] ?? 5_000_000);
const ONLY = process.argv[3];
const PERSON = 'v-archive';
const ENTRIES = 2000;
/** Statements of a viewing: initialized, completed, paused, terminated. */
const EACH = 4;
const VIEWINGS = STATEMENTS / EACH;
/** Every so many viewings one is the person's. */
const BETWEEN = Math.floor(VIEWINGS / ENTRIES);
const YEARS = 2;
const ROUNDS = 200;
const WARM_UP = 24;

type Row = Record<string, unknown>;
type Template = Record<'statements' | 'sessions' | 'ledger', Row[]>;

const end = Date.now();
const span = YEARS * 365 * 86_400_000;

/** What the service stores of one viewing: the pattern of all others. */
async function storeOne(main: string, folder: string, url: string | undefined): Promise<Template> {
  const service = await start(main, folder, url);
  const session = viewing({ person: PERSON, lessonId: 'long', length: 600, to: 600 });
  const { status } = await new Client(service.url, basic).statements(session.statements);
  if (status !== 200) throw new Error(`refused: ${status}`);
  await service.stop('SIGTERM');
  const { db } = await openDatabase({ url, folder }, () => undefined);
  const rows = async (table: keyof Template): Promise<Row[]> =>
    await db.selectFrom(table).selectAll().execute();
  const template = {
    statements: await rows('statements'),
    sessions: await rows('sessions'),
    ledger: await rows('ledger'),
  };
  await db.destroy();
  return template;
}

/** Repeats the pattern for many people, or for the one alone, in one command a table. */
async function fill(db: Kysely<Database>, dialect: 'sqlite' | 'postgres', template: Template, all: boolean) {
  const at = sql`(${sql.lit(end - span)} + cast(k as bigint) * ${sql.lit(Math.floor(span / VIEWINGS))})`;
  const mine = sql`k % ${sql.lit(BETWEEN)} = 0`;
  const person = sql`case when ${mine} then ${sql.lit(PERSON)} else 'v-' || (k % ${sql.lit(BETWEEN)}) end`;
  const day =
    dialect === 'sqlite'
      ? sql`strftime('%Y-%m-%d', ${at} / 1000, 'unixepoch')`
      : sql`to_char(to_timestamp(${at} / 1000) at time zone 'UTC', 'YYYY-MM-DD')`;
  const lesson = sql`'lesson-' || (k / ${sql.lit(BETWEEN)})`;
  const first = template.statements[0]!;
  const own = JSON.parse(first.json as string) as Statement;
  const lessonIri = (own.object as { id: string }).id;
  const common: Row = {
    person,
    registration: sql`'r-' || k`,
    session_id: sql`'s-' || k`,
    lesson_id: lesson,
    at,
    last_at: at,
    received_at: at,
    started_at: at,
    stored_at: at,
    happened_at: at,
    written_at: at,
    by_day: sql`'{"' || ${day} || '":600}'`,
    period: sql`cast(substr(${day}, 1, 4) as integer)`,
  };
  const repeat = async (table: keyof Template, row: Row, more: Row): Promise<void> => {
    const values = {
      ...row,
      ...Object.fromEntries(Object.entries(common).filter(([name]) => name in row)),
      ...more,
    };
    const names = Object.keys(values).filter((name) => name !== 'seq');
    await sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})
      with recursive viewings(k) as (select 0 union all
        select k + ${sql.lit(all ? 1 : BETWEEN)} from viewings where k < ${sql.lit((ENTRIES - 1) * BETWEEN)})
      select ${sql.join(
        names.map((name) => {
          const value = values[name];
          return value !== null && typeof value === 'object' ? sql`${value}` : sql.lit(value);
        }),
      )} from viewings`.execute(db);
  };
  for (const [index, row] of template.statements.entries()) {
    const actor = row.actor as string;
    await repeat('statements', row, {
      id: sql`k || ${sql.lit(`-${index}`)}`,
      actor: sql`${sql.lit(actor.slice(0, -PERSON.length))} || ${person}`,
      activity: sql`${sql.lit(lessonIri)} || '-' || (k / ${sql.lit(BETWEEN)})`,
      json: sql`case when ${mine} then ${sql.lit(row.json as string)} else '{}' end`,
    });
  }
  await repeat('sessions', template.sessions[0]!, {});
  await repeat('ledger', template.ledger[0]!, { id: sql`'e-' || k`, statement_id: sql`k || '-1'` });
}

/** Indexes are made anew after the rows: ten times faster. */
async function withoutIndexes(
  db: Kysely<Database>,
  dialect: 'sqlite' | 'postgres',
  work: () => Promise<void>,
): Promise<void> {
  const { rows } =
    dialect === 'sqlite'
      ? await sql<{ name: string; command: string }>`select name, sql as command from sqlite_master
          where type = 'index' and sql is not null and tbl_name in ('statements', 'sessions', 'ledger')`.execute(
          db,
        )
      : await sql<{
          name: string;
          command: string;
        }>`select indexname as name, indexdef as command from pg_indexes
          where tablename in ('statements', 'sessions', 'ledger') and indexname not in
            (select conname from pg_constraint)`.execute(db);
  for (const { name } of rows) await sql`drop index ${sql.ref(name)}`.execute(db);
  await work();
  for (const { command } of rows) await sql.raw(command.replace(' ON ONLY ', ' ON ')).execute(db);
}

function start(main: string, folder: string, url: string | undefined): Promise<Running> {
  return runService(main, ['--data', folder, '--manifests', `${root.path}/manifests`, '--app', root.path], {
    CREDIT_INTEGRATION: `${integration.user}:${integration.password}`,
    LIMIT_ADDRESS: '0',
    LIMIT_DELAY: '0',
    ...(url === undefined ? {} : { DATABASE_URL: url }),
  });
}

/** Pages of the archive, each of another month or year. */
function pages(actor: unknown): Record<string, (round: number) => string> {
  return {
    "the year's archive": (round) =>
      `/api/v1/people/${PERSON}/study?year=${new Date(end).getUTCFullYear() - (round % YEARS)}`,
    "a month's statements": (round) => {
      const month = new Date(end - ((round * 7) % (YEARS * 12)) * 30.4 * 86_400_000);
      const bound = (later: number) =>
        new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + later, 1)).toISOString();
      const query = new URLSearchParams({
        agent: JSON.stringify(actor),
        since: bound(0),
        until: bound(1),
        limit: '50',
      });
      return `/xapi/statements?${query.toString()}`;
    },
  };
}

async function timed(client: Client, path: string): Promise<{ ms: number; body: unknown }> {
  const begin = performance.now();
  const { status, body } = await client.get<unknown>(path);
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return { ms: performance.now() - begin, body };
}

const root = temporaryFolder();
const programs = postgresPrograms();
try {
  writeContent(`${root.path}/manifests`);
  const main = await bundleService('bench-archive');
  console.log(machine());
  console.log(`${STATEMENTS} statements, ${ENTRIES} ledger entries of the person, ${ROUNDS} pages each`);
  for (const dialect of ['sqlite', 'postgres'] as const) {
    if ((ONLY !== undefined && ONLY !== dialect) || (dialect === 'postgres' && programs === undefined))
      continue;
    const server = dialect === 'postgres' ? await startPostgres(programs!, ['max_wal_size=8GB']) : undefined;
    try {
      const services: Client[] = [];
      const running: Running[] = [];
      let template: Template | undefined;
      for (const size of ['alone', 'among']) {
        const began = performance.now();
        const folder = join(root.path, `${dialect}-${size}`);
        mkdirSync(folder);
        const url = server?.createDatabase(size);
        if (!template) {
          const pattern = server?.createDatabase('pattern');
          template = await storeOne(main, join(root.path, `${dialect}-pattern`), pattern);
        }
        const { db } = await openDatabase({ url, folder }, () => undefined);
        const pattern = template;
        await withoutIndexes(db, dialect, () => fill(db, dialect, pattern, size === 'among'));
        if (dialect === 'postgres') await sql`vacuum analyze`.execute(db);
        const { rows } = await sql<{ statements: number; mine: number }>`select
          (select count(*) from statements) as statements,
          (select count(*) from ledger where person = ${PERSON}) as mine`.execute(db);
        await db.destroy();
        const used = execFileSync('du', ['-sm', folder], { encoding: 'utf8' }).split('\t')[0]!;
        console.log(
          `  ${dialect} ${size}: ${rows[0]!.statements} statements, ${rows[0]!.mine} entries of the person, ` +
            `${Math.round((performance.now() - began) / 1000)} s to make${server ? '' : `, ${used} MB`}`,
        );
        const service = await start(main, folder, url);
        running.push(service);
        services.push(new Client(service.url, basic));
      }
      const actor = (JSON.parse(template!.statements[0]!.json as string) as Statement).actor;
      for (const [name, page] of Object.entries(pages(actor))) {
        const times: number[][] = [[], []];
        const rows = [0, 0];
        for (let round = -WARM_UP; round < ROUNDS; round += 1)
          for (const [index, client] of services.entries()) {
            const { ms, body } = await timed(client, page(round + WARM_UP));
            const { statements, entries } = body as { statements?: unknown[]; entries?: unknown[] };
            if (round >= 0) {
              times[index]!.push(ms);
              rows[index]! += (statements ?? entries ?? []).length;
            }
          }
        if (rows[0] !== rows[1]) throw new Error(`the pages differ: ${rows.join(' ')}`);
        const [alone, among] = times.map((some) => quantile(some, 0.95));
        console.log(
          `${dialect}, ${name} (${Math.round(rows[0]! / ROUNDS)} rows): p95 ${among!.toFixed(1)} ms, alone ` +
            `${alone!.toFixed(1)} ms, ratio ${(among! / alone!).toFixed(2)} (p50 ` +
            `${quantile(times[1]!, 0.5).toFixed(1)} and ${quantile(times[0]!, 0.5).toFixed(1)} ms)`,
        );
      }
      for (const service of running) await service.stop('SIGTERM');
    } finally {
      await server?.stop();
    }
  }
} finally {
  root.remove();
}
