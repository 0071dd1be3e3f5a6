import { isCompletion, isOpening, rowBytes, type OutboxRow, type Refusal } from './rows.ts';

/** The most one request carries. */
const STATEMENTS_PER_REQUEST = 25;
const CHECKPOINTS_PER_REQUEST = 100;
const BYTES_PER_REQUEST = 48 * 1024;
/** The most the box keeps. */
const ROWS_KEPT = 2000;
const BYTES_KEPT = 5_000_000;
const KEPT_FOR_MS = 90 * 24 * 3600 * 1000;
/** Seconds. */
const CHECKPOINTS_EVERY = 60;
const BACKOFF_BASE = 5;
const BACKOFF_CAP = 900;
const BACKLOG_SPREAD = 180;

/** What is waiting and how the service has answered so far. All moments are monotonic seconds of this start. */
export interface OutboxState {
  readonly bootId: string;
  /** Oldest first. */
  readonly rows: readonly OutboxRow[];
  readonly refused: readonly OutboxRow[];
  /** The service knows the box. */
  readonly registered: boolean;
  /** One request at a time. */
  readonly busy: boolean;
  /** Statements per request; halved by a 413. */
  readonly batch: number;
  /** Requests that were refused as a whole, cut in halves to find the row at fault. */
  readonly halves: readonly (readonly string[])[];
  /** Failures in a row. */
  readonly failures: number;
  /** Nothing is sent before. */
  readonly notBefore: number;
  /** Nothing of an earlier start is sent before. */
  readonly backlogFrom: number;
  readonly checkpointsFrom: number;
}

export type OutboxEvent =
  /** What was found on the disk. `random` is in [0, 1) wherever it appears. */
  | { type: 'found'; rows: readonly OutboxRow[]; at: number; random: number }
  | { type: 'added'; rows: readonly OutboxRow[] }
  | { type: 'sealed'; rows: readonly OutboxRow[] }
  /** Another tab has dealt with these. */
  | { type: 'gone'; ids: readonly string[] }
  /** The server's time is known, milliseconds since 1970. */
  | { type: 'dated'; ms: number }
  /** It may be time to send. */
  | { type: 'woken'; at: number }
  /** A person does not want to wait. */
  | { type: 'retried' }
  | { type: 'registered' }
  | {
      type: 'answered';
      at: number;
      ids: readonly string[];
      status: number;
      detail: string;
      retryAfter?: number;
      random: number;
      /** Checkpoints: what the service says of each; one it does not name is sent again. */
      refused?: Readonly<Record<string, Refusal>>;
      taken?: readonly string[];
    }
  /** Whether the service has a statement that it called a conflict. */
  | { type: 'looked-up'; id: string; there: boolean }
  | { type: 'failed'; at: number; random: number; retryAfter?: number };

export type OutboxEffect =
  | { type: 'register' }
  | { type: 'send'; kind: OutboxRow['kind']; ids: readonly string[] }
  | { type: 'look-up'; id: string }
  /** The rows are done with. */
  | { type: 'forget'; ids: readonly string[] }
  /** The rows have changed and are to be kept as they now are. */
  | { type: 'keep'; rows: readonly OutboxRow[] }
  /** Nothing to do before `at`. */
  | { type: 'wake'; at: number };

type Step = { state: OutboxState; effects: OutboxEffect[] };

export function newOutbox(bootId: string): OutboxState {
  return {
    bootId,
    rows: [],
    refused: [],
    registered: false,
    busy: false,
    batch: STATEMENTS_PER_REQUEST,
    halves: [],
    failures: 0,
    notBefore: 0,
    backlogFrom: 0,
    checkpointsFrom: 0,
  };
}

