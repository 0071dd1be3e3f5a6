import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CuttableDisk } from './cuttable-disk.ts';
import { startPostgres, type PostgresServer } from './postgres-server.ts';
import { basic, Client, integration, temporaryFolder, writeContent } from './service-kit.ts';
import { lossesOf, nothingYet, recomputed, writeUntilGone } from './acknowledged.ts';
import { bundleService, runService } from './service-process.ts';

export interface PowerCutOptions {
  name: string;
  /** Folder of PostgreSQL's programs; without it the embedded SQLite is used. */
  postgres?: string | undefined;
  cuts: number;
  /**
   * Syncs less than the service does: `synchronous=NORMAL`, or `synchronous_commit=off`. Such cuts must lose
   * something, or they would prove nothing.
   */
  careless?: boolean;
}

export interface PowerCutReport {
  cuts: number;
  acknowledged: { statements: number; checkpoints: number; credits: number };
  lost: { statements: number; credits: number };
  /** Differences between the ledger and what is recomputed, over all cuts. */
  differences: number;
}

const WRITERS = 6;
/** Load before a cut: at least so many statements more; and how long the load goes on after it. */
const STATEMENTS_BEFORE = 150;
const MS_AFTER = 300;
/** So small that the database's own tidying also falls into the time before a cut. */
const POSTGRES_SETTINGS = ['max_wal_size=64MB', 'min_wal_size=32MB', 'checkpoint_timeout=30s'];

/**
 * Cuts the power of a service under load again and again, each time at another moment, and counts after each
 * cut what is gone of the things it had acknowledged.
 */
export async function cutPower({ name, postgres, cuts, careless }: PowerCutOptions): Promise<PowerCutReport> {
  const disk = new CuttableDisk();
  const manifests = temporaryFolder();
  try {
    writeContent(manifests.path);
    const main = await bundleService(name);
    const data = join(disk.folder, 'data');
    const args = ['--data', data, '--manifests', manifests.path, '--app', manifests.path];
    const credential = { CREDIT_INTEGRATION: `${integration.user}:${integration.password}` };
    const report: PowerCutReport = {
      cuts,
      acknowledged: { statements: 0, checkpoints: 0, credits: 0 },
      lost: { statements: 0, credits: 0 },
      differences: 0,
    };
    const start = async (server: PostgresServer | undefined) => {
      const env = { ...credential, ...(server ? { DATABASE_URL: server.address('county') } : {}) };
      const options = careless && !server ? { NODE_OPTIONS: lessSync(manifests.path) } : undefined;
      return { env, service: await runService(main, args, { ...env, ...options }) };
    };
    const database = async (sloppy: boolean): Promise<PostgresServer | undefined> => {
      if (postgres === undefined) return undefined;
      const folder = join(disk.folder, 'postgres');
      mkdirSync(folder, { recursive: true });
      const settings = [...POSTGRES_SETTINGS, ...(sloppy ? ['synchronous_commit=off'] : [])];
      return startPostgres(postgres, settings, folder);
    };

    let server = await database(careless ?? false);
    server?.createDatabase('county');
    await server?.stop();
    const acknowledged = nothingYet();
    for (let cut = 0; cut < cuts; cut += 1) {
      server = await database(careless ?? false);
      const { service } = await start(server);
      const writers = Array.from({ length: WRITERS }, () => writeUntilGone(service.url, acknowledged));
      const enough = acknowledged.statements.size + STATEMENTS_BEFORE + ((cut * 37) % 100);
      while (acknowledged.statements.size < enough) await pause(5);
      disk.cut();
      await pause(MS_AFTER);
      const ended = Promise.all([service.stop('SIGKILL'), server?.kill()]);
      disk.release();
      await Promise.all([ended, ...writers]);
      disk.restore();

      server = await database(false);
      const { env, service: again } = await start(server);
      const lost = await lossesOf(new Client(again.url, basic), acknowledged);
      await again.stop('SIGTERM');
      report.lost.statements += lost.statements.length;
      report.lost.credits += lost.credits.length;
      report.differences += (await recomputed(main, args, env)).differences.length;
      await server?.stop();
      for (const id of lost.statements) acknowledged.statements.delete(id);
      acknowledged.earned = acknowledged.earned.filter((person) => !lost.credits.includes(person));
    }
    report.acknowledged = {
      statements: acknowledged.statements.size + report.lost.statements,
      checkpoints: acknowledged.checkpoints.length,
      credits: acknowledged.earned.length + report.lost.credits,
    };
    return report;
  } finally {
    disk.remove();
    manifests.remove();
  }
}

function pause(ms: number): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Node options under which the service's SQLite syncs at checkpoints only. */
function lessSync(folder: string): string {
  const file = join(folder, 'less-sync.mjs');
  const library = pathToFileURL(join(process.cwd(), 'node_modules/better-sqlite3/lib/index.js')).href;
  writeFileSync(
    file,
    `import Database from '${library}';
     const { pragma } = Database.prototype;
     Database.prototype.pragma = function (text, ...rest) {
       return pragma.call(this, text.replace('synchronous = FULL', 'synchronous = NORMAL'), ...rest);
     };`,
  );
  return `--import=${pathToFileURL(file).href}`;
}
