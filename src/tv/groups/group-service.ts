import type { GroupSession } from '../../domain/groups/group-session.ts';
import type { BoundAnswer, BoundBox } from '../identity/bound-box.ts';

/** A session of the room as the service lists it. */
export interface PastSession {
  session: string;
  kind: 'group' | 'paper';
  /** ISO 8601. */
  at: string;
  attendees: number;
  /** Ids; a service of an older version does not tell them. */
  lessons?: readonly string[];
}

/** What the minutes of a session say that the room's screen shows. */
export interface PastMinutes {
  guests: number;
  /** Names as the room's screen may show them: masked. */
  attendees: readonly { id: string; name: string }[];
  /** Oldest first. */
  corrections: readonly {
    /** ISO 8601. */
    at: string;
    reason: string;
    added: readonly string[];
    removed: readonly string[];
  }[];
}

export interface CheckedIn {
  person: string;
  /** Session second of the code. */
  seconds: number;
}

/** What a room's box says to and hears from the service about groups; without it the evening goes on all the same. */
export interface GroupService {
  start(): void;
  stop(): void;
  /** The last call had an answer of the service's own. */
  online(): boolean;
  guests(): number;
  words(): string | undefined;
  /** Newest first. Rejects when the service does not answer. */
  records(room: string): Promise<PastSession[]>;
  /** The minutes of a session. Rejects when the service does not answer. */
  minutes(sessionId: string): Promise<PastMinutes>;
  /** Address of the minutes for a QR. Rejects when the service does not answer. */
  minutesLink(sessionId: string): Promise<string>;
}

export interface GroupServiceDeps {
  binding: Pick<BoundBox, 'ask'>;
  later: (work: () => void, seconds: number) => () => void;
  evening: () => GroupSession | undefined;
  seconds: () => number;
  onNews: (checkIns: readonly CheckedIn[]) => void;
}

/** Seconds between two questions: people who check in want to see their name; later it has time. */
const WHILE_CALLING = 5;
const LATER = 15;

export function createGroupService({
  binding,
  later,
  evening,
  seconds,
  onNews,
}: GroupServiceDeps): GroupService {
  let online = false;
  let guests = 0;
  let words: string | undefined;
  let takeBack: (() => void) | undefined;
  let running = 0;

  async function round(run: number): Promise<void> {
    const session = evening();
    if (!session || run !== running) return;
    const heard = await news(session).catch(() => undefined);
    if (run !== running) return;
    online = heard !== undefined;
    if (heard) {
      guests = heard.guests;
      words = heard.words;
    }
    onNews(heard?.checkIns ?? []);
    const wait = online && evening()?.phase === 'roll' ? WHILE_CALLING : LATER;
    takeBack = later(() => void round(run), wait);
  }

  async function news({
    plan,
  }: GroupSession): Promise<{ checkIns: CheckedIn[]; guests: number; words?: string }> {
    const path = `/api/v1/groups/sessions/${plan.id}`;
    const told = { room: plan.room, secret: plan.secret, seconds: Math.round(seconds() * 1000) / 1000 };
    good(
      await binding.ask({
        method: 'PUT',
        path,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(told),
      }),
    );
    const json = good(await binding.ask({ method: 'GET', path }));
    const { checkIns, guests: count, words: line } = json as Partial<Record<string, unknown>>;
    return {
      checkIns: Array.isArray(checkIns) ? (checkIns as CheckedIn[]) : [],
      guests: typeof count === 'number' ? count : 0,
      ...(typeof line === 'string' ? { words: line } : {}),
    };
  }

  return {
    start() {
      takeBack?.();
      [guests, words] = [0, undefined];
      void round(++running);
    },
    stop() {
      running += 1;
      takeBack?.();
    },
    online: () => online,
    guests: () => guests,
    words: () => words,
    async records(room) {
      const path = `/api/v1/groups/records?room=${encodeURIComponent(room)}`;
      const { records } = good(await binding.ask({ method: 'GET', path })) as { records: PastSession[] };
      return records;
    },
    async minutes(sessionId) {
      const path = `/api/v1/groups/sessions/${sessionId}/minutes`;
      return good(await binding.ask({ method: 'GET', path })) as PastMinutes;
    },
    async minutesLink(sessionId) {
      const path = `/api/v1/groups/sessions/${sessionId}/minutes-link`;
      const { url } = good(await binding.ask({ method: 'POST', path })) as { url: string };
      return url;
    },
  };
}

/** @throws unless the service itself has said yes. */
function good({ status, json }: BoundAnswer): unknown {
  if (status < 200 || status > 299 || typeof json !== 'object' || json === null)
    throw new Error(`the service answered ${status}`);
  return json;
}
