import { expect, test } from 'vitest';
import { parseTimestamp, statementFormats } from '../../../../src/domain/statements/statement-formats.ts';

const fits = (format: string, texts: string[]) => texts.filter((text) => statementFormats[format]!(text));

test.each([
  [
    'iri',
    ['http://a.example/x', 'mailto:a@b.c', 'urn:x:y', 'https://例.example/课'],
    ['a/b', 'http://a b', ':x', '', 'x:\ud800', 'x:\0'],
  ],
  ['mailto', ['mailto:a@b.c'], ['a@b.c', 'mailto:a']],
  [
    'uuid',
    ['218f0aa0-5e0f-4732-9575-4e7ae71e5541', 'CDBC8172-0538-461C-9257-869F4BB82072'],
    ['218f0aa05e0f473295754e7ae71e5541', '218f0aa0-5e0f-4732-c575-4e7ae71e5541', ''],
  ],
  [
    'timestamp',
    [
      '2026-11-20T12:30:41.512Z',
      '2026-11-20T12:30:41+08:00',
      '2026-11-20T12:30:41+0800',
      '2024-02-29T00:00Z',
    ],
    ['2026-02-30T00:00:00Z', '2026-11-20', 'now', '2026-11-20T12:30:41-00:00', '2026-13-01T00:00:00Z'],
  ],
  ['duration', ['PT1783S', 'P1DT2H', 'PT0.5S', 'P2W'], ['P', 'PT', '1783', 'PT1S2M', 'P1WT1S']],
  ['language-tag', ['zh-CN', 'en', 'zh-Hans-CN', 'x-own'], ['', 'zh_CN', 'e', 'zh-']],
])('%s', (format, good, bad) => {
  expect(fits(format, [...good, ...bad])).toEqual(good);
});

test('a timestamp is a moment, whatever its zone', () => {
  expect(parseTimestamp('2026-11-20T20:00:00+08:00')).toBe(Date.UTC(2026, 10, 20, 12));
  expect(parseTimestamp('2026-11-20T12:00:00.123456Z')).toBe(Date.UTC(2026, 10, 20, 12, 0, 0, 123));
  expect(parseTimestamp('2026-11-20T12:00:00')).toBe(Date.UTC(2026, 10, 20, 12));
});
