import type { Kysely } from 'kysely';
import { decideFromSessions } from '../../domain/credit/decide-credit.ts';
import type { CreditHistory } from '../../domain/credit/evidence.ts';
import { localYear } from '../../domain/credit/local-date.ts';
import type { StudyMode } from '../../domain/credit/policy.ts';
import {
  lessonStudy,
  studyYear,
  type LedgerEntry,
  type LessonStudy,
  type StudyYear,
} from '../../domain/credit/study-year.ts';
import type { Content } from '../catalogue/content.ts';
import type { Database } from '../db/schema.ts';
import { roleOf } from '../roster/roster.ts';
import { judgedLesson, ledgerEntry, playOf, sumByDay, type LedgerRecord } from './ledger.ts';
import { reviewInWords } from './reasons.ts';
import { acceptedOf, lessonFacts, type SessionRecord } from './sessions.ts';
import { unitOf } from './update-credit.ts';

/** Who is not in the roster. */
const ROLE = 'villager';
const DAY = 86_400_000;

/** A person's year from the ledger and the sessions. */
export async function readStudyYear(
  db: Kysely<Database>,
  person: string,
  year: number,
  { lessons, policy }: Pick<Content, 'lessons' | 'policy'>,
): Promise<StudyYear> {
  const from = Date.UTC(year, 0, 1);
  const to = Date.UTC(year + 1, 0, 1);
  const sessions = await db
    .selectFrom('sessions')
    .selectAll()
    .where('person', '=', person)
    // A session at New Year belongs to a registration of either year.
    .where('last_at', '>=', from - 31 * DAY)
    .where('last_at', '<=', to + DAY)
    .execute();
  const ledger = await db
    .selectFrom('ledger')
    .selectAll()
    .where('person', '=', person)
    .where('at', '>=', from - 31 * DAY)
    .where('at', '<=', to + DAY)
    .orderBy('seq')
    .execute();

  const unitOfRow = (row: SessionRecord | LedgerRecord) => `${row.registration} ${row.lesson_id}`;
  const units = groupBy(sessions, unitOfRow);
  const entriesByUnit = groupBy(ledger, unitOfRow);
  const byDay = sumByDay(ledger);
  const entriesByLesson = groupBy(ledger, ({ lesson_id }) => lesson_id);
  const studies = [...units.entries()]
    .filter(([, some]) => some.some((session) => localYear(session.last_at, policy.timeZone) === year))
    .map(([key, some]) => {
      const entries = entriesByLesson.get(some[0]!.lesson_id) ?? [];
      const history = { byDay, lessonYears: entries.map(({ period }) => period) };
      return unitStudy(some, entriesByUnit.get(key) ?? [], history, { lessons, policy });
    });
  const whole = studyYear(
    { person, year, role: (await roleOf(db, person)) ?? ROLE },
    ledger.map(ledgerEntry),
    studies,
    policy,
  );
  return {
    ...whole,
    entries: whole.entries.map((entry) =>
      entry.review ? { ...entry, review: { ...entry.review, reason: reviewInWords(entry.review) } } : entry,
    ),
  };
}

/** How one registration stands, and its ledger entries; `undefined` if nothing is known of it. */
export async function readRegistration(
  db: Kysely<Database>,
  person: string,
  registration: string,
  rules: Pick<Content, 'lessons' | 'policy'>,
): Promise<{ lesson: LessonStudy; entries: LedgerEntry[] } | undefined> {
  const last = await db
    .selectFrom('sessions')
    .select(({ fn }) => fn.max('last_at').as('at'))
    .where('person', '=', person)
    .where('registration', '=', registration)
    .executeTakeFirst();
  if (!last?.at) return undefined;
  const { lessons, entries } = await readStudyYear(
    db,
    person,
    localYear(last.at, rules.policy.timeZone),
    rules,
  );
  const lesson = lessons.find((one) => one.registration === registration);
  return lesson && { lesson, entries: entries.filter((entry) => entry.registration === registration) };
}

/** How a lesson stands; if it has been credited, with the reasons that were written down then. */
function unitStudy(
  sessions: readonly SessionRecord[],
  own: readonly LedgerRecord[],
  history: CreditHistory,
  { lessons, policy }: Pick<Content, 'lessons' | 'policy'>,
): LessonStudy {
  const first = sessions[0]!;
  const unit = unitOf(first);
  const mode = first.mode as StudyMode;
  const today = lessonFacts(unit.lessonId, sessions, lessons);
  const accepted = sessions.map(acceptedOf);
  const entry = own.filter(playOf(unit)).pop();
  const counted = own.reduce((sum, { credited_seconds }) => sum + credited_seconds, 0);
  if (!entry || counted <= 0) {
    const decision = decideFromSessions(today, accepted, policy, history);
    return lessonStudy(today, { registration: unit.registration, mode }, decision);
  }
  const judged = judgedLesson(entry);
  const decision = decideFromSessions(judged, accepted, policy);
  const once = decision.reasons.filter(({ rule }) => rule === 'once');
  const written = ledgerEntry(entry).rules.filter(({ rule }) => rule !== 'once');
  const reasons = [...written, ...once];
  return lessonStudy(judged, { registration: unit.registration, mode }, { ...decision, reasons }, true);
}

function groupBy<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
