import { stringify } from 'csv-stringify/sync';

/** Excel takes a file for UTF-8 only if it begins with this. */
const BYTE_ORDER_MARK = '\uFEFF';

export interface CsvOptions {
  /** Whether Excel is to open it by itself. */
  bom: boolean;
}

/**
 * Rows as CSV with a heading, quoted as RFC 4180 says. A text that a spreadsheet would take for a formula
 * gets an apostrophe in front; numbers stay numbers.
 *
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
export async function* csv<Row extends object>(
  columns: readonly (keyof Row & string)[],
  pages: AsyncIterable<readonly Row[]>,
  { bom }: CsvOptions,
): AsyncGenerator<string, void, void> {
  const write = (rows: readonly (readonly unknown[])[]): string =>
    stringify([...rows], { escape_formulas: true, record_delimiter: 'windows' });
  yield (bom ? BYTE_ORDER_MARK : '') + write([columns]);
  for await (const page of pages) yield write(page.map((row) => columns.map((name) => row[name])));
}
