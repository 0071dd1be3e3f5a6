import type { ReasonLanguage } from '../credit/reasons.ts';
import { csv } from '../export/csv.ts';
import type { RecordView } from './record-view.ts';
import { recordWords } from './record-words.ts';

/** The lines of a record as CSV, as Excel opens it. */
export function recordCsv(view: RecordView, language: ReasonLanguage): AsyncGenerator<string, void, void> {
  const t = recordWords(language);
  const columns = [
    t('day'),
    t('lesson'),
    t('modeHeading'),
    t('minutes'),
    t('hoursHeading'),
    t('source'),
    t('correctionHeading'),
  ];
  const rows = view.lines.map(({ day, lesson, mode, minutes, hours, source, correction }) => {
    const cells = [day, lesson, mode, minutes, hours, source, correction ?? ''];
    return Object.fromEntries(columns.map((column, index) => [column, cells[index]]));
  });
  async function* pages() {
    yield await Promise.resolve(rows);
  }
  return csv(columns, pages(), { bom: true });
}
