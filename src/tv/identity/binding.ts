/**
 * How a box comes to a home or an activity room and stays there. What is kept is on the disk before anything
 * follows from it, so a power cut at any step leaves something that can be gone on with: a code or card whose
 * answer never came is asked about again, and tokens are used only once they are kept.
 *
 * Source: RFC 8628 for the code, `docs` of the service's OpenAPI for the card.
 */

/** Where the box stands and who is there, as the service tells it and the box remembers it. */
export type PlaceView =
  | {
      state: 'home';
      home: Named;
      village: Named;
      people: readonly { id: string; masked: string; role: string; hasPin: boolean }[];
    }
  | {
      state: 'room';
      room: Named;
      branch: Named | null;
      village: Named;
      people: readonly { id: string; name: string; role: string }[];
    };

interface Named {
  id: string;
  name: string;
}

export interface BindingTokens {
  access: string;
  refresh: string;
}

/** A code that the screen shows until somebody confirms it on a phone. */
export interface ShownCode {
  deviceCode: string;
  /** `BCDF-GHJK` */
  userCode: string;
  /** To be typed. */
  address: string;
  /** The same with the code, for the QR. */
  fullAddress: string;
}

/** What survives a power cut. */
export interface KeptBinding {
  tokens?: BindingTokens;
  view?: PlaceView;
  code?: ShownCode;
  /** Digits of a card whose answer has not come. */
  card?: string;
}

export type BindingTrouble = 'offline' | 'denied' | 'expired' | 'wrong-card' | 'busy' | 'ended';

export interface BindingState {
  readonly kept: KeptBinding;
  /** An answer is awaited without which there is nothing to show. */
  readonly asking: boolean;
  /** Why the last try came to nothing. */
  readonly trouble?: BindingTrouble;
  /** Seconds between two questions about the code. */
  readonly interval: number;
}

export type BindingEvent =
  /** What was on the disk at the start. */
  | { type: 'found'; kept: KeptBinding; random: number }
  | { type: 'code-wanted' }
  | { type: 'code-given'; code: ShownCode; interval: number }
  | { type: 'card-typed'; card: string }
  /** The viewer does without. */
  | { type: 'cancelled' }
  | { type: 'granted'; tokens: BindingTokens }
  | { type: 'renewed'; tokens: BindingTokens }
  /** An answer to code or card that is no yes; the code of RFC 8628, 3.5 and RFC 6749, 5.2. */
  | { type: 'refused'; error: string }
  /** No answer, or none of the service's own. */
  | { type: 'silent' }
  | { type: 'told'; view: PlaceView | { state: 'unbound' } }
  /** The tokens are not good any more, or the viewer has taken the box out. */
  | { type: 'ended'; byViewer: boolean };

export type BindingEffect =
  | { type: 'ask-code' }
  | { type: 'poll'; deviceCode: string; after: number }
  | { type: 'redeem'; card: string; after: number }
  /** Ask where the box stands. */
  | { type: 'look'; after: number };

export interface BindingStep {
  state: BindingState;
  /** To be done once {@link BindingState.kept} is on the disk. */
  effects: readonly BindingEffect[];
}

export const newBinding: BindingState = { kept: {}, asking: false, interval: 5 };

/** Seconds until something is asked again whose answer did not come. */
const TRY_AGAIN = 20;
/** A village that gets its power back does not ask all at once, seconds. */
const START_SPREAD = 180;

export function binding(state: BindingState, event: BindingEvent): BindingStep {
  const { kept, interval } = state;
  const next = (change: Partial<KeptBinding>, drop: readonly (keyof KeptBinding)[] = []): KeptBinding => {
    const changed: KeptBinding = { ...kept, ...change };
    return (Object.keys(changed) as (keyof KeptBinding)[])
      .filter((key) => !drop.includes(key))
      .reduce<KeptBinding>((rest, key) => ({ ...rest, [key]: changed[key] }), {});
  };
  const quiet = (now: KeptBinding, trouble?: BindingTrouble): BindingStep => ({
    state: { kept: now, asking: false, interval, ...(trouble ? { trouble } : {}) },
    effects: [],
  });

  switch (event.type) {
    case 'found': {
      const { code, card, tokens } = event.kept;
      const effects: BindingEffect[] = [];
      if (card !== undefined) effects.push({ type: 'redeem', card, after: 0 });
      else if (code) effects.push({ type: 'poll', deviceCode: code.deviceCode, after: 0 });
      else if (tokens) effects.push({ type: 'look', after: event.random * START_SPREAD });
      return { state: { ...state, kept: event.kept }, effects };
    }
    case 'code-wanted':
      return {
        state: { kept: next({}, ['code', 'card']), asking: true, interval },
        effects: [{ type: 'ask-code' }],
      };
    case 'code-given':
      return {
        state: { kept: next({ code: event.code }), asking: false, interval: event.interval },
        effects: [{ type: 'poll', deviceCode: event.code.deviceCode, after: event.interval }],
      };
    case 'card-typed':
      return {
        state: { kept: next({ card: event.card }, ['code']), asking: true, interval },
        effects: [{ type: 'redeem', card: event.card, after: 0 }],
      };
    case 'cancelled':
      return quiet(next({}, ['code', 'card']));
    case 'granted':
      return {
        state: { kept: { tokens: event.tokens }, asking: true, interval },
        effects: [{ type: 'look', after: 0 }],
      };
    case 'renewed':
      return { state: { ...state, kept: next({ tokens: event.tokens }) }, effects: [] };
    case 'refused':
      return refused(state, event.error, quiet, next);
    case 'silent':
      if (kept.card !== undefined)
        return {
          state: { kept, asking: false, interval, trouble: 'offline' },
          effects: [{ type: 'redeem', card: kept.card, after: TRY_AGAIN }],
        };
      if (kept.code) return { state, effects: [polling(kept.code, interval)] };
      if (kept.tokens && !kept.view)
        return {
          state: { kept, asking: false, interval, trouble: 'offline' },
          effects: [{ type: 'look', after: TRY_AGAIN }],
        };
      // A box that is bound shows where it stands; without a network it is what it was.
      return quiet(kept, kept.view ? undefined : 'offline');
    case 'told':
      return event.view.state === 'unbound'
        ? quiet({}, 'ended')
        : quiet(next({ view: event.view }, ['code', 'card']));
    case 'ended':
      return quiet({}, event.byViewer ? undefined : 'ended');
  }
}

function refused(
  state: BindingState,
  error: string,
  quiet: (kept: KeptBinding, trouble?: BindingTrouble) => BindingStep,
  next: (change: Partial<KeptBinding>, drop: readonly (keyof KeptBinding)[]) => KeptBinding,
): BindingStep {
  const { kept, interval } = state;
  if (kept.card !== undefined)
    return quiet(next({}, ['card']), error === 'invalid_grant' ? 'wrong-card' : 'busy');
  if (!kept.code) return quiet(kept, 'busy');
  switch (error) {
    case 'authorization_pending':
      return { state, effects: [polling(kept.code, interval)] };
    case 'slow_down': {
      const slower = interval + 5;
      return { state: { ...state, interval: slower }, effects: [polling(kept.code, slower)] };
    }
    case 'access_denied':
      return quiet(next({}, ['code']), 'denied');
    default:
      return quiet(next({}, ['code']), 'expired');
  }
}

function polling({ deviceCode }: ShownCode, after: number): BindingEffect {
  return { type: 'poll', deviceCode, after };
}
