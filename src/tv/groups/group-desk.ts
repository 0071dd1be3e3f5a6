import type { EndRefusal, GroupEffect, GroupEvent, GroupSession } from '../../domain/groups/group-session.ts';
import { endRefusal, groupSession } from '../../domain/groups/group-session.ts';
import { groupRecord, type PaperRecord } from '../../domain/groups/group-record.ts';
import type { BoundBox } from '../identity/bound-box.ts';
import type { Box } from '../study/box.ts';
import type { Clock } from '../study/clock.ts';
import type { OutboxRow } from '../study/rows.ts';
import type { Sender } from '../study/sender.ts';
import type { Change, SafeStore } from '../study/store.ts';
import {
  foundAgain,
  isKeptGroups,
  newEvening,
  written,
  type KeptEvening,
  type KeptGroups,
  type LastChoice,
} from './kept-group.ts';
import { eveningPlan, type EveningChoice } from './evening-plan.ts';
import { createGroupService, type GroupService } from './group-service.ts';
import { unsentOf, type Unsent } from './unsent.ts';

/** Under this name the evening is kept. */
export const GROUP_FACT = 'groups';

/** What the host does, without its moment: the desk knows it. */
export type HostEvent = WithoutMoment<GroupEvent>;
type WithoutMoment<E> = E extends unknown ? Omit<E, 'at'> : never;

/** A sheet of paper as it is entered. */
export type Sheet = Omit<PaperRecord, 'lessons'> & {
  lessons: readonly { lessonId: string; minutes: number }[];
};

export type UploadState = 'waiting' | 'uploaded' | 'refused';

/** The evening of an activity room: it is on the disk before any screen shows it, and goes on after a power cut. */
export interface GroupDesk {
  /** The evening as it is on the disk; `undefined` where none goes on. */
  evening(): GroupSession | undefined;
  /** Session seconds now. */
  seconds(): number;
  /** The evening was found at this start, and nobody has pressed a key in it since. */
  isFoundAgain(): boolean;
  /** Somebody is there again. */
  goOn(): void;
  begin(choice: EveningChoice): Promise<void>;
  /** One thing that happens; resolves when what follows from it is on the disk. */
  tell(event: HostEvent): Promise<void>;
  /** What has to be done at once: to pause, to play. @returns ends it */
  onEffect(listener: (effect: GroupEffect) => void): () => void;
  /** Why it cannot be ended with a record now. */
  endRefusal(): EndRefusal | undefined;
  /** Leaves the evening: without a record where it has not ended. */
  putAway(): Promise<void>;
  last(): LastChoice | undefined;
  /** Whether the service answers: check-ins by phone come only then. */
  online(): boolean;
  /** Who has counted themselves on a phone without a name. */
  phoneGuests(): number;
  /** The line of note typed on a phone. */
  phoneWords(): string | undefined;
  /** How far what was told of a session has come. */
  upload(sessionId: string): UploadState;
  /** What was told of sessions and has not arrived, oldest first. */
  unsent(): readonly Unsent[];
  /** Hands in a sheet of paper. @returns the id of its session */
  enterPaper(sheet: Sheet): Promise<string>;
  /** Puts a record right that was made already. */
  correct(sessionId: string, change: { reason: string; add: string[]; remove: string[] }): Promise<void>;
  service: Pick<GroupService, 'records' | 'minutes' | 'minutesLink'>;
}

export interface GroupDeskDeps {
  box: Box;
  clock: Clock;
  sender: Sender;
  binding: BoundBox;
  store: SafeStore;
  found: unknown;
  /** By today's policy, for lessons with none of their own. */
  threshold: () => number;
  /** The write that keeps it. */
  keep: (kept: KeptGroups) => Change;
  onChange: () => void;
}

/** Seconds between two writes while nothing happens but the picture moving. */
const WRITE_EVERY = 10;

