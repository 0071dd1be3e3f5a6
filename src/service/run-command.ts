import { text as readText } from 'node:stream/consumers';
import { ContentFolder } from './catalogue/content-folder.ts';
import { defaultPolicy } from './catalogue/default-policy.ts';
import { recompute } from './credit/recompute.ts';
import { DatabaseUnavailable, migrateDatabase, openDatabase } from './db/open-database.ts';
import { runExport, type ExportRequest } from './export/export-command.ts';
import { hashPassword } from './http/password-hash.ts';
import { backup } from './operations/backup.ts';
import { OperationRefused } from './operations/operation-refused.ts';
import { restore } from './operations/restore.ts';
import { exportRosterFile, importRosterFile } from './operations/roster-commands.ts';
import type { Command, RosterCommand } from './options.ts';
import { reportInWords } from './roster/roster-words.ts';
import { startService, type ServiceOptions } from './service.ts';

/** How long a stop may take, beside the draining, before the process ends anyway, milliseconds. */
const PATIENCE = 30_000;

async function serve(options: ServiceOptions): Promise<void> {
  const service = await startService(options);
  console.log(`Field Classroom TV service ready at ${service.url}`);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), PATIENCE + (options.drainSeconds ?? 0) * 1000).unref();
    service.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

async function check(options: ServiceOptions): Promise<void> {
  const { db } = await openDatabase({ url: options.databaseUrl, folder: options.data }, () => undefined);
  try {
    const content = await new ContentFolder(options.manifests, defaultPolicy).current();
    const report = await recompute(db, content);
    console.log(JSON.stringify(report, undefined, 2));
    process.exitCode = report.differences.length > 0 ? 1 : 0;
  } finally {
    await db.destroy();
  }
}

/** The first line of standard input. */
async function standardInput(): Promise<string> {
  const text = await readText(process.stdin);
  return text.split(/\r?\n/)[0] ?? '';
}

async function carryAway({ databaseUrl, data, manifests }: ServiceOptions, request: ExportRequest) {
  const database = await openDatabase({ url: databaseUrl, folder: data }, () => undefined);
  try {
    const { policy } = await new ContentFolder(manifests, defaultPolicy).current();
    await runExport(database, policy, request, process.stdout);
  } finally {
    await database.db.destroy();
  }
}

async function migrate({ databaseUrl, data }: ServiceOptions): Promise<void> {
  const steps = await migrateDatabase({ url: databaseUrl, folder: data });
  console.log(steps.length > 0 ? `Migrated: ${steps.join(', ')}.` : 'Nothing to migrate.');
}

async function roster(command: RosterCommand): Promise<void> {
  if (command.action === 'export') {
    process.stdout.write(await exportRosterFile(command.options, command.encoding));
    return;
  }
  const report = await importRosterFile(command.options, command.file, command);
  console.log(reportInWords(report, command.language));
  process.exitCode = report.problems.length > 0 ? 1 : 0;
}

/** Says in one line what went wrong and ends. */
function fail(error: unknown): never {
  console.error(inWords(error));
  process.exit(1);
}

/** Errors that are one plain line already. */
const told = [DatabaseUnavailable, OperationRefused];

function inWords(error: unknown): string {
  if (told.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code, address, port } = error as { code?: string; address?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port ?? ''} on ${address ?? ''} is in use; choose another with --port.`;
  if (code === 'EACCES')
    return `Port ${port ?? ''} may not be opened by this user; choose one above 1023 with --port.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `The address ${address ?? ''} is not one of this machine; see --host.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Carries out a command; a mistake is told in one plain line and ends the process. */
export async function runCommand(command: Exclude<Command, { run: 'help' }>): Promise<void> {
  try {
    await carryOut(command);
  } catch (error) {
    fail(error);
  }
}

async function carryOut(command: Exclude<Command, { run: 'help' }>): Promise<void> {
  switch (command.run) {
    case 'serve':
      return serve(command.options);
    case 'hash-password':
      return console.log(await hashPassword(await standardInput()));
    case 'recompute':
      return check(command.options);
    case 'roster':
      return roster(command);
    case 'export':
      return carryAway(command.options, command.request);
    case 'migrate':
      return migrate(command.options);
    case 'backup':
      await backup(command.options, command.file);
      return console.log(`${command.file} holds the whole database.`);
    case 'restore':
      await restore(command.options, command.file, command.force);
      return console.log(`The database is as it was in ${command.file}.`);
  }
}
