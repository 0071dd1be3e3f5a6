import type { BoundBox } from '../identity/bound-box.ts';
import type { BoxIdentity } from '../identity/box-identity.ts';
import type { Box } from './box.ts';
import type { Clock } from './clock.ts';
import type { Answer, Call, Http } from './http.ts';
import { localNote } from './local-note.ts';
import { newOutbox, outbox, type OutboxEffect, type OutboxEvent } from './outbox.ts';
import { checkpointRowId, isCompletion, type OutboxRow, type Refusal } from './rows.ts';
import { seal } from './seal.ts';
import type { Change, SafeStore } from './store.ts';

/** Completions mirrored in localStorage, for boxes that lose their IndexedDB. */
const MIRRORED = 20;
const MIRROR_KEY = 'field-classroom.completions';

/** The outbox at work: takes rows, keeps them, sends them by the policy of {@link outbox}. */
export interface Sender {
  /** Takes up what an earlier start could not send, and `more` that follows from how it ended. */
  start(more: readonly OutboxRow[], changes: readonly Change[]): Promise<void>;
  /** Keeps the rows together with `changes`, all or nothing, then sends them. Never rejects. */
  add(rows: readonly OutboxRow[], changes: readonly Change[]): Promise<void>;
  /** Where the next row comes in the order of sending. */
  nextOrder(): number;
  waiting(): readonly OutboxRow[];
  refused(): readonly OutboxRow[];
  /** Sends now, and once more what was refused. */
  retry(): void;
  /** The server's time has become known. */
  dated(serverMs: number): void;
  /** Asks the service for the time. Rejects when there is no answer. */
  learnTime(): Promise<void>;
  /** A call in the box's name; registers the box if the service does not know it. */
  ask(call: Call): Promise<Answer>;
}

export interface SenderDeps {
  box: Box;
  clock: Clock;
  store: SafeStore;
  http: Http;
  timeZone: () => string;
  identity: BoxIdentity;
  onChange: () => void;
  /** The person has begun a newer session elsewhere: this one counts no more. */
  onSuperseded: (sessionId: string) => void;
  /** Where the box stands: there it may speak for the people of its home. */
  bound: () => BoundBox;
}

