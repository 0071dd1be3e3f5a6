import type { BoxIdentity } from './box-identity.ts';
import {
  binding,
  newBinding,
  type BindingEffect,
  type BindingEvent,
  type BindingState,
  type KeptBinding,
  type PlaceView,
} from './binding.ts';

/** The binding of this box at work; see {@link binding} for its rules. */
export interface BoundBox {
  state(): BindingState;
  /** Shows a code to be confirmed on a phone. */
  showCode(): void;
  /** @param digits as typed */
  useCard(digits: string): void;
  /** Does without the code or card it was at. */
  cancel(): void;
  /** Takes the box out of its home or room. @returns false when the service could not be asked */
  unbind(): Promise<boolean>;
  /** Asks where the box stands. */
  look(): void;
  /** A call with the box's token, renewed if need be. Rejects when there is no answer or the box is unbound. */
  ask(call: BoundCall): Promise<BoundAnswer>;
}

export interface BoundCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface BoundAnswer {
  status: number;
  json: unknown;
  retryAfter?: number;
}

export interface BoundBoxDeps {
  identity: BoxIdentity;
  http: (call: BoundCall) => Promise<BoundAnswer>;
  later: (work: () => void, seconds: number) => () => void;
  /** In [0, 1). */
  random: () => number;
  found: KeptBinding | undefined;
  /** Resolves when it is on the disk. */
  keep: (kept: KeptBinding) => Promise<void>;
  onChange: () => void;
}

const grants = {
  device: 'urn:ietf:params:oauth:grant-type:device_code',
  card: 'urn:field-classroom:grant-type:binding-card',
} as const;

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