/** The sending policy: what goes when, and what follows from each answer. */
export function outbox(state: OutboxState, event: OutboxEvent): Step {
  switch (event.type) {
    case 'found': {
      const rows = inOrder([...event.rows.filter(({ refused }) => !refused), ...state.rows]);
      const refused = event.rows.filter((row) => row.refused);
      // After a power failure thousands of boxes come back at once with what they could not send: that is
      // spread. What a viewer watches now goes at once all the same; people do not press OK in one second.
      const spread = event.rows.length > refused.length ? event.random * BACKLOG_SPREAD : 0;
      return within({ ...state, rows, refused, backlogFrom: event.at + spread });
    }
    case 'added':
      return within({ ...state, rows: inOrder([...state.rows, ...event.rows]) });
    case 'sealed': {
      const byId = new Map(event.rows.map((row) => [row.id, row]));
      return { state: { ...state, rows: state.rows.map((row) => byId.get(row.id) ?? row) }, effects: [] };
    }
    case 'gone':
      return { state: { ...without(state, event.ids), busy: false }, effects: [] };
    case 'dated': {
      const old = ({ at }: OutboxRow): boolean => at !== undefined && at < event.ms - KEPT_FOR_MS;
      return forget(
        state,
        [...state.rows, ...state.refused].filter(old).map(({ id }) => id),
      );
    }
    case 'woken':
      return state.busy ? { state, effects: [] } : next(state, event.at);
    case 'retried': {
      const again = state.refused.map((row): OutboxRow => ({ ...row, refused: undefined }));
      return {
        state: {
          ...state,
          rows: inOrder([...state.rows, ...again]),
          refused: [],
          failures: 0,
          notBefore: 0,
          backlogFrom: 0,
          checkpointsFrom: 0,
        },
        effects: again.length > 0 ? [{ type: 'keep', rows: again }] : [],
      };
    }
    case 'registered':
      return { state: { ...state, registered: true, busy: false }, effects: [] };
    case 'answered':
      return answered({ ...state, busy: false }, event);
    case 'looked-up':
      return event.there
        ? forget({ ...state, busy: false, failures: 0 }, [event.id])
        : refuse({ ...state, busy: false }, { [event.id]: { code: '409', detail: 'conflict' } });
    case 'failed':
      return { state: backedOff({ ...state, busy: false }, event), effects: [] };
  }
}

/** What to do now. */
function next(state: OutboxState, at: number): Step {
  const wait = (moment: number): Step => ({ state, effects: [{ type: 'wake', at: moment }] });
  if (at < state.notBefore) return wait(state.notBefore);
  const ask = (effect: OutboxEffect, change: Partial<OutboxState> = {}): Step => ({
    state: { ...state, ...change, busy: true },
    effects: [effect],
  });

  const due = state.rows.filter(({ stamp }) => stamp.bootId === state.bootId || at >= state.backlogFrom);
  if (due.length === 0) return state.rows.length > 0 ? wait(state.backlogFrom) : { state, effects: [] };
  // Registering also brings the server's time, without which nothing is sealed.
  if (!state.registered || due.some(({ sealed }) => sealed === undefined)) return ask({ type: 'register' });

  const half = state.halves[0];
  if (half) {
    const rest = { halves: state.halves.slice(1) };
    const rows = due.filter(({ id }) => half.includes(id));
    const first = rows[0];
    return first
      ? ask({ type: 'send', kind: first.kind, ids: rows.map(({ id }) => id) }, rest)
      : next({ ...state, ...rest }, at);
  }
  const statements = due.filter(({ kind }) => kind === 'statement');
  const openings = statements.filter(isOpening);
  const checkpoints = due.filter(({ kind }) => kind === 'checkpoint');
  // A session's beginning first, then the proof of what was played, then what is claimed by it.
  if (openings.length > 0)
    return ask({ type: 'send', kind: 'statement', ids: fitting(openings, state.batch) });
  if (checkpoints.length > 0 && (statements.length > 0 || at >= state.checkpointsFrom))
    return ask(
      { type: 'send', kind: 'checkpoint', ids: fitting(checkpoints, CHECKPOINTS_PER_REQUEST) },
      { checkpointsFrom: at + CHECKPOINTS_EVERY },
    );
  if (statements.length > 0)
    return ask({ type: 'send', kind: 'statement', ids: fitting(statements, state.batch) });
  // One at a time, in order: a correction must not come before the record that it corrects.
  const group = due.find(({ kind }) => kind === 'group');
  if (group) return ask({ type: 'send', kind: 'group', ids: [group.id] });

  return wait(Math.min(state.checkpointsFrom, due.length < state.rows.length ? state.backlogFrom : Infinity));
}

