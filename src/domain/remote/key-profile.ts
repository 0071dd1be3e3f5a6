import { keyNames, necessaryKeys, type KeyName } from './key-names.ts';

/** Key codes of one kind of box, as written in settings.json: code → name. */
export type KeyProfile = Readonly<Record<string, string>>;

/**
 * Puts profiles on top of each other, later ones winning code by code.
 *
 * @returns code → name for Lightning, and what is wrong with the data in words a technician can act on.
 */
export function mergeKeyProfiles(...profiles: readonly (KeyProfile | undefined)[]): {
  keys: Record<string, KeyName>;
  problems: string[];
} {
  const keys: Record<string, KeyName> = {};
  const problems: string[] = [];
  for (const profile of profiles)
    for (const [code, name] of Object.entries(profile ?? {})) {
      const known = keyNames.find((keyName) => keyName === name);
      if (known && /^[0-9]+$/.test(code)) keys[code] = known;
      else problems.push(`key code "${code}": "${name}" is not a key this app knows`);
    }
  const mapped = new Set(Object.values(keys));
  for (const name of necessaryKeys) if (!mapped.has(name)) problems.push(`no key code for ${name}`);
  return { keys, problems };
}
