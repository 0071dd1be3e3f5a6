import {
  newOutbox,
  outbox,
  type OutboxEffect,
  type OutboxEvent,
  type OutboxState,
} from '../../src/tv/study/outbox.ts';

/** What a box asks of the network. */
export type Sending = Extract<OutboxEffect, { type: 'send' | 'register' }>;

interface Due {
  at: number;
  box: number;
  event: OutboxEvent;
}

/**
 * Many boxes, each with the TV's own sending policy, in one made-up time, in seconds.
 */
export class Fleet {
  states: OutboxState[];
  readonly #due: Due[] = [];

  constructor(states: readonly OutboxState[]) {
    this.states = [...states];
  }

  /** Something happens to a box at a moment. */
  plan(due: Due): void {
    const heap = this.#due;
    heap.push(due);
    for (let at = heap.length - 1; at > 0;) {
      const parent = (at - 1) >> 1;
      if (heap[parent]!.at <= heap[at]!.at) break;
      [heap[parent], heap[at]] = [heap[at]!, heap[parent]!];
      at = parent;
    }
  }

  /** When the next thing happens; `Infinity` when nothing more does. */
  get nextAt(): number {
    return this.#due[0]?.at ?? Infinity;
  }

  /** Lets all happen that is due before `until`; what boxes send goes to `network`. */
  run(until: number, network: (box: number, sending: Sending, at: number) => void): void {
    while (this.nextAt < until) {
      const { at, box, event } = this.#pop();
      this.#apply(box, event, at, network);
      if (event.type !== 'woken') this.#apply(box, { type: 'woken', at }, at, network);
    }
  }

  #apply(
    box: number,
    event: OutboxEvent,
    at: number,
    network: (box: number, sending: Sending, at: number) => void,
  ): void {
    const { state, effects } = outbox(this.states[box]!, event);
    this.states[box] = state;
    for (const effect of effects)
      if (effect.type === 'send' || effect.type === 'register') network(box, effect, at);
      else if (effect.type === 'wake' && effect.at < Infinity)
        this.plan({
          at: Math.max(at, effect.at),
          box,
          event: { type: 'woken', at: Math.max(at, effect.at) },
        });
  }

  #pop(): Due {
    const heap = this.#due;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      for (let at = 0; ;) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        let least = at;
        if (left < heap.length && heap[left]!.at < heap[least]!.at) least = left;
        if (right < heap.length && heap[right]!.at < heap[least]!.at) least = right;
        if (least === at) break;
        [heap[least], heap[at]] = [heap[at]!, heap[least]!];
        at = least;
      }
    }
    return first;
  }
}

/** Boxes that the service knows and that have been on for long. */
export function knownBoxes(count: number): OutboxState[] {
  return Array.from({ length: count }, (_, box) => ({ ...newOutbox(`boot-${box}`), registered: true }));
}

/** Numbers in [0, 1), the same ones every time. */
export function sameNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Most events in one second. */
export function peakPerSecond(moments: readonly number[]): number {
  const seconds = new Map<number, number>();
  for (const at of moments) seconds.set(Math.floor(at), (seconds.get(Math.floor(at)) ?? 0) + 1);
  return Math.max(0, ...seconds.values());
}