export function createGroupDesk(deps: GroupDeskDeps): GroupDesk {
  const { box, clock, sender, store, keep, onChange } = deps;
  let kept: KeptGroups = isKeptGroups(deps.found) ? deps.found : {};
  /** As it is, and as the screen may show it: the second follows when the first is on the disk. */
  let now: GroupSession | undefined;
  let shown: GroupSession | undefined;
  let base = { seconds: 0, mono: clock.mono() };
  let wroteAt = -Infinity;
  let takeBackBeat: (() => void) | undefined;
  let found = false;
  const listeners = new Set<(effect: GroupEffect) => void>();

  const secret = (): string =>
    Array.from(box.randomBytes(32), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const seconds = (): number => base.seconds + clock.mono() - base.mono;
  const service = createGroupService({
    binding: deps.binding,
    later: box.later,
    evening: () => now,
    seconds,
    onNews: (checkIns) => {
      for (const { person, seconds: codeAt } of checkIns)
        if (now && now.attendees[person]?.codeAt === undefined && !now.dismissed.includes(person))
          void tell({ type: 'checked-in', person, codeAt: Math.min(codeAt, seconds()) });
      onChange();
    },
  });

  function takeUp(evening: KeptEvening): void {
    base = { seconds: evening.seconds, mono: clock.mono() };
    now = evening.session;
    kept = { ...kept, evening };
    beat();
  }

  /** While an evening goes on, its seconds are on the disk, at most ten of them behind. */
  function beat(): void {
    takeBackBeat?.();
    if (!now || now.phase === 'ended') return;
    takeBackBeat = box.later(() => {
      void write([]);
      beat();
    }, WRITE_EVERY);
  }

  async function write(rows: readonly OutboxRow[]): Promise<void> {
    const { evening } = kept;
    if (!evening || !now) return;
    wroteAt = clock.mono();
    const session = now;
    kept = {
      ...kept,
      evening: written(evening, session, seconds(), wroteAt, (mono) => clock.stamp(mono)),
    };
    if (rows.length > 0) await sender.add(rows, [keep(kept)]);
    else await store.write([keep(kept)]);
    // A later write may have been faster to the screen.
    if (now?.plan.id === session.plan.id) shown = session;
    onChange();
  }

  async function tell(event: HostEvent): Promise<void> {
    if (!now) return;
    found = false;
    const before = now;
    const at = event.type === 'watched' ? seconds() - (clock.mono() - event.event.at) : seconds();
    const step = groupSession(before, { ...event, at });
    now = step.session;
    const ended = step.effects.some(({ type }) => type === 'record');
    for (const effect of step.effects) for (const listener of [...listeners]) listener(effect);
    const small = event.type === 'watched' && event.event.type === 'moved' && before.phase === now.phase;
    if (small && clock.mono() - wroteAt < WRITE_EVERY) {
      const { showings, position } = now;
      if (shown?.phase === now.phase) shown = { ...shown, seconds: now.seconds, showings, position };
      return;
    }
    await write(ended && kept.evening ? [recordRow(kept.evening, now)] : []);
    if (ended) service.stop();
  }

  function recordRow(evening: KeptEvening, session: GroupSession): OutboxRow {
    const sessionId = session.plan.id;
    const { anchors } = written(evening, session, seconds(), clock.mono(), (mono) => clock.stamp(mono));
    const record = groupRecord(session, { anchors: [], clock: 'unknown' });
    return row(`${sessionId}:record`, anchors[0]!.stamp, { sessionId, what: 'record', record, anchors });
  }

  function row(
    id: string,
    begun: OutboxRow['begun'],
    draft: (OutboxRow & { kind: 'group' })['draft'],
  ): OutboxRow {
    return { id, order: sender.nextOrder(), stamp: clock.stamp(), begun, kind: 'group', draft };
  }

  if (kept.evening) {
    found = kept.evening.session.phase !== 'ended';
    takeUp(found ? foundAgain(kept.evening, clock.stamp()) : kept.evening);
    shown = now;
    if (found) {
      void write([]);
      service.start();
    }
  }

  return {
    evening: () => shown,
    seconds,
    isFoundAgain: () => found,
    goOn() {
      found = false;
      onChange();
    },
    async begin(choice) {
      const { host, playlist } = choice;
      kept = { ...kept, last: { host, playlist } };
      takeUp(newEvening(eveningPlan(choice, deps.threshold(), secret(), box.uuid), clock.stamp()));
      await write([]);
      service.start();
    },
    tell,
    onEffect(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    endRefusal: () => (now ? endRefusal(now) : undefined),
    async putAway() {
      service.stop();
      takeBackBeat?.();
      now = undefined;
      kept = kept.last ? { last: kept.last } : {};
      await store.write([keep(kept)]);
      shown = undefined;
      onChange();
    },
    last: () => kept.last,
    online: () => service.online(),
    phoneGuests: () => service.guests(),
    phoneWords: () => service.words(),
    upload(sessionId) {
      const mine = ({ kind, draft }: OutboxRow): boolean => kind === 'group' && draft.sessionId === sessionId;
      if (sender.refused().some(mine)) return 'refused';
      return sender.waiting().some(mine) ? 'waiting' : 'uploaded';
    },
    unsent: () => unsentOf([...sender.waiting(), ...sender.refused()], clock),
    async enterPaper({ lessons, ...sheet }) {
      const sessionId = box.uuid();
      const body: PaperRecord = {
        ...sheet,
        lessons: lessons.map((lesson) => ({ ...lesson, showing: box.uuid() })),
      };
      const stamp = clock.stamp();
      await sender.add([row(`${sessionId}:paper`, stamp, { sessionId, what: 'paper', body })], []);
      return sessionId;
    },
    async correct(sessionId, change) {
      const id = box.uuid();
      const body = { id, ...change };
      await sender.add(
        [row(`${id}:correction`, clock.stamp(), { sessionId, what: 'corrections', body })],
        [],
      );
    },
    service,
  };
}
