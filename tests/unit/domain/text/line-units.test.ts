import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineUnits } from '../../../../src/domain/text/line-units.ts';

const closing = '、。，．：；！？）》」』】”’…';
const opening = '（《「『【“‘';

describe('where a line may end', () => {
  it.each([
    ['看苗情，TV 好', ['看', '苗', '情，', 'TV', ' ', '好']],
    ['（二）大棚', ['（二）', '大', '棚']],
    ['他说：“好”', ['他', '说：“好”']],
    ['等等……', ['等', '等……']],
    ['0.4 学时', ['0.4', ' ', '学', '时']],
    ['30%以上', ['30%', '以', '上']],
    ['Field Classroom', ['Field', ' ', 'Classroom']],
    ['a  b', ['a', ' ', ' ', 'b']],
    ['', []],
  ])('%j is cut into %j', (text, units) => {
    expect(lineUnits(text)).toEqual(units);
  });

  it('is after a zero-width space, which itself is not drawn', () => {
    expect(lineUnits('冬小麦\u200b越冬')).toEqual(['冬', '小', '麦', '越', '冬']);
    expect(lineUnits('wheat\u200bfield')).toEqual(['wheat', 'field']);
  });
});

/** A run of text as it is written: spaces stand beside letters, not before closing or after opening marks. */
const hanzi = fc
  .array(fc.constantFrom(...'冬小麦越看苗情墒防冻害一二三的了乡镇㐀'), { minLength: 1, maxLength: 6 })
  .map((chars) => chars.join(''));
const latin = fc
  .array(fc.constantFrom(...'abcxyzTVKN'), { minLength: 1, maxLength: 8 })
  .map((chars) => chars.join(''));
const word = fc.oneof(hanzi, hanzi, latin, fc.integer({ min: 0, max: 9999 }).map(String));
const piece = fc.oneof(
  { weight: 4, arbitrary: word },
  { weight: 2, arbitrary: fc.tuple(word, fc.constantFrom(...closing)).map((pair) => pair.join('')) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...opening), word).map((pair) => pair.join('')) },
  {
    weight: 1,
    arbitrary: fc.tuple(word, fc.constantFrom(' ', '\u200b'), word).map((three) => three.join('')),
  },
);
const line = fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join(''));
const check = (property: (text: string, units: string[]) => void): void =>
  fc.assert(
    fc.property(line, (text) => {
      property(text, lineUnits(text));
    }),
    { numRuns: 500 },
  );

describe('the units of any line', () => {
  it('are the whole line; only zero-width spaces are gone', () => {
    check((text, units) => {
      expect(units.join('')).toBe(text.replace(/\u200b/g, ''));
    });
  });

  it('never begin with closing punctuation, except the line itself does', () => {
    check((text, units) =>
      units.slice(1).forEach((unit) => expect(closing, `${unit} in ${text}`).not.toContain(unit[0])),
    );
  });

  it('never end with opening punctuation, except the line itself does', () => {
    check((text, units) =>
      units
        .slice(0, -1)
        .forEach((unit) => expect(opening, `${unit} in ${text}`).not.toContain(unit[unit.length - 1])),
    );
  });

  it('keep words in Latin letters and numbers whole', () => {
    check((text, units) => {
      for (const [run] of text.matchAll(/[A-Za-z]+|[0-9]+/g))
        expect(
          units.some((unit) => unit.includes(run)),
          `${run} of ${text} in ${units.join('|')}`,
        ).toBe(true);
    });
  });

  it('let a line of Hanzi end after every one of them', () => {
    fc.assert(
      fc.property(hanzi, (text) => {
        expect(lineUnits(text)).toEqual([...text]);
      }),
    );
  });

  it('never are empty', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        for (const unit of lineUnits(text)) expect(unit).not.toBe('');
      }),
    );
  });
});
