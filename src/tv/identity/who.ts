import type { BoundBox } from './bound-box.ts';
import type { PlaceView } from './binding.ts';
import {
  nobody,
  watching,
  watchingView,
  type KeptWatching,
  type Viewer,
  type WatchingEvent,
  type WatchingView,
} from './watching.ts';

/** What came of a PIN. */
export type PinAnswer =
  | { type: 'right'; name: string }
  | { type: 'wrong'; triesLeft: number }
  | { type: 'locked'; seconds: number }
  | { type: 'no-pin' }
  /** Nobody could be asked. */
  | { type: 'offline' };

/** Who is watching, at work; see {@link watching} for its rules. */
export interface Who {
  view(): WatchingView;
  /** Nobody: a guest. In the order in which they came. */
  viewers(): readonly Viewer[];
  switchTo(person: string): void;
  join(person: string): void;
  leave(person: string): void;
  guest(): void;
  /** Looks at a PIN; right, the person's name and page are open. */
  checkPin(person: string, pin: string): Promise<PinAnswer>;
  /** A key was pressed. */
  key(): void;
  /** Asks whether it has been too long since a key; not to be asked in the middle of a lesson. */
  look(): void;
  /** The box may stand elsewhere now. */
  placed(): void;
}

export interface WhoDeps {
  box: BoundBox;
  found: KeptWatching | undefined;
  keep: (kept: KeptWatching) => void;
  /** Milliseconds since 1970, as well as is known. */
  now: () => number;
  /** Milliseconds without a key after which everybody is a guest again. */
  idleMs: () => number;
  onChange: () => void;
}

/** The moment of the last key is kept no more often, milliseconds. */
const KEEP_EVERY = 60_000;

export function createWho({ box, found, keep, now, idleMs, onChange }: WhoDeps): Who {
  let state = found ?? nobody;
  const names = new Map<string, string>();
  const place = (): PlaceView | undefined => box.state().kept.view;

  function run(event: WatchingEvent): void {
    const before = state;
    state = watching(state, event);
    if (state === before) return;
    const changed = before.viewers !== state.viewers;
    if (changed) {
      // Their page closes behind them.
      for (const person of names.keys())
        if (!state.viewers.some((viewer) => viewer.person === person)) names.delete(person);
    }
    if (changed || state.at - before.at >= KEEP_EVERY) keep(state);
    if (changed) onChange();
  }

  /** Whoever picks has pressed a key. */
  function byHand(event: WatchingEvent): void {
    run({ type: 'key', at: now() });
    run(event);
  }

  return {
    view: () => watchingView(place(), state, names),
    viewers: () => (place()?.state === 'home' ? state.viewers : []),
    switchTo: (person) => byHand({ type: 'switched', person }),
    join: (person) => byHand({ type: 'joined', person }),
    leave: (person) => byHand({ type: 'left', person }),
    guest: () => byHand({ type: 'guest' }),
    async checkPin(person, pin) {
      const answer = await askPin(box, person, pin);
      if (answer.type === 'right') {
        names.set(person, answer.name);
        byHand({ type: 'joined', person });
        byHand({ type: 'verified', person });
        onChange();
      }
      return answer;
    },
    key() {
      const at = now();
      run({ type: 'looked', at, idleMs: idleMs() });
      // Less often than keys come, so that they cost no writing.
      if (Math.abs(at - state.at) >= KEEP_EVERY) run({ type: 'key', at });
    },
    look: () => run({ type: 'looked', at: now(), idleMs: idleMs() }),
    placed() {
      const view = place();
      run({ type: 'placed', people: view?.state === 'home' ? view.people.map(({ id }) => id) : [] });
    },
  };
}

async function askPin(box: BoundBox, person: string, pin: string): Promise<PinAnswer> {
  try {
    const { status, json, retryAfter } = await box.ask({
      method: 'POST',
      path: `/api/v1/box/people/${encodeURIComponent(person)}/pin-check`,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ pin }),
    });
    const { name, code, errors } = (json ?? {}) as {
      name?: unknown;
      code?: unknown;
      errors?: readonly { message?: string }[];
    };
    if (status === 200 && typeof name === 'string') return { type: 'right', name };
    if (code === 'wrong-pin')
      return { type: 'wrong', triesLeft: parseInt(errors?.[0]?.message ?? '1', 10) || 1 };
    if (status === 429) return { type: 'locked', seconds: retryAfter ?? 60 };
    if (code === 'no-pin') return { type: 'no-pin' };
    return { type: 'offline' };
  } catch {
    return { type: 'offline' };
  }
}
