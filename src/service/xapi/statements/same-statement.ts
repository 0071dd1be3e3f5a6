import { parseTimestamp } from '../../../domain/statements/statement-formats.ts';

/** What the service may have set or changed: not compared. */
const ours = new Set(['id', 'stored', 'authority', 'version', 'timestamp']);

/**
 * Whether two statements say the same, as xAPI compares a statement that is sent again with the stored one:
 * the order of keys, what the service sets, shorthand forms, and durations below a hundredth of a second make no
 * difference.
 *
 * Source: xAPI 1.0.3 Data 2.2.1 "Statement Immutability", Data 4.6 and Communication 2.1.1; xAPI 2.0, 4.2.7
 */
export function sameStatement(stored: object, sent: object): boolean {
  return sameTime(stored, sent) && canonical(plain(stored)) === canonical(plain(sent));
}

interface Timed {
  timestamp?: string;
  stored?: string;
}

/** A time that was not sent was set by the service, to the moment of storing. */
function sameTime(stored: Timed, sent: Timed): boolean {
  if (sent.timestamp === undefined || sent.timestamp === sent.stored) return true;
  return parseTimestamp(sent.timestamp) === parseTimestamp(stored.timestamp ?? '');
}

function plain(statement: object): object {
  return Object.fromEntries(Object.entries(statement).filter(([key]) => !ours.has(key)));
}

/** JSON with sorted keys, defaults left out, single context activities as lists. */
function canonical(value: unknown, key = ''): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item));
    // The order of a group's members says nothing.
    return `[${(key === 'member' ? items.sort() : items).join()}]`;
  }
  if (typeof value !== 'object' || value === null)
    return JSON.stringify(key === 'registration' ? String(value).toLowerCase() : value);
  const record = value as Record<string, unknown>;
  const entries = Object.keys(record)
    .filter((name) => !(name === 'objectType' && (record[name] === 'Agent' || record[name] === 'Activity')))
    .sort()
    .map((name) => {
      const inner = record[name];
      if (key === 'result' && name === 'duration' && typeof inner === 'string')
        return `"duration":${JSON.stringify(hundredths(inner))}`;
      const list = key === 'contextActivities' && !Array.isArray(inner) ? [inner] : inner;
      return `${JSON.stringify(name)}:${canonical(list, name)}`;
    });
  return `{${entries.join()}}`;
}

/** A duration without what is below a hundredth of a second. */
function hundredths(duration: string): string {
  return duration.replace(/[.,](\d+)S$/, (_, digits: string) => {
    const kept = digits.slice(0, 2).replace(/0+$/, '');
    return kept === '' ? 'S' : `.${kept}S`;
  });
}
