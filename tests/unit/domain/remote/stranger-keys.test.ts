import { describe, expect, it } from 'vitest';
import type { KeyMeaning } from '../../../../src/domain/remote/key-profile.ts';
import { takeStranger } from '../../../../src/domain/remote/stranger-keys.ts';

/** @returns after which presses the remote counts as a strange one */
function lostAfter(presses: readonly (readonly [code: string, meaning?: KeyMeaning])[]): number[] {
  let strangers: readonly string[] = [];
  return presses.flatMap(([code, meaning], index) => {
    const taken = takeStranger(strangers, code, meaning);
    strangers = taken.strangers;
    return taken.lost ? [index + 1] : [];
  });
}

describe('a strange remote', () => {
  it('is one of which key after key means nothing', () => {
    expect(lostAfter([['1'], ['2'], ['3'], ['1'], ['1']])).toEqual([5]);
  });

  it('is not one with a button or two that are not for this app', () => {
    expect(lostAfter(Array.from({ length: 40 }, (_, index) => [String(index % 2)] as const))).toEqual([]);
  });

  it('is not one that works in between', () => {
    expect(lostAfter([['1'], ['2'], ['3'], ['4'], ['13', 'Enter'], ['5'], ['6'], ['7'], ['8']])).toEqual([]);
  });

  it('is also one whose keys mean now and then what they are not', () => {
    expect(lostAfter([['20'], ['19', 'Pause'], ['21'], ['22'], ['19', 'Pause'], ['23'], ['20']])).toEqual([
      7,
    ]);
  });

  it('counts afresh after it was told', () => {
    const tried = ['1', '2', '3', '4', '5'].map((code) => [code] as const);
    expect(lostAfter([...tried, ...tried])).toEqual([5, 10]);
  });
});
