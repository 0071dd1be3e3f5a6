import type { ViewerProof } from '../../domain/statements/iris.ts';
import type { PlaceView } from './binding.ts';

/*
 * Who is watching at a home's TV. A guest by default; people are picked by name, several together, and each is
 * credited. A name is picked without its PIN, also without a network: what is then studied is kept for them and
 * graded B by the service, and the name stays masked. The PIN, once an evening, makes it an A and opens their
 * own page. After a long time without a key everybody is a guest again.
 */

/** One who was picked. */
export interface Viewer {
  /** Opaque id of the roster. */
  person: string;
  /** The PIN was given this evening. */
  verified: boolean;
}

/** What survives a power cut; no names. */
export interface KeptWatching {
  viewers: readonly Viewer[];
  /** When a key was last pressed, milliseconds since 1970 as well as was known. */
  at: number;
}

export type WatchingEvent =
  /** This one alone. */
  | { type: 'switched'; person: string }
  /** This one too. */
  | { type: 'joined'; person: string }
  | { type: 'left'; person: string }
  | { type: 'guest' }
  /** The PIN was right. */
  | { type: 'verified'; person: string }
  /** A key, or a look at the clock: after `idleMs` without one nobody is taken to be there still. */
  | { type: 'key'; at: number }
  | { type: 'looked'; at: number; idleMs: number }
  /** The box has been bound elsewhere, or people have moved: whoever is not of the home is gone. */
  | { type: 'placed'; people: readonly string[] };

/** At most so many on one sofa. */
const MOST = 6;

export const nobody: KeptWatching = { viewers: [], at: 0 };

export function watching(state: KeptWatching, event: WatchingEvent): KeptWatching {
  const { viewers } = state;
  const of = (person: string): Viewer =>
    viewers.find((viewer) => viewer.person === person) ?? { person, verified: false };
  const now = (next: readonly Viewer[]): KeptWatching =>
    JSON.stringify(next) === JSON.stringify(viewers) ? state : { ...state, viewers: next };
  switch (event.type) {
    case 'switched':
      return now([of(event.person)]);
    case 'joined':
      return viewers.length >= MOST || viewers.some(({ person }) => person === event.person)
        ? state
        : now([...viewers, of(event.person)]);
    case 'left':
      return now(viewers.filter(({ person }) => person !== event.person));
    case 'guest':
      return now([]);
    case 'verified':
      return now(
        viewers.map((viewer) => (viewer.person === event.person ? { ...viewer, verified: true } : viewer)),
      );
    case 'key':
      return event.at === state.at ? state : { ...state, at: event.at };
    case 'looked':
      // A clock that went back says nothing of how long it was.
      return event.at - state.at > event.idleMs ? now([]) : state;
    case 'placed':
      return now(viewers.filter(({ person }) => event.people.includes(person)));
  }
}

export function proofOf({ verified }: Viewer): ViewerProof {
  return verified ? 'pin' : 'chosen';
}

/** Somebody of the home, as the screen may show them. */
export interface HomePerson {
  person: string;
  /** Masked until their PIN was given since the TV was switched on. */
  name: string;
  role: string;
  hasPin: boolean;
  watching: boolean;
  /** Their PIN was given since the TV was switched on: their page is open. */
  open: boolean;
}

/** Who may be picked and who is; known at once from the first screen on. */
export interface WatchingView {
  place: 'unbound' | 'home' | 'room';
  people: readonly HomePerson[];
}

/** @param names full names of those whose PIN was given since the TV was switched on */
export function watchingView(
  place: PlaceView | undefined,
  { viewers }: KeptWatching,
  names: ReadonlyMap<string, string>,
): WatchingView {
  // A room's screen shows nobody's own.
  if (place?.state !== 'home') return { place: place?.state ?? 'unbound', people: [] };
  return {
    place: 'home',
    people: place.people.map(({ id, masked, role, hasPin }) => ({
      person: id,
      name: names.get(id) ?? masked,
      role,
      hasPin,
      watching: viewers.some(({ person }) => person === id),
      open: names.has(id),
    })),
  };
}