export function createSender(deps: SenderDeps): Sender {
  const { box, clock, store, http } = deps;
  const mirror = localNote<OutboxRow[]>(box.local, MIRROR_KEY);
  let state = newOutbox(clock.bootId);
  let order = 0;
  let wake: (() => void) | undefined;
  let sealing: Promise<void> = Promise.resolve();
  /**
   * The service's last nonce by session. It travels beside the sealed checkpoints, as they are sent, and is
   * not kept: it proves that this start of the box is in touch.
   */
  let nonces: Readonly<Record<string, string>> = {};

  function run(event: OutboxEvent): void {
    const before = state;
    const step = outbox(state, event);
    state = step.state;
    step.effects.forEach(perform);
    const completions = state.rows.filter(isCompletion);
    if (before.rows !== state.rows && before.rows.filter(isCompletion).length !== completions.length)
      mirror.write(completions.slice(-MIRRORED));
    if (before.rows !== state.rows || before.refused !== state.refused) deps.onChange();
    if (event.type !== 'woken') kick();
  }

  function kick(): void {
    wake?.();
    wake = undefined;
    run({ type: 'woken', at: clock.mono() });
  }

  function perform(effect: OutboxEffect): void {
    switch (effect.type) {
      case 'register':
        void trying(register);
        break;
      case 'send':
        void alone(() => trying(() => send(effect.kind, effect.ids)));
        break;
      case 'look-up':
        void trying(() => lookUp(effect.id));
        break;
      case 'forget':
        void store.write(effect.ids.map((id) => ({ table: 'outbox', delete: id })));
        break;
      case 'keep':
        void store.write(effect.rows.map((row) => ({ table: 'outbox', put: row })));
        break;
      case 'wake':
        wake?.();
        if (effect.at < Infinity) wake = box.later(kick, Math.max(0, effect.at - clock.mono()));
    }
  }

  async function trying(work: () => Promise<OutboxEvent>): Promise<void> {
    let event: OutboxEvent;
    try {
      event = await work();
    } catch {
      event = { type: 'failed', at: clock.mono(), random: box.random() };
    }
    run(event);
  }

  function failed({ retryAfter }: Answer): OutboxEvent {
    return {
      type: 'failed',
      at: clock.mono(),
      random: box.random(),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    };
  }

  /** From the service's own call: finer than the whole seconds of a Date header. */
  async function learnTime(): Promise<void> {
    const asked = clock.mono();
    const { status, json } = await http({ method: 'GET', path: '/api/v1/time' });
    const now = Date.parse(String((json as { now?: unknown } | undefined)?.now));
    const halfWay = ((clock.mono() - asked) * 1000) / 2;
    if (status === 200 && !Number.isNaN(now)) clock.contact(now + halfWay, halfWay);
  }

  async function register(): Promise<OutboxEvent> {
    await learnTime();
    const answer = await http({
      method: 'POST',
      path: '/api/v1/boxes',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(deps.identity),
    });
    if (!confirmed(answer) || !clock.synced()) return failed(answer);
    await sealAll();
    return { type: 'registered' };
  }

  /** One after the other, so that no row is ever given two texts. */
  function sealAll(): Promise<void> {
    sealing = sealing.then(async () => {
      const rows = seal(state.rows, clock, deps.timeZone());
      if (rows.length === 0) return;
      await store.write(rows.map((row) => ({ table: 'outbox', put: row })));
      run({ type: 'sealed', rows });
    });
    return sealing;
  }

  async function send(kind: OutboxRow['kind'], ids: readonly string[]): Promise<OutboxEvent> {
    const gone = await sentElsewhere(ids);
    if (gone.length > 0) return { type: 'gone', ids: gone };
    const rows = state.rows.filter(({ id }) => ids.includes(id));
    const list = `[${rows.map(({ sealed }) => sealed).join(',')}]`;
    const answer = await inName(
      rows[0]?.kind === 'group'
        ? groupCall(rows[0])
        : kind === 'statement'
          ? { method: 'POST', path: '/xapi/statements', headers: xapiHeaders, body: list }
          : {
              method: 'POST',
              path: '/api/v1/checkpoints',
              headers: { 'Content-Type': 'application/json' },
              body: `{"checkpoints":${list}${noncesOf(rows)}}`,
            },
    );
    if (kind === 'checkpoint') hearOfSessions(answer);
    return {
      type: 'answered',
      at: clock.mono(),
      random: box.random(),
      ids,
      status: answer.status,
      detail: JSON.stringify(answer.json ?? '').slice(0, 500),
      ...(answer.retryAfter === undefined ? {} : { retryAfter: answer.retryAfter }),
      ...taken[kind](answer, ids),
    };
  }

  function noncesOf(rows: readonly OutboxRow[]): string {
    const known: Record<string, string> = {};
    for (const { kind, draft } of rows) {
      const nonce = kind === 'checkpoint' ? nonces[draft.sessionId] : undefined;
      if (kind === 'checkpoint' && nonce !== undefined) known[draft.sessionId] = nonce;
    }
    // An older service knows no nonces, and gives none.
    return Object.keys(known).length > 0 ? `,"nonces":${JSON.stringify(known)}` : '';
  }

  function hearOfSessions({ status, json }: Answer): void {
    const sessions: unknown = (json as { sessions?: unknown } | undefined)?.sessions;
    if (status !== 200 || !Array.isArray(sessions)) return;
    const heard: Record<string, string> = {};
    for (const { sessionId, nonce, superseded } of sessions as SessionAnswer[]) {
      if (typeof nonce === 'string') heard[sessionId] = nonce;
      if (superseded === true) deps.onSuperseded(sessionId);
    }
    nonces = heard;
  }

  async function lookUp(id: string): Promise<OutboxEvent> {
    const path = `/xapi/statements?statementId=${encodeURIComponent(id)}`;
    const answer = await inName({ method: 'GET', path, headers: xapiHeaders });
    const found = answer.status === 200 && (answer.json as { id?: unknown } | undefined)?.id === id;
    return found || answer.status === 404 ? { type: 'looked-up', id, there: found } : failed(answer);
  }

  /** In the name of the home, where the box stands in one: its key alone speaks for its default viewer only. */
  async function inName(call: Call): Promise<Answer> {
    const { boxId, boxKey } = deps.identity;
    const byKey = { ...call, headers: { ...call.headers, Authorization: `Bearer ${boxId}.${boxKey}` } };
    const bound = deps.bound();
    if (!bound.state().kept.tokens) return http(byKey);
    const answer = await bound.ask(call);
    // It may have been taken out of its home meanwhile.
    return answer.status === 401 && !bound.state().kept.tokens ? http(byKey) : answer;
  }

  /** One tab sends at a time, where tabs can tell; else the ids make a repetition harmless. */
  async function alone(work: () => Promise<void>): Promise<void> {
    if (!box.locks) return work();
    await box.locks.request('field-classroom-outbox', async () => {
      await work();
      // The next tab looks on the disk for what is left.
      await store.settled();
    });
  }

  async function sentElsewhere(ids: readonly string[]): Promise<string[]> {
    const there = box.locks && store.saved() ? await store.ids('outbox') : undefined;
    return there ? ids.filter((id) => !there.has(id)) : [];
  }

  return {
    async start(more, changes) {
      const found = await store.read<OutboxRow>('outbox');
      const kept = new Set(found.map(({ id }) => id));
      const rescued = (mirror.read() ?? []).filter(({ id }) => !kept.has(id));
      const rows = [...found, ...rescued];
      order = rows.reduce((most, row) => Math.max(most, row.order), 0);
      const last = more.map((row): OutboxRow => ({ ...row, order: ++order }));
      await store.write([
        ...[...rescued, ...last].map((row): Change => ({ table: 'outbox', put: row })),
        ...changes,
      ]);
      run({ type: 'found', rows: [...rows, ...last], at: clock.mono(), random: box.random() });
    },
    async add(rows, changes) {
      const sealed = new Map(seal(rows, clock, deps.timeZone()).map((row) => [row.id, row]));
      const ready = rows.map((row) => sealed.get(row.id) ?? row);
      await store.write([...ready.map((row): Change => ({ table: 'outbox', put: row })), ...changes]);
      if (ready.length > 0) run({ type: 'added', rows: ready });
    },
    nextOrder: () => ++order,
    waiting: () => state.rows,
    refused: () => state.refused,
    retry() {
      run({ type: 'retried' });
    },
    dated(serverMs) {
      run({ type: 'dated', ms: serverMs });
    },
    learnTime,
    async ask(call) {
      const answer = await inName(call);
      if (answer.status !== 401) return answer;
      const { type } = await register();
      return type === 'registered' ? inName(call) : answer;
    },
  };
}

