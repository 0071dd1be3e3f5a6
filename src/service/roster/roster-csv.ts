import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import { rosterTable, type RosterLine } from '../../domain/roster/roster-file.ts';
import type { Roster } from '../../domain/roster/roster.ts';

export const rosterEncodings = ['utf-8', 'gb18030'] as const;

/** How the bytes of a file spell its letters. */
export type RosterEncoding = (typeof rosterEncodings)[number];

/** A file that is no table at all: what is wrong and in which line, 1 being the first. */
export class UnreadableTable extends Error {
  readonly code: 'bad-letters' | 'utf-16' | 'bad-quotes' | 'not-a-table';
  readonly line: number;

  constructor(code: UnreadableTable['code'], line: number) {
    super(`${code} in line ${line}`);
    this.code = code;
    this.line = line;
  }
}

/**
 * The lines of a CSV file as spreadsheets save it: UTF-8 with or without a mark at its beginning, or GB18030 as
 * Excel in China does. Lines without any text are left out.
 *
 * @throws {@link UnreadableTable}
 */
export function readCsv(file: Buffer): { encoding: RosterEncoding; lines: RosterLine[] } {
  const { encoding, text } = decode(file);
  // A cell may hold line ends: a record begins one line after the end of the one before it.
  let ended = 0;
  try {
    const lines: RosterLine[] = [];
    // The parser counts the two signs of a line end inside a cell as two lines.
    parse(text.replace(/\r\n?/g, '\n'), {
      bom: true,
      relax_column_count: true,
      on_record: (cells: string[], { lines: end }) => {
        const line = ended + 1;
        ended = end;
        if (cells.some((cell) => cell.trim() !== '')) lines.push({ line, cells });
        return null;
      },
    });
    return { encoding, lines };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UnreadableTable(/QUOTE/.test(error.code) ? 'bad-quotes' : 'not-a-table', ended + 1);
  }
}

/** A roster as a CSV file that spreadsheets open by a double click. */
export function writeCsv(roster: Roster, encoding: RosterEncoding): Buffer {
  const text = stringify(rosterTable(roster), { record_delimiter: 'windows', escape_formulas: true });
  return iconv.encode(text, encoding, { addBOM: encoding === 'utf-8' });
}

function decode(file: Buffer): { encoding: RosterEncoding; text: string } {
  const [first, second] = file;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new UnreadableTable('utf-16', 1);
  const utf8 = iconv.decode(file, 'utf-8', { stripBOM: false });
  if (!utf8.includes('\ufffd')) return { encoding: 'utf-8', text: utf8 };
  const text = iconv.decode(file, 'gb18030');
  const bad = text.indexOf('\ufffd');
  if (bad >= 0) throw new UnreadableTable('bad-letters', text.slice(0, bad).split('\n').length);
  return { encoding: 'gb18030', text };
}
