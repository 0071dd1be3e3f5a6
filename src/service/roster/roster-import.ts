import { readRoster, type RosterProblem } from '../../domain/roster/roster-file.ts';
import type { Roster } from '../../domain/roster/roster.ts';
import type { WriteQueue, WriteTransaction } from '../db/write-queue.ts';
import { readCsv, UnreadableTable, type RosterEncoding } from './roster-csv.ts';
import {
  compareRosters,
  knownPlaces,
  putRoster,
  readRosterTables,
  type RosterChanges,
} from './roster-store.ts';
import { problemInWords, unreadableInWords, type RosterLanguage } from './roster-words.ts';

/** A mistake in a roster file, where and what, in words. */
export interface ImportProblem {
  /** 1 is the first line of the file. */
  line: number;
  /** The heading of the column; empty where the whole line is meant. */
  column: string;
  /** For programs. */
  code: RosterProblem['code'] | UnreadableTable['code'];
  message: string;
}

/** What a file did to the roster, or would do, or why it did nothing. */
export interface ImportReport {
  dryRun: boolean;
  /** How the file was written; `undefined` if that could not be told. */
  encoding?: RosterEncoding;
  changes: RosterChanges;
  problems: ImportProblem[];
}

export interface ImportOptions {
  /** Only tell what would happen. */
  dryRun: boolean;
  language: RosterLanguage;
  /** Milliseconds since 1970. */
  now: number;
}

const nothing: Roster = { villages: [], branches: [], homes: [], rooms: [], people: [] };

/** Puts a CSV file into the roster: all of it, or nothing and a list of all that has to be mended. */
export async function importRoster(
  writes: WriteQueue,
  file: Buffer,
  { dryRun, language, now }: ImportOptions,
): Promise<ImportReport> {
  const changes = compareRosters(nothing, nothing);
  try {
    const { encoding, lines } = readCsv(file);
    return await writes.run(['roster'], async (trx: WriteTransaction) => {
      const before = await readRosterTables(trx);
      const { roster, problems } = readRoster(lines, knownPlaces(before));
      const report = { dryRun, encoding, changes, problems: problems.map((one) => inWords(one, language)) };
      if (problems.length > 0) return report;
      if (!dryRun) await putRoster(trx, roster, now);
      return { ...report, changes: compareRosters(before, roster) };
    });
  } catch (error) {
    if (!(error instanceof UnreadableTable)) throw error;
    const { code, line } = error;
    return {
      dryRun,
      changes,
      problems: [{ line, column: '', code, message: unreadableInWords(error, language) }],
    };
  }
}

function inWords(problem: RosterProblem, language: RosterLanguage): ImportProblem {
  const { line, column, code } = problem;
  return { line, column, code, message: problemInWords(problem, language) };
}