const xapiHeaders = { 'Content-Type': 'application/json', 'X-Experience-API-Version': '1.0.3' };

/** The service itself has said yes, and not the sign-in page of some network. */
function confirmed({ status, json }: Answer): boolean {
  return status === 204 || (status >= 200 && status < 300 && typeof json === 'object');
}

function statementsTaken({ status, json }: Answer, ids: readonly string[]): { taken?: readonly string[] } {
  const all =
    status === 204 || (status === 200 && Array.isArray(json) && ids.every((id) => json.includes(id)));
  return all ? { taken: ids } : {};
}

function groupCall({ draft, sealed }: OutboxRow & { kind: 'group' }): Call {
  return {
    method: draft.what === 'paper' ? 'PUT' : 'POST',
    path: `/api/v1/groups/sessions/${draft.sessionId}/${draft.what}`,
    headers: { 'Content-Type': 'application/json' },
    ...(sealed === undefined ? {} : { body: sealed }),
  };
}

/** What the service has judged waits for a person; what it had no time or no ear for is sent again. */
function groupCallTaken(
  { status, json }: Answer,
  ids: readonly string[],
): { taken?: readonly string[]; refused?: Readonly<Record<string, Refusal>> } {
  if (status >= 200 && status < 300 && typeof json === 'object') return { taken: ids };
  const { code, detail } = (json ?? {}) as { code?: unknown; detail?: unknown };
  if (![400, 403, 404, 409, 422].includes(status) || typeof code !== 'string') return {};
  return { taken: [], refused: { [ids[0]!]: { code, detail: typeof detail === 'string' ? detail : '' } } };
}

const taken = { statement: statementsTaken, checkpoint: checkpointsTaken, group: groupCallTaken };

function checkpointsTaken({ status, json }: Answer): {
  taken?: readonly string[];
  refused?: Readonly<Record<string, Refusal>>;
} {
  const results: unknown = (json as { results?: unknown } | undefined)?.results;
  if (status !== 200 || !Array.isArray(results)) return {};
  const taken: string[] = [];
  const refused: Record<string, Refusal> = {};
  for (const { sessionId, seq, status, code, detail } of results as CheckpointResult[]) {
    const id = checkpointRowId(sessionId, seq);
    if (status === 'rejected') refused[id] = { code: code ?? 'rejected', detail: detail ?? '' };
    else taken.push(id);
  }
  return { taken, refused };
}

interface SessionAnswer {
  sessionId: string;
  nonce?: unknown;
  superseded?: unknown;
}

interface CheckpointResult {
  sessionId: string;
  seq: number;
  status: 'stored' | 'duplicate' | 'rejected';
  code?: string;
  detail?: string;
}
