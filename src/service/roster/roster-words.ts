import type { RosterProblem } from '../../domain/roster/roster-file.ts';
import en from '../locales/roster.en.json' with { type: 'json' };
import zhCN from '../locales/roster.zh-CN.json' with { type: 'json' };
import type { UnreadableTable } from './roster-csv.ts';
import type { ImportReport } from './roster-import.ts';

export const rosterLanguages = ['zh-CN', 'en'] as const;

export type RosterLanguage = (typeof rosterLanguages)[number];

const texts: Readonly<Record<RosterLanguage, typeof en>> = { 'zh-CN': zhCN, en };

/** A mistake in words that office staff can act on. */
export function problemInWords(problem: RosterProblem, language: RosterLanguage): string {
  return fill(texts[language].problem[problem.code], {
    value: problem.value,
    otherLine: problem.otherLine ?? '',
  });
}

export function unreadableInWords({ code }: UnreadableTable, language: RosterLanguage): string {
  return texts[language].unreadable[code];
}

/** What an import did, or would do, for a terminal: a line for each fact. */
export function reportInWords(report: ImportReport, language: RosterLanguage): string {
  const words = texts[language];
  if (report.problems.length > 0)
    return [
      fill(words.refused, { count: report.problems.length }),
      ...report.problems.map(({ line, column, message }) => {
        const where = column === '' ? words.whereLine : words.where;
        return `  ${fill(where, { line, column })}: ${message}`;
      }),
    ].join('\n');
  return [
    report.dryRun ? words.wouldImport : words.imported,
    ...Object.entries(report.changes).map(
      ([kind, counts]) =>
        `  ${fill(words.changes, { kind: words.kinds[kind as keyof ImportReport['changes']], ...counts })}`,
    ),
  ].join('\n');
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
