/**
 * How fast the service takes in statements over HTTP, in batches of 25, each durable and its credit decided
 * before the answer, as a ratio to bare multi-row inserts of the same rows on the same disk.
 *
 *   npx tsx tests/bench/service-ingest.ts [batches]
 */
import SqliteDatabase from 'better-sqlite3';
import { Agent, request } from 'node:http';
import { cpus } from 'node:os';
import { sql } from 'kysely';
import { openSqlite, sqliteFile } from '../../src/service/db/sqlite.ts';
import { openDatabase } from '../../src/service/db/open-database.ts';
import { statementRow, type NewStatement } from '../../src/service/xapi/statements/statement-row.ts';
import type { Statement } from '../../src/domain/statements/statement.ts';
import { basic, temporaryFolder, viewing, writeContent } from '../e2e/service-kit.ts';
import { bundleService, runService } from '../e2e/service-process.ts';

const BATCHES = Number(process.argv[2] ?? 400);
const SIZE = 25;
const CLIENTS = 16;

function batches(): Statement[][] {
  const all: Statement[] = [];
  for (let index = 0; all.length < BATCHES * SIZE; index += 1) {
    const startedAt = Date.now() - 600_000;
    all.push(
      ...viewing({ person: `v-${index}`, lessonId: 'long', length: 600, to: 600, startedAt }).statements,
    );
  }
  return Array.from({ length: BATCHES }, (_, index) => all.slice(index * SIZE, (index + 1) * SIZE));
}

/** Statements per second by plain prepared inserts, one transaction a batch. */
async function bare(folder: string): Promise<number> {
  const { db } = await openDatabase({ folder }, () => undefined);
  await db.destroy();
  const database = new SqliteDatabase(`${folder}/${sqliteFile}`);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  const rows: NewStatement[][] = batches().map((batch) =>
    batch.map((statement) => statementRow(statement, {}, Date.now())),
  );
  const columns = Object.keys(rows[0]![0]!) as (keyof NewStatement)[];
  const one = `(${columns.map(() => '?').join()})`;
  const insert = database.prepare(
    `insert into statements (${columns.join()}) values ${Array(SIZE).fill(one).join()}`,
  );
  const start = performance.now();
  for (const batch of rows) insert.run(...batch.flatMap((row) => columns.map((column) => row[column])));
  const seconds = (performance.now() - start) / 1000;
  database.close();
  return (BATCHES * SIZE) / seconds;
}

/** Statements per second through the service. */
async function overHttp(folder: string, manifests: string): Promise<number> {
  const main = await bundleService('bench');
  const service = await runService(main, ['--data', folder, '--manifests', manifests], {
    CREDIT_INTEGRATION: 'county:a:secret',
  });
  const bodies = batches().map((batch) => JSON.stringify(batch));
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const { hostname, port } = new URL(service.url);
  const post = (body: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: basic,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-experience-api-version': '1.0.3',
      };
      request({ hostname, port, path: '/xapi/statements', method: 'POST', agent, headers }, (response) => {
        response.resume();
        response.on('end', () => {
          if (response.statusCode === 200) resolve();
          else reject(new Error(`refused: ${response.statusCode ?? 0}`));
        });
      })
        .on('error', reject)
        .end(body);
    });
  const start = performance.now();
  const waiting = bodies.values();
  const client = async (): Promise<void> => {
    for (const body of waiting) await post(body);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  await service.stop('SIGTERM');
  const db = openSqlite(folder);
  const { rows } = await sql<{ statements: number; ledger: number }>`select
    (select count(*) from statements) as statements, (select count(*) from ledger) as ledger`.execute(db);
  await db.destroy();
  console.log(`  stored ${rows[0]!.statements} statements, ${rows[0]!.ledger} ledger entries`);
  return (BATCHES * SIZE) / seconds;
}

const folder = temporaryFolder();
writeContent(`${folder.path}/manifests`);
console.log(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`);
console.log(`${BATCHES} batches of ${SIZE}, ${CLIENTS} clients`);
const ratios: number[] = [];
for (let round = 1; round <= 3; round += 1) {
  const plain = await bare(`${folder.path}/bare-${round}`);
  const served = await overHttp(`${folder.path}/service-${round}`, `${folder.path}/manifests`);
  ratios.push(served / plain);
  console.log(
    `  bare inserts ${Math.round(plain)}/s, service ${Math.round(served)}/s, ratio ${(served / plain).toFixed(2)}`,
  );
}
console.log(`ratio, median of ${ratios.length}: ${ratios.sort((a, b) => a - b)[1]!.toFixed(2)}`);
folder.remove();
