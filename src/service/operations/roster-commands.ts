import { readFileSync } from 'node:fs';
import { openDatabase } from '../db/open-database.ts';
import { WriteQueue } from '../db/write-queue.ts';
import { writeCsv, type RosterEncoding } from '../roster/roster-csv.ts';
import { importRoster, type ImportOptions, type ImportReport } from '../roster/roster-import.ts';
import { readRosterTables } from '../roster/roster-store.ts';
import type { ServiceOptions } from '../service.ts';
import { OperationRefused } from './operation-refused.ts';

/** Puts a CSV file into the roster, beside a running service if there is one. */
export async function importRosterFile(
  { databaseUrl, data }: ServiceOptions,
  file: string,
  options: Omit<ImportOptions, 'now'>,
): Promise<ImportReport> {
  const bytes = read(file);
  const { db, dialect } = await openDatabase({ url: databaseUrl, folder: data }, () => undefined);
  try {
    return await importRoster(new WriteQueue(db, dialect), bytes, { ...options, now: Date.now() });
  } finally {
    await db.destroy();
  }
}

/** The roster as the bytes of a CSV file. */
export async function exportRosterFile(
  { databaseUrl, data }: ServiceOptions,
  encoding: RosterEncoding,
): Promise<Buffer> {
  const { db } = await openDatabase({ url: databaseUrl, folder: data }, () => undefined);
  try {
    return writeCsv(await readRosterTables(db), encoding);
  } finally {
    await db.destroy();
  }
}

/** @throws {@link OperationRefused} */
function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new OperationRefused(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? ''}.`);
  }
}
