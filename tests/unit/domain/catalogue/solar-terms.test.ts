import { describe, expect, it } from 'vitest';
import { solarTermOn } from '../../../../src/domain/catalogue/solar-terms.ts';

/** First days as published by the Purple Mountain Observatory. */
const published: readonly [date: string, term: string][] = [
  ['2026-01-05', 'xiaohan'],
  ['2026-01-20', 'dahan'],
  ['2026-02-04', 'lichun'],
  ['2026-04-05', 'qingming'],
  ['2026-06-21', 'xiazhi'],
  ['2026-08-07', 'liqiu'],
  ['2026-11-07', 'lidong'],
  ['2026-11-22', 'xiaoxue'],
  ['2026-12-07', 'daxue'],
  ['2026-12-22', 'dongzhi'],
  // A leap year: the leap day comes after the terms of January and February.
  ['2024-01-06', 'xiaohan'],
  ['2024-02-04', 'lichun'],
  ['2024-02-19', 'yushui'],
  ['2024-03-05', 'jingzhe'],
  ['2024-04-04', 'qingming'],
  ['2024-12-21', 'dongzhi'],
];
const on = (date: Date): string =>
  solarTermOn(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
const dayMs = 86_400_000;

describe('solar terms', () => {
  it.each(published)('%s begins %s', (date, term) => {
    expect(on(new Date(date))).toBe(term);
    expect(on(new Date(Date.parse(date) - dayMs))).not.toBe(term);
  });

  it('has the winter solstice in force from one year into the next', () => {
    expect(solarTermOn(2026, 12, 31)).toBe('dongzhi');
    expect(solarTermOn(2027, 1, 1)).toBe('dongzhi');
    expect(solarTermOn(2027, 1, 4)).toBe('dongzhi');
  });

  it('changes 24 times a year, each term lasting 14 to 17 days', () => {
    for (let year = 2020; year < 2040; year++) {
      const lengths: Record<string, number> = {};
      for (let at = Date.UTC(year, 0, 20); at < Date.UTC(year + 1, 0, 19); at += dayMs) {
        const term = on(new Date(at));
        lengths[term] = (lengths[term] ?? 0) + 1;
      }
      expect(Object.keys(lengths)).toHaveLength(24);
      for (const [term, days] of Object.entries(lengths))
        // The days at both ends of the span are cut off.
        if (term !== 'dahan' && term !== 'xiaohan')
          expect(days >= 14 && days <= 17, `${year} ${term} ${days}`).toBe(true);
    }
  });
});
