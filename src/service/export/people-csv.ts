import type { Kysely } from 'kysely';
import { studyYear, type LedgerEntry } from '../../domain/credit/study-year.ts';
import type { PolicyBook } from '../../domain/credit/policy.ts';
import { ledgerEntry } from '../credit/ledger.ts';
import type { Database } from '../db/schema.ts';
import { csv, type CsvOptions } from './csv.ts';
import { PAGE, pages } from './pages.ts';

export interface PeopleOptions extends CsvOptions {
  branch: string;
  /** Local year. */
  year: number;
  /** Whether people's names are asked for. */
  names: boolean;
}

const DAY = 86_400_000;

/** A branch's people with their hours in a year and what their role asks for, as CSV, by id. */
export function peopleCsv(
  db: Kysely<Database>,
  policy: PolicyBook,
  { branch, year, names, bom }: PeopleOptions,
): AsyncGenerator<string, void, void> {
  const next = (after: { id: string } | undefined) =>
    db
      .selectFrom('people')
      .select(['id', 'name', 'role'])
      .where('branch', '=', branch)
      .where('id', '>', after?.id ?? '')
      .orderBy('id')
      .limit(PAGE)
      .execute();

  async function* rows() {
    for await (const page of pages(next)) {
      const entries = await db
        .selectFrom('ledger')
        .selectAll()
        .where(
          'person',
          'in',
          page.map(({ id }) => id),
        )
        // The local year begins and ends within a day of the UTC year.
        .where('at', '>=', Date.UTC(year, 0, 1) - DAY)
        .where('at', '<', Date.UTC(year + 1, 0, 1) + DAY)
        .execute();
      const byPerson = new Map<string, LedgerEntry[]>(page.map(({ id }) => [id, []]));
      for (const entry of entries) byPerson.get(entry.person)?.push(ledgerEntry(entry));
      yield page.map(({ id, name, role }) => {
        const study = studyYear({ person: id, year, role }, byPerson.get(id) ?? [], [], policy);
        return {
          id,
          name,
          role,
          year,
          hours: study.total.hours,
          dutyHours: study.duty.hours,
          target: study.target?.hours ?? null,
        };
      });
    }
  }
  const columns = [
    'id',
    ...(names ? (['name'] as const) : []),
    'role',
    'year',
    'hours',
    'dutyHours',
    'target',
  ] as const;
  return csv(columns, rows(), { bom });
}
