import iconv from 'iconv-lite';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readRoster } from '../../../../src/domain/roster/roster-file.ts';
import {
  readCsv,
  rosterEncodings,
  UnreadableTable,
  writeCsv,
} from '../../../../src/service/roster/roster-csv.ts';

const nobody = { villages: new Map(), branches: new Map(), homes: new Map() };
const text = '类别,编号,名称\r\n村,zy,枣园村\r\n';
const expected = [
  { line: 1, cells: ['类别', '编号', '名称'] },
  { line: 2, cells: ['村', 'zy', '枣园村'] },
];

describe('CSV files as spreadsheets save them', () => {
  test('UTF-8 with and without a mark, GB18030, line ends of all systems', () => {
    expect(readCsv(Buffer.from(text))).toEqual({ encoding: 'utf-8', lines: expected });
    expect(readCsv(Buffer.from(`\ufeff${text}`))).toEqual({ encoding: 'utf-8', lines: expected });
    expect(readCsv(Buffer.from(text.replaceAll('\r\n', '\n')))).toEqual({
      encoding: 'utf-8',
      lines: expected,
    });
    expect(readCsv(iconv.encode(text, 'gb18030'))).toEqual({ encoding: 'gb18030', lines: expected });
  });

  test('characters that only GB18030 has beyond GBK', () => {
    const rare = text.replace('枣园村', '㙦𠀀村');
    expect(readCsv(iconv.encode(rare, 'gb18030')).lines[1]?.cells[2]).toBe('㙦𠀀村');
  });

  test('lines are counted as an editor counts them: empty ones, and those inside a cell', () => {
    const { lines } = readCsv(Buffer.from('a,b\r\n\r\n,,\r\n"x\r\ny",1\r\n"z, ""w""",2\r\n'));
    expect(lines).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 4, cells: ['x\ny', '1'] },
      { line: 6, cells: ['z, "w"', '2'] },
    ]);
  });

  test.each([
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16', 1],
    ['bytes of neither', Buffer.from([...Buffer.from('a,b\n'), 0x80, 0xff]), 'bad-letters', 2],
    ['a quote that is never closed', Buffer.from('a,b\n1,2\n"x,3\n4,5\n6,7\n'), 'bad-quotes', 3],
    ['a quote in the middle', Buffer.from('a,b\nx"y,3\n'), 'bad-quotes', 2],
  ])('%s: says which line', (_, file, code, line) => {
    expect(() => readCsv(file)).toThrow(UnreadableTable);
    try {
      readCsv(file);
    } catch (error) {
      expect(error).toMatchObject({ code, line });
    }
  });

  test.each(rosterEncodings)('what is written in %s is read back', (encoding) => {
    const sample = readRoster(readCsv(readFileSync('samples/roster.csv')).lines, nobody).roster;
    const { encoding: found, lines } = readCsv(writeCsv(sample, encoding));
    expect(found).toBe(encoding);
    expect(readRoster(lines, nobody)).toEqual({ roster: sample, problems: [] });
  });
});

test('the sample roster has a branch that fills a roll-call screen', () => {
  const { roster, problems } = readRoster(readCsv(readFileSync('samples/roster.csv')).lines, nobody);
  expect(problems).toEqual([]);
  expect(roster.people.filter(({ branch }) => branch === 'zaoyuan-branch')).toHaveLength(16);
  expect(roster.villages.length).toBeGreaterThan(2);
});
