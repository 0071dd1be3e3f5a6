import { dice } from '../harness/dice.ts';

/** Where in an evening something may be cut off. */
export const moments = [
  ...['setup', 'roll', 'ticking', 'cue', 'lesson', 'discussion', 'second-cue', 'second-lesson'],
  ...['people', 'note', 'ending', 'closing'],
] as const satisfies readonly string[];
export type Moment = (typeof moments)[number];

/** What the host or somebody with a phone does while names are called. People are numbers on the list. */
export type Deed =
  | { deed: 'tick'; who: number }
  /** Ticked by mistake: taken back with the button, or by the same key again. */
  | { deed: 'mistake'; who: number; way: 'undo' | 'again' }
  | { deed: 'guests'; count: number }
  /** @param twice tries again, with a new code and with the old ticket; neither counts */
  | { deed: 'phone'; who: number; typed: boolean; twice: boolean }
  /** Has checked in by phone, and the host sends them away. */
  | { deed: 'phone-sent-away'; who: number }
  | { deed: 'phone-guest' }
  | { deed: 'wrong-codes' }
  | { deed: 'late'; who: number; by: 'tick' | 'phone' }
  | { deed: 'leave'; who: number };

/** Away for a while: from one moment to another. */
export interface Away {
  from: Moment;
  to: Moment | 'afterwards';
}

/** One evening as it is to go. */
export interface Script {
  roll: readonly Deed[];
  /** While the picture stands, in the first and in the second lesson. */
  talk: readonly Deed[];
  pause: readonly Deed[];
  kills: readonly Moment[];
  /** Content second of the second lesson at which the host stops the picture; of a kill, if there is one. */
  stopAt: number;
  killAt: number;
  skipsTheEnd: boolean;
  network: Away | null;
  service: Away | null;
  notes: number;
}

/**
 * What the box's clock says when it is switched on: 1970, some hours off, or right.
 * @returns milliseconds since 1970, `null` for right
 */
export function wrongClock(room: number, now: number): number | null {
  return [0, now - 7 * 3_600_000, null, now + 5 * 3_600_000][room % 4]!;
}

/** An evening that follows from the seed. @param people on the list */
export function writeScript(seed: number, people: number): Script {
  const random = dice(seed);
  const chance = (share: number): boolean => random() < share;
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  const shuffled = <T>(list: readonly T[]): T[] =>
    list
      .map((one) => [random(), one] as const)
      .sort(([a], [b]) => a - b)
      .map(([, one]) => one);
  const everyone = shuffled(Array.from({ length: people }, (_, who) => who));
  const take = (count: number): number[] => everyone.splice(0, count);

  const ticked = take(2 + upTo(1));
  const phones = take(upTo(2));
  const sentAway = take(chance(0.15) ? 1 : 0);
  const mistakes = take(upTo(1));
  const late = take(upTo(2));
  const leavers = ticked.slice(1, 1 + upTo(1));
  const [firstLate, secondLate] = chance(0.5) ? [late, []] : [[], late];
  const lateDeeds = (some: readonly number[]): Deed[] =>
    some.map((who) => ({ deed: 'late', who, by: chance(0.3) ? 'phone' : 'tick' }));
  const leaveDeeds = (yes: boolean): Deed[] => (yes ? leavers.map((who) => ({ deed: 'leave', who })) : []);
  const leaveFirst = chance(0.5);
  const away = (longest: number): Away => {
    const from = upTo(moments.length - 2);
    const to = from + 1 + upTo(longest);
    return { from: moments[from]!, to: moments[to] ?? 'afterwards' };
  };

  return {
    roll: shuffled<Deed>([
      ...ticked.map((who): Deed => ({ deed: 'tick', who })),
      ...phones.map((who): Deed => ({ deed: 'phone', who, typed: chance(0.4), twice: chance(0.4) })),
      // Already on the list: it is one person all the same.
      ...(chance(0.3) ? [{ deed: 'phone', who: ticked[0]!, typed: chance(0.5), twice: false } as const] : []),
      ...sentAway.map((who): Deed => ({ deed: 'phone-sent-away', who })),
      ...mistakes.map((who): Deed => ({ deed: 'mistake', who, way: chance(0.5) ? 'undo' : 'again' })),
      ...(chance(0.4) ? [{ deed: 'guests', count: 1 + upTo(11) } as const] : []),
      ...(chance(0.3) ? [{ deed: 'phone-guest' } as const] : []),
      ...(chance(0.2) ? [{ deed: 'wrong-codes' } as const] : []),
    ]),
    talk: [...lateDeeds(firstLate), ...leaveDeeds(leaveFirst)],
    pause: [...lateDeeds(secondLate), ...leaveDeeds(!leaveFirst)],
    kills: moments.filter(() => chance(0.13)),
    stopAt: 4.8 + random() * 0.8,
    killAt: 0.8 + random() * 1.7,
    skipsTheEnd: chance(0.2),
    network: chance(0.3) ? away(moments.length) : null,
    // It is the service of all rooms: one that is always away would be no test of phones.
    service: chance(0.25) ? away(2) : null,
    notes: upTo(2),
  };
}
