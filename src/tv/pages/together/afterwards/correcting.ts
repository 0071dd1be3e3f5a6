/** Why somebody is added or taken out, to choose from: typing words with a remote takes too long. */
export const reasons = {
  add: ['forgotten', 'came-late', 'signed'],
  remove: ['wrong-name', 'not-there', 'left'],
} as const;

export type Way = keyof typeof reasons;
export type Reason = (typeof reasons)[Way][number];

/** How far somebody is with putting a record right. */
export interface Correcting {
  stage: 'who' | 'why' | 'sure' | 'sent';
  way: Way;
  /** Persons, in the order in which they were chosen. */
  chosen: readonly string[];
  reason?: Reason;
}

export type CorrectingEvent =
  | { type: 'ticked'; person: string }
  | { type: 'chosen' }
  | { type: 'reason'; reason: Reason }
  | { type: 'confirmed' }
  | { type: 'back' };

/** One step on or back. @returns `undefined` when it is left */
export function correcting(state: Correcting, event: CorrectingEvent): Correcting | undefined {
  const { stage, chosen } = state;
  switch (event.type) {
    case 'ticked': {
      const others = chosen.filter((person) => person !== event.person);
      return { ...state, chosen: others.length < chosen.length ? others : [...chosen, event.person] };
    }
    case 'chosen':
      return chosen.length > 0 ? { ...state, stage: 'why' } : state;
    case 'reason':
      return { ...state, stage: 'sure', reason: event.reason };
    case 'confirmed':
      return stage === 'sure' ? { ...state, stage: 'sent' } : state;
    case 'back':
      if (stage === 'why') return { ...state, stage: 'who' };
      return stage === 'sure' ? { ...state, stage: 'why' } : undefined;
  }
}
