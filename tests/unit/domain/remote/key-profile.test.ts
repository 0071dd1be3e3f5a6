import { describe, expect, it } from 'vitest';
import { necessaryKeys } from '../../../../src/domain/remote/key-names.ts';
import { mergeKeyProfiles, type KeyProfile } from '../../../../src/domain/remote/key-profile.ts';

const base: KeyProfile = { 37: 'Left', 38: 'Up', 39: 'Right', 40: 'Down', 13: 'Enter', 8: 'Back' };
const merge = (...profiles: (KeyProfile | undefined)[]) =>
  mergeKeyProfiles(profiles.map((profile, index) => ({ field: `p${index}`, profile })));

describe('key profiles', () => {
  it('are enough with the six necessary keys', () => {
    expect(merge(base)).toEqual({ keys: base, problems: [] });
  });

  it('lie on top of each other, the later one winning code by code', () => {
    const { keys } = merge(base, { 8: 'Stop', 27: 'Back' }, undefined);
    expect(keys).toEqual({ ...base, 8: 'Stop', 27: 'Back' });
  });

  it.each(necessaryKeys)('tell when no code is left for %s, and keep the browser’s own', (name) => {
    const rest = Object.fromEntries(Object.entries(base).filter(([, given]) => given !== name));
    const { keys, problems } = merge(rest);
    expect(problems).toEqual([`p0: no key code for ${name}`]);
    expect(keys).toEqual(base);
  });

  it('tell when a box’s own profile takes a necessary key away, and give it back', () => {
    const { keys, problems } = merge(base, { 13: 'Red' });
    expect(problems).toEqual(['p0 + p1: no key code for Enter']);
    expect(keys[13]).toBe('Enter');
  });

  it('know keys that have a name and no code, and the code by which a player tells news', () => {
    expect(merge(base, { ColorF0Red: 'Red', 768: '$event' }).keys).toMatchObject({
      ColorF0Red: 'Red',
      768: '$event',
    });
  });

  it.each([
    ['an unknown name', { 99: 'Okay' }],
    ['a name in other letters', { 99: 'left' }],
    ['a code that is neither number nor name', { 'F 1': 'Info' }],
    ['a code written in another way', { '08': 'Info' }],
    ['a name from the prototype', { 99: 'constructor' }],
    ['no text at all', { 99: null } as unknown as KeyProfile],
  ])('leave %s out and tell its place', (_, profile) => {
    const { keys, problems } = merge(base, profile);
    expect(keys).toEqual(base);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`p1.${Object.keys(profile)[0]}: `);
  });
});