function answered(state: OutboxState, event: Extract<OutboxEvent, { type: 'answered' }>): Step {
  const { status, ids } = event;
  if (event.taken) {
    const good = { ...state, failures: 0 };
    const refused = refuse(good, event.refused ?? {});
    const taken = forget(refused.state, event.taken);
    const named = event.taken.length + Object.keys(event.refused ?? {}).length;
    return {
      state: named < ids.length ? backedOff(taken.state, event) : taken.state,
      effects: [...refused.effects, ...taken.effects],
    };
  }
  switch (status) {
    case 401: {
      // The first time the box is merely not known yet; after that the wait grows.
      const again = { ...state, registered: false };
      return {
        state: state.failures > 0 ? backedOff(again, event) : { ...again, failures: 1 },
        effects: [],
      };
    }
    case 400:
    case 403:
    case 409:
    case 413:
    case 422: {
      const batch = status === 413 ? Math.max(1, Math.floor(state.batch / 2)) : state.batch;
      if (ids.length > 1) {
        const middle = Math.ceil(ids.length / 2);
        const halves = [ids.slice(0, middle), ids.slice(middle), ...state.halves];
        return { state: { ...state, batch, halves }, effects: [] };
      }
      if (status === 409)
        return { state: { ...state, busy: true }, effects: [{ type: 'look-up', id: ids[0]! }] };
      return refuse({ ...state, batch }, { [ids[0]!]: { code: String(status), detail: event.detail } });
    }
    default:
      // Among them 404 and a stranger's page with 200: a wrong address or a captive portal, no fault of the rows.
      return { state: backedOff(state, event), effects: [] };
  }
}

/** Exponential backoff with equal jitter, and never before the service wants it. */
function backedOff(
  state: OutboxState,
  { at, random, retryAfter = 0 }: { at: number; random: number; retryAfter?: number },
): OutboxState {
  const failures = state.failures + 1;
  const longest = Math.min(BACKOFF_CAP, BACKOFF_BASE * 2 ** Math.min(failures - 1, 20));
  const wait = longest / 2 + (random * longest) / 2;
  return { ...state, failures, notBefore: at + Math.max(retryAfter, wait) };
}

function refuse(state: OutboxState, refusals: Readonly<Record<string, Refusal>>): Step {
  const rows = state.rows
    .filter(({ id }) => id in refusals)
    .map((row): OutboxRow => ({ ...row, refused: refusals[row.id] }));
  if (rows.length === 0) return { state, effects: [] };
  const rest = without(state, Object.keys(refusals));
  return { state: { ...rest, refused: [...state.refused, ...rows] }, effects: [{ type: 'keep', rows }] };
}

function forget(state: OutboxState, ids: readonly string[]): Step {
  return ids.length === 0
    ? { state, effects: [] }
    : { state: without(state, ids), effects: [{ type: 'forget', ids }] };
}

function without(state: OutboxState, ids: readonly string[]): OutboxState {
  const gone = new Set(ids);
  const stays = ({ id }: OutboxRow): boolean => !gone.has(id);
  return { ...state, rows: state.rows.filter(stays), refused: state.refused.filter(stays) };
}

/** Keeps to what the box can hold: checkpoints go first, then other statements, a completion never. */
function within(state: OutboxState): Step {
  const all = [...state.refused, ...state.rows];
  let count = all.length;
  let bytes = all.reduce((sum, row) => sum + rowBytes(row), 0);
  if (count <= ROWS_KEPT && bytes <= BYTES_KEPT) return { state, effects: [] };
  const dropped: string[] = [];
  const expendable = [
    ...all.filter(({ kind }) => kind === 'checkpoint'),
    ...all.filter((row) => row.kind === 'statement' && !isCompletion(row)),
  ];
  for (const row of expendable) {
    if (count <= ROWS_KEPT && bytes <= BYTES_KEPT) break;
    dropped.push(row.id);
    count -= 1;
    bytes -= rowBytes(row);
  }
  return forget(state, dropped);
}

/** The ids of the first rows that fit one request; at least one. */
function fitting(rows: readonly OutboxRow[], most: number): string[] {
  const ids: string[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += rowBytes(row) + 1;
    if (ids.length > 0 && (ids.length >= most || bytes > BYTES_PER_REQUEST)) break;
    ids.push(row.id);
  }
  return ids;
}

/** By order; of two rows with one id the first stays. */
function inOrder(rows: readonly OutboxRow[]): OutboxRow[] {
  const byId = new Map<string, OutboxRow>();
  for (const row of rows) if (!byId.has(row.id)) byId.set(row.id, row);
  return [...byId.values()].sort((a, b) => a.order - b.order);
}
