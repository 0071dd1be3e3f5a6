import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { necessaryKeys } from '../../../../src/domain/remote/key-names.ts';
import { mergeKeyProfiles, type KeyProfile } from '../../../../src/domain/remote/key-profile.ts';

const base: KeyProfile = { 37: 'Left', 38: 'Up', 39: 'Right', 40: 'Down', 13: 'Enter', 8: 'Back' };

describe('key profiles', () => {
  it('are enough with the six necessary keys', () => {
    expect(mergeKeyProfiles(base)).toEqual({ keys: base, problems: [] });
  });

  it('lie on top of each other, the later one winning code by code', () => {
    const { keys } = mergeKeyProfiles(base, { 8: 'Stop', 27: 'Back' }, undefined);
    expect(keys).toEqual({ ...base, 8: 'Stop', 27: 'Back' });
  });

  it.each(necessaryKeys)('tell when no code is left for %s', (name) => {
    const rest = Object.fromEntries(Object.entries(base).filter(([, given]) => given !== name));
    expect(mergeKeyProfiles(rest).problems).toEqual([`no key code for ${name}`]);
  });

  it('tell when a box’s own profile takes a necessary key away', () => {
    expect(mergeKeyProfiles(base, { 13: 'Red' }).problems).toEqual(['no key code for Enter']);
  });

  it.each([
    ['an unknown name', { 99: 'Okay' }],
    ['a name in other letters', { 99: 'left' }],
    ['a code that is no number', { F1: 'Info' }],
    ['a name from the prototype', { 99: 'constructor' }],
    ['no text at all', { 99: null } as unknown as KeyProfile],
  ])('leave %s out and tell it', (_, profile) => {
    const { keys, problems } = mergeKeyProfiles(base, profile);
    expect(keys).toEqual(base);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(Object.keys(profile)[0]);
  });

  it('of settings.json have no mistake, alone and on top of the base', () => {
    const file = new URL('../../../../settings.json', import.meta.url);
    const { device } = JSON.parse(readFileSync(file, 'utf8')) as {
      device: { keyProfiles: Record<string, KeyProfile> };
    };
    for (const profile of Object.values(device.keyProfiles))
      expect(mergeKeyProfiles(device.keyProfiles['base'], profile).problems).toEqual([]);
  });
});