export function createBoundBox(deps: BoundBoxDeps): BoundBox {
  const { identity, http, later } = deps;
  let state = newBinding;
  let keeping: Promise<void> = Promise.resolve();
  let takeBack: (() => void) | undefined;
  let renewing: Promise<boolean> | undefined;

  /** Resolves when what follows from the event is kept. */
  function run(event: BindingEvent): Promise<void> {
    const before = state;
    const step = binding(state, event);
    state = step.state;
    if (before.kept !== state.kept) {
      const { kept } = state;
      keeping = keeping.then(() => deps.keep(kept));
    }
    if (before !== state) deps.onChange();
    return keeping.then(() => step.effects.forEach(perform));
  }

  function perform(effect: BindingEffect): void {
    if (effect.type === 'ask-code') return void trying(askCode);
    takeBack?.();
    const work = (): void => {
      // What was waited for may not be wanted any more.
      if (effect.type === 'poll' && state.kept.code?.deviceCode !== effect.deviceCode) return;
      if (effect.type === 'redeem' && state.kept.card !== effect.card) return;
      if (effect.type === 'look') return void trying(look);
      void trying(() =>
        token(
          effect.type === 'poll'
            ? { grant_type: grants.device, device_code: effect.deviceCode }
            : { grant_type: grants.card, card: effect.card },
        ),
      );
    };
    if (effect.after > 0) takeBack = later(work, effect.after);
    else work();
  }

  async function trying(work: () => Promise<BindingEvent>): Promise<void> {
    let event: BindingEvent;
    try {
      event = await work();
    } catch {
      event = { type: 'silent' };
    }
    await run(event);
  }

  async function askCode(): Promise<BindingEvent> {
    const { status, json } = await post('device_authorization', {});
    const answer = (json ?? {}) as Partial<Record<string, unknown>>;
    const { device_code, user_code, verification_uri, verification_uri_complete, interval } = answer;
    if (status !== 200 || typeof device_code !== 'string' || typeof user_code !== 'string')
      return { type: 'silent' };
    const address = typeof verification_uri === 'string' ? verification_uri : '';
    return {
      type: 'code-given',
      interval: typeof interval === 'number' ? interval : 5,
      code: {
        deviceCode: device_code,
        userCode: user_code,
        address,
        fullAddress: typeof verification_uri_complete === 'string' ? verification_uri_complete : address,
      },
    };
  }

  async function token(fields: Record<string, string>): Promise<BindingEvent> {
    const { status, json } = await post('token', fields);
    const tokens = tokensOf(status, json);
    if (tokens) return { type: 'granted', tokens };
    const { error } = (json ?? {}) as { error?: unknown };
    // Too busy to say, which is neither yes nor no.
    if (status === 429 || status >= 500) return { type: 'silent' };
    return typeof error === 'string' ? { type: 'refused', error } : { type: 'silent' };
  }

  /** A box that never watched anything is not known to the service yet. */
  async function post(path: string, fields: Record<string, string>): Promise<BoundAnswer> {
    const { boxId, boxKey } = identity;
    const body = new URLSearchParams({ ...fields, client_id: boxId, client_secret: boxKey }).toString();
    const call: BoundCall = { method: 'POST', path: `/oauth/${path}`, headers: form, body };
    const answer = await http(call);
    if (answer.status !== 401) return answer;
    await http({
      method: 'POST',
      path: '/api/v1/boxes',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(identity),
    });
    return http(call);
  }

  async function look(): Promise<BindingEvent> {
    const { status, json } = await ask({ method: 'GET', path: '/api/v1/box' });
    return status === 200 && isView(json) ? { type: 'told', view: json } : { type: 'silent' };
  }

  async function ask(call: BoundCall): Promise<BoundAnswer> {
    const asked = state.kept.tokens;
    if (!asked) throw new Error('the box is bound to nothing');
    const answer = await http(withToken(call, asked.access));
    if (answer.status !== 401) return answer;
    if (state.kept.tokens?.access === asked.access) {
      renewing ??= renew(asked.refresh).finally(() => {
        renewing = undefined;
      });
      if (!(await renewing)) return answer;
    }
    const { tokens } = state.kept;
    return tokens ? http(withToken(call, tokens.access)) : answer;
  }

  /** The next tokens are on the disk before they are used: until then the old ones stay good. */
  async function renew(refresh: string): Promise<boolean> {
    const { status, json } = await post('token', { grant_type: 'refresh_token', refresh_token: refresh });
    const tokens = tokensOf(status, json);
    if (tokens) await run({ type: 'renewed', tokens });
    else if ((json as { error?: unknown } | undefined)?.error === 'invalid_grant')
      await run({ type: 'ended', byViewer: false });
    return tokens !== undefined;
  }

  if (deps.found) void run({ type: 'found', kept: deps.found, random: deps.random() });

  return {
    state: () => state,
    showCode: () => void run({ type: 'code-wanted' }),
    useCard: (digits) => void run({ type: 'card-typed', card: digits }),
    cancel: () => void run({ type: 'cancelled' }),
    look: () => {
      if (state.kept.tokens) void trying(look);
    },
    async unbind() {
      const { boxId, boxKey } = identity;
      try {
        const call = { method: 'DELETE', path: '/api/v1/box/binding' } as const;
        const { status } = await http(withToken(call, `${boxId}.${boxKey}`));
        if (status !== 204) return false;
      } catch {
        return false;
      }
      await run({ type: 'ended', byViewer: true });
      return true;
    },
    ask,
  };
}

function withToken(call: BoundCall, token: string): BoundCall {
  return { ...call, headers: { ...call.headers, Authorization: `Bearer ${token}` } };
}

function tokensOf(status: number, json: unknown): { access: string; refresh: string } | undefined {
  const { access_token, refresh_token } = (json ?? {}) as Partial<Record<string, unknown>>;
  return status === 200 && typeof access_token === 'string' && typeof refresh_token === 'string'
    ? { access: access_token, refresh: refresh_token }
    : undefined;
}

/** The service's own answer, and not the page of some network. */
function isView(json: unknown): json is PlaceView | { state: 'unbound' } {
  const { state, people } = (json ?? {}) as { state?: unknown; people?: unknown };
  return state === 'unbound' || ((state === 'home' || state === 'room') && Array.isArray(people));
}
