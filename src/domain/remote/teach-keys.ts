import { necessaryKeys, type KeyName } from './key-names.ts';
import { isCode, mergeKeyProfiles, type KeyMeaning, type KeyProfile } from './key-profile.ts';

/** The keys a remote is taught, in the order they are asked for: those that are enough, and play. */
export const taughtKeys = ['Up', 'Down', 'Left', 'Right', 'Enter', 'Back', 'PlayPause'] as const;

/** What the last press brought, to be told. */
export type TeachNote =
  | { type: 'learned'; name: KeyName }
  /** The key was taught in this lesson already; pressed once more, that is asked for anew. */
  | { type: 'taken'; name: KeyName; code: string }
  | { type: 'again'; name: KeyName }
  /** What was taught took the only key for this away. */
  | { type: 'lost'; name: KeyName }
  /** After the last question: the key means this now. */
  | { type: 'tried'; name: KeyMeaning | undefined };

/** One lesson in which a remote is taught. Nothing of it holds before it was kept. */
export interface Teaching {
  /** What the box's settings say of its keys. */
  readonly given: KeyProfile;
  /** What was taught before this lesson. */
  readonly before: KeyProfile;
  /** Still to be asked for, the first of them now; empty: OK is awaited, which keeps it all. */
  readonly waiting: readonly KeyName[];
  readonly taught: KeyProfile;
  readonly note: TeachNote | undefined;
  /** Questions in a row that nobody answered. */
  readonly unanswered: number;
  readonly askedAgain: boolean;
  readonly outcome: 'kept' | 'left' | undefined;
}

export type TeachEvent =
  /** A key went down, by what the box sends. */
  | { type: 'pressed'; code: string }
  /** Nobody pressed anything for a while: no working key is needed to get on, or out. */
  | { type: 'time-up' };

/** So many questions without an answer: nobody is there. */
const patience = 3;

export function beginTeaching(given: KeyProfile, before: KeyProfile): Teaching {
  return {
    given,
    before,
    waiting: taughtKeys,
    taught: {},
    note: undefined,
    unanswered: 0,
    askedAgain: false,
    outcome: undefined,
  };
}

/** The profile to be kept: what is taught anew takes the place of what was taught for the same meaning before. */
export function profileOf({ before, taught }: Pick<Teaching, 'before' | 'taught'>): KeyProfile {
  const anew = new Set(Object.values(taught));
  const profile: Record<string, string> = {};
  for (const [code, name] of Object.entries(before)) if (!anew.has(name)) profile[code] = name;
  return { ...profile, ...taught };
}

/** One step of a lesson. */
export function teach(now: Teaching, event: TeachEvent): Teaching {
  if (now.outcome) return now;
  if (event.type === 'time-up') return timeUp(now);
  if (!isCode(event.code)) return now;
  return now.waiting.length > 0 ? answer(now, event.code) : prove(now, event.code);
}

function answer(now: Teaching, code: string): Teaching {
  const { taught, waiting, note } = now;
  const had = taught[code] as KeyName | undefined;
  if (had === undefined) {
    const name = waiting[0]!;
    const next: Teaching = { ...now, taught: { ...taught, [code]: name }, note: { type: 'learned', name } };
    return ask({ ...next, unanswered: 0 }, waiting.slice(1));
  }
  if (note?.type !== 'taken' || note.code !== code)
    return { ...now, unanswered: 0, note: { type: 'taken', name: had, code } };
  const others: Record<string, string> = {};
  for (const [other, name] of Object.entries(taught)) if (other !== code) others[other] = name;
  const again: Teaching = { ...now, taught: others, note: { type: 'again', name: had } };
  return { ...again, waiting: [had, ...waiting], unanswered: 0 };
}

function timeUp(now: Teaching): Teaching {
  const unanswered = now.unanswered + 1;
  const nothing = Object.keys(now.taught).length === 0;
  if (now.waiting.length === 0 || (nothing && unanswered >= patience)) return { ...now, outcome: 'left' };
  return ask({ ...now, unanswered, note: undefined }, now.waiting.slice(1));
}

/** Asks for the rest; when that is all, for what the lesson took away; when nothing is, for OK. */
function ask(now: Teaching, waiting: readonly KeyName[]): Teaching {
  if (waiting.length > 0) return { ...now, waiting };
  if (Object.keys(now.taught).length === 0) return { ...now, waiting, outcome: 'left' };
  const lost = lostIn(now);
  if (lost.length === 0) return { ...now, waiting };
  const note: TeachNote = { type: 'lost', name: lost[0]! };
  return now.askedAgain
    ? { ...now, waiting, note, outcome: 'left' }
    : { ...now, waiting: lost, note, askedAgain: true };
}

/** Only a key that works proves that it does: OK keeps what was taught, Back leaves all as it was. */
function prove(now: Teaching, code: string): Teaching {
  const name = keysWith(now)[code];
  if (name === 'Enter') return { ...now, outcome: 'kept' };
  if (name === 'Back') return { ...now, outcome: 'left' };
  return { ...now, note: { type: 'tried', name } };
}

function keysWith(now: Teaching): Record<string, KeyMeaning> {
  return mergeKeyProfiles(layers(now)).keys;
}

function lostIn(now: Teaching): KeyName[] {
  const meanings = new Set(Object.values({ ...now.given, ...profileOf(now) }));
  return necessaryKeys.filter((name) => !meanings.has(name));
}

function layers(now: Teaching): { field: string; profile: KeyProfile }[] {
  return [
    { field: 'keys', profile: now.given },
    { field: 'taught', profile: profileOf(now) },
  ];
}
