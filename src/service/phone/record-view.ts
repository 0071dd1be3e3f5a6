import type { Kysely } from 'kysely';
import { localDate } from '../../domain/credit/local-date.ts';
import type { LedgerEntry } from '../../domain/credit/study-year.ts';
import type { Content } from '../catalogue/content.ts';
import { lastSeen } from '../credit/last-seen.ts';
import { reasonsInWords, type ReasonLanguage } from '../credit/reasons.ts';
import { readStudyYear } from '../credit/study.ts';
import type { Database } from '../db/schema.ts';
import { inLanguage, recordWords } from './record-words.ts';

/** A line of a person's record, in words. */
export interface RecordLine {
  /** Local day. */
  day: string;
  lesson: string;
  /** How it was studied, and what vouches for it. */
  mode: string;
  source: string;
  minutes: number;
  hours: number;
  /** Where somebody, or a voided statement, changed the record: why. */
  correction: string | null;
}

/** A lesson that was begun and does not count, or does not count yet. */
export interface PendingLine {
  day: string;
  lesson: string;
  mode: string;
  summary: string;
  reasons: { text: string; next: string }[];
}

/** All that the county keeps of a person's year of study, in words. */
export interface RecordView {
  /** Empty for the default viewer of a box. */
  name: string;
  role: string;
  year: number;
  /** Local day of today, and of the last study: the branch's secretary sees it too. */
  today: string;
  lastSeen: string | null;
  /** 学时; without a duty no target. */
  hours: number;
  target: { hours: number; reached: number } | null;
  /** Newest first. */
  lines: RecordLine[];
  pending: PendingLine[];
}

export interface RecordQuestion {
  person: string;
  year: number;
  language: ReasonLanguage;
  /** Milliseconds since 1970. */
  now: number;
}

/** Reads a person's year and puts it into words. */
export async function recordView(
  db: Kysely<Database>,
  { person, year, language, now }: RecordQuestion,
  content: Pick<Content, 'lessons' | 'policy'>,
): Promise<RecordView> {
  const t = recordWords(language);
  const study = await readStudyYear(db, person, year, content);
  const known = await db.selectFrom('people').select('name').where('id', '=', person).executeTakeFirst();
  const seen = (await lastSeen(db, [person])).get(person);
  const day = (moment: number): string => localDate(moment, content.policy.timeZone);
  const lesson = (id: string): string => {
    const title = content.lessons.get(id)?.title;
    return title === undefined ? id : inLanguage(title, language);
  };
  const line = (entry: LedgerEntry): RecordLine => ({
    day: day(Date.parse(entry.at)),
    lesson: lesson(entry.lessonId),
    mode: t(`mode.${entry.mode}`),
    source: t(`evidence.${entry.evidence}`),
    minutes: Math.round(entry.creditedSeconds / 6) / 10,
    hours: entry.hours,
    correction:
      entry.correction === undefined
        ? null
        : entry.correction.kind === 'void'
          ? t('correction.void')
          : t('correction.person', { reason: entry.correction.reason }),
  });
  return {
    name: known?.name ?? '',
    role: t(`role.${study.role}`, { defaultValue: '' }),
    year,
    today: day(now),
    lastSeen: seen === undefined ? null : day(seen),
    hours: study.total.hours,
    target: study.target && { hours: study.target.hours, reached: study.duty.hours },
    lines: study.entries.map(line),
    pending: study.lessons
      .filter(({ status }) => status !== 'credited')
      .map((one) => {
        const { summary, reasons } = reasonsInWords(one, 0, language);
        return {
          day: day(Date.parse(one.lastAt)),
          lesson: lesson(one.lessonId),
          mode: t(`mode.${one.mode}`),
          summary,
          reasons: reasons.flatMap(({ text, next }) => (next === undefined ? [] : [{ text, next }])),
        };
      }),
  };
}
