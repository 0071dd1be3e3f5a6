import { keyNames, necessaryKeys, standardCodes, type KeyName } from './key-names.ts';

/**
 * Keys of one kind of box, as written in settings.json: what the box sends → what it means. What it sends is
 * a decimal key code, or the `key` of the event for keys that have no code ("ColorF0Red").
 */
export type KeyProfile = Readonly<Record<string, string>>;

/** Stands in a profile for a code that is no key: the player of an IPTV box has news (`Utility.getEvent()`). */
export const playerNews = '$event';

export type KeyMeaning = KeyName | typeof playerNews;

export interface MergedKeys {
  /** What the box sends → what it means. */
  keys: Record<string, KeyMeaning>;
  /** What is wrong with the data, naming the field, in words a technician can act on. */
  problems: string[];
}

/**
 * Puts profiles on top of each other, later ones winning code by code. A mistake costs its own line only; a
 * necessary key that is left without a code keeps the browser's own, so the app can always be used.
 *
 * @param profiles with the place of each in the file, for the problems
 */
export function mergeKeyProfiles(
  profiles: readonly { field: string; profile: KeyProfile | undefined }[],
): MergedKeys {
  const keys: Record<string, KeyMeaning> = {};
  const problems: string[] = [];
  for (const { field, profile } of profiles)
    for (const [code, name] of Object.entries(profile ?? {})) {
      const known = meaningOf(name);
      const at = `${field}.${code}`;
      if (!known) problems.push(`${at}: "${name}" is not a key this app knows`);
      else if (!isCode(code)) problems.push(`${at}: neither a key code nor the name of a key`);
      else keys[code] = known;
    }
  const mapped = new Set(Object.values(keys));
  for (const name of necessaryKeys)
    if (!mapped.has(name)) {
      problems.push(`${profiles.map(({ field }) => field).join(' + ')}: no key code for ${name}`);
      keys[standardCodes[name]] = name;
    }
  return { keys, problems };
}

function meaningOf(name: unknown): KeyMeaning | undefined {
  return name === playerNews ? playerNews : keyNames.find((known) => known === name);
}

/** A code without leading zeros, so that nothing can be said of it twice; or a name as in `KeyboardEvent.key`. */
export function isCode(code: string): boolean {
  return /^([1-9][0-9]{0,5}|[A-Z][A-Za-z0-9]+)$/.test(code);
}
