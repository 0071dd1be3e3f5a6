import { coveredSeconds, type Span } from '../harness/spans.ts';

/** What was seen and heard in a room, in order. */
export type Fact =
  /** The screen said that somebody is here or not. `called`: before the first picture. */
  | { fact: 'here' | 'not-here'; person: string; called: boolean }
  /** The host's last step was taken back. */
  | { fact: 'undone'; person: string }
  /** The service has taken a phone's check-in. */
  | { fact: 'phoned'; person: string }
  | { fact: 'guests'; count: number }
  | { fact: 'guest-phoned' }
  /** The screen showed this part of a lesson. */
  | { fact: 'shown'; lesson: string; part: Span };

export interface ModelLesson {
  /** Seconds. */
  length: number;
  /** Share of it that has to be seen. */
  threshold: number;
}

/** What must come of an evening for one person. */
export interface Due {
  person: string;
  /** Seconds seen of each lesson. */
  seen: Map<string, number>;
  /** Seconds due in the ledger; `null` where it is too near the threshold to be told from outside. */
  due: Map<string, number | null>;
}

export interface Expected {
  attendees: Map<string, Due>;
  guests: number;
}

interface Presence {
  here: boolean;
  /** Was in the room at some time. */
  ever: boolean;
  /** Sent away by the host: a phone does not bring them back. */
  sentAway: boolean;
  phoned: boolean;
}

/** Shares nearer to the threshold than this are not told apart: half a second of a short lesson. */
const TOO_NEAR = 0.08;

const nobody: Presence = { here: false, ever: false, sentAway: false, phoned: false };

/**
 * Works out from what was seen in the room who was there, and what they are to be credited with: every second
 * of a lesson that was shown while they were there, once, if it makes the lesson's share. By the rules of
 * STUDY.md, and by nothing of the product.
 */
export function expectedOf(facts: readonly Fact[], lessons: ReadonlyMap<string, ModelLesson>): Expected {
  const people = new Map<string, Presence>();
  const parts = new Map<string, Map<string, Span[]>>();
  let before: Presence | undefined;
  let [said, phoned] = [0, 0];
  const of = (person: string): Presence => people.get(person) ?? nobody;

  for (const fact of facts) {
    switch (fact.fact) {
      case 'here':
        before = of(fact.person);
        people.set(fact.person, { ...before, here: true, ever: true, sentAway: false });
        break;
      case 'not-here': {
        before = of(fact.person);
        const sentAway = fact.called && before.phoned;
        people.set(fact.person, { ...before, here: false, ever: before.ever && !fact.called, sentAway });
        break;
      }
      case 'undone':
        people.set(fact.person, { ...before!, phoned: of(fact.person).phoned });
        break;
      case 'phoned': {
        const now = of(fact.person);
        people.set(
          fact.person,
          now.sentAway ? { ...now, phoned: true } : { ...now, phoned: true, here: true, ever: true },
        );
        break;
      }
      case 'guests':
        said = fact.count;
        break;
      case 'guest-phoned':
        phoned += 1;
        break;
      case 'shown':
        for (const [person, { here }] of people) if (here) seenBy(person, fact.lesson).push(fact.part);
        break;
    }
  }

  function seenBy(person: string, lesson: string): Span[] {
    const mine = parts.get(person) ?? new Map<string, Span[]>();
    parts.set(person, mine);
    const spans = mine.get(lesson) ?? [];
    mine.set(lesson, spans);
    return spans;
  }

  const attendees = new Map<string, Due>();
  for (const [person, { ever }] of people) {
    if (!ever) continue;
    const seen = new Map<string, number>();
    const due = new Map<string, number | null>();
    for (const [lesson, spans] of parts.get(person) ?? []) {
      const seconds = coveredSeconds(spans);
      const { length, threshold } = lessons.get(lesson)!;
      const over = seconds / length - threshold;
      seen.set(lesson, seconds);
      due.set(lesson, Math.abs(over) < TOO_NEAR ? null : over > 0 ? seconds : 0);
    }
    attendees.set(person, { person, seen, due });
  }
  return { attendees, guests: Math.max(said, phoned) };
}
