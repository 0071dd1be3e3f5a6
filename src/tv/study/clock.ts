/** A moment as the box saw it, with all that may help to tell later when it was. */
export interface Stamp {
  bootId: string;
  /** Monotonic seconds since that start. */
  mono: number;
  /** The box's own clock, milliseconds since 1970; may be wrong by decades. */
  box: number;
  /** Server time, milliseconds since 1970, where it was known at that moment. */
  server?: number;
  /** Server time of the last contact in an earlier start: the moment was later. */
  after?: number;
}

/** When a moment was, as well as can be told. */
export interface Told {
  /** Milliseconds since 1970, UTC. */
  ms: number;
  clock: 'unknown' | 'estimated' | 'synced' | 'bounded';
}

export interface Clock {
  readonly bootId: string;
  /** Monotonic seconds since this start. */
  mono(): number;
  /** The moment `mono` of this start; now if left out. */
  stamp(mono?: number): Stamp;
  /**
   * The server has told its time just now.
   *
   * @param precisionMs how far it may be off.
   */
  contact(serverMs: number, precisionMs: number): void;
  synced(): boolean;
  /**
   * When a moment was; never before a contact in this start, so that nobody takes a guess for a record.
   *
   * @param lastOfBoot the greatest known `mono` of the stamp's start: what came before it was that much earlier.
   */
  tell(stamp: Stamp, lastOfBoot: number): Told | undefined;
  /** Milliseconds since 1970 as well as is known, for order and provisional figures only. */
  guess(): Told;
}

/** A box clock before this is not set: boxes start at 1970. */
const CREDIBLE_FROM = Date.UTC(2026, 0, 1);
/** A repeated contact this near changes nothing: the figures would only wobble. */
const AGREES_WITHIN_MS = 2000;

export interface ClockDeps {
  bootId: string;
  /** Monotonic seconds since the start of the program. */
  mono: () => number;
  /** The box's own clock, milliseconds since 1970. */
  boxNow: () => number;
  /** Server time of the last contact in an earlier start, milliseconds since 1970. */
  lastContact: number | undefined;
  /** Called at the first contact, and when the server's clock has moved. */
  onSynced: (serverMs: number) => void;
}

export function createClock({ bootId, mono, boxNow, lastContact, onSynced }: ClockDeps): Clock {
  let known: { offsetMs: number; precisionMs: number } | undefined;

  const credible = (box: number): boolean => box >= Math.max(CREDIBLE_FROM, lastContact ?? 0);
  const serverAt = (at: number): number | undefined => known && Math.round(known.offsetMs + at * 1000);

  return {
    bootId,
    mono,
    stamp(at = mono()) {
      const server = serverAt(at);
      return {
        bootId,
        mono: at,
        box: Math.round(boxNow() - (mono() - at) * 1000),
        ...(server !== undefined ? { server } : lastContact !== undefined ? { after: lastContact } : {}),
      };
    },
    contact(serverMs, precisionMs) {
      if (!(serverMs >= CREDIBLE_FROM)) return;
      const offsetMs = serverMs - mono() * 1000;
      const moved = !known || Math.abs(offsetMs - known.offsetMs) > AGREES_WITHIN_MS;
      if (!moved && known && precisionMs >= known.precisionMs) return;
      known = { offsetMs, precisionMs };
      if (moved) onSynced(Math.round(serverMs));
    },
    synced: () => known !== undefined,
    tell(stamp, lastOfBoot) {
      const now = serverAt(mono());
      if (now === undefined) return undefined;
      // What was known at the moment itself stands: in standby the monotonic clock may have stood still.
      if (stamp.server !== undefined) return { ms: stamp.server, clock: 'synced' };
      if (stamp.bootId === bootId)
        return { ms: Math.round(now - (mono() - stamp.mono) * 1000), clock: 'synced' };
      const latest = now - Math.max(0, lastOfBoot - stamp.mono) * 1000;
      const earliest = Math.min(latest, stamp.after === undefined ? 0 : stamp.after + stamp.mono * 1000);
      const own = stamp.box >= CREDIBLE_FROM ? stamp.box : earliest || latest;
      return { ms: Math.round(Math.min(latest, Math.max(earliest, own))), clock: 'bounded' };
    },
    guess() {
      const server = serverAt(mono());
      if (server !== undefined) return { ms: server, clock: 'synced' };
      const box = boxNow();
      return credible(box)
        ? { ms: box, clock: 'estimated' }
        : { ms: (lastContact ?? CREDIBLE_FROM) + Math.round(mono() * 1000), clock: 'unknown' };
    },
  };
}
