import { describe, expect, it } from 'vitest';
import type { PlaceView } from '../../../../src/tv/identity/binding.ts';
import {
  nobody,
  proofOf,
  watching,
  watchingView,
  type KeptWatching,
  type WatchingEvent,
} from '../../../../src/tv/identity/watching.ts';

const after = (...events: WatchingEvent[]): KeptWatching => events.reduce(watching, nobody);
const who = (state: KeptWatching): string[] => state.viewers.map(({ person }) => person);
const wang = { type: 'switched', person: 'p-wang' } as const;
const li = { type: 'joined', person: 'p-li' } as const;
const hour = 3_600_000;

describe('who is watching', () => {
  it('is a guest until somebody is picked, and then whoever was picked last alone', () => {
    expect(who(nobody)).toEqual([]);
    expect(who(after(wang, { type: 'switched', person: 'p-li' }))).toEqual(['p-li']);
  });

  it('are several together, each once, and leave one by one', () => {
    const both = after(wang, li, li);
    expect(who(both)).toEqual(['p-wang', 'p-li']);
    expect(who(watching(both, { type: 'left', person: 'p-wang' }))).toEqual(['p-li']);
    expect(who(watching(both, { type: 'guest' }))).toEqual([]);
  });

  it('keeps a given PIN through a switch among those who stay', () => {
    const verified = after(wang, { type: 'verified', person: 'p-wang' });
    expect(verified.viewers.map(proofOf)).toEqual(['pin']);
    expect(watching(verified, li).viewers.map(proofOf)).toEqual(['pin', 'chosen']);
    expect(watching(verified, { type: 'switched', person: 'p-li' }).viewers.map(proofOf)).toEqual(['chosen']);
  });

  it('is a guest again after a long time without a key, and not before', () => {
    const at = Date.UTC(2026, 10, 20, 12);
    const state = after(wang, { type: 'key', at });
    expect(who(watching(state, { type: 'looked', at: at + hour, idleMs: 3 * hour }))).toEqual(['p-wang']);
    expect(who(watching(state, { type: 'looked', at: at + 4 * hour, idleMs: 3 * hour }))).toEqual([]);
    // A box that was unplugged wakes up in 1970: that says nothing.
    expect(who(watching(state, { type: 'looked', at: 0, idleMs: 3 * hour }))).toEqual(['p-wang']);
  });

  it('lets go of who is not of the home any more', () => {
    expect(who(watching(after(wang, li), { type: 'placed', people: ['p-li'] }))).toEqual(['p-li']);
  });
});

describe('what the screen may show', () => {
  const village = { id: 'v', name: '枣园村' };
  const home: PlaceView = {
    state: 'home',
    home: { id: 'h', name: '王○○家' },
    village,
    people: [{ id: 'p-wang', masked: '王○○', role: 'party-member', hasPin: true }],
  };

  it('is the masked name until the PIN was given', () => {
    const [masked] = watchingView(home, after(wang), new Map()).people;
    expect(masked).toMatchObject({ name: '王○○', watching: true, open: false });
    const [full] = watchingView(home, after(wang), new Map([['p-wang', '王桂兰']])).people;
    expect(full).toMatchObject({ name: '王桂兰', open: true });
  });

  it('is nobody in an activity room, whose list has full names', () => {
    const room: PlaceView = {
      state: 'room',
      room: { id: 'r', name: '活动室' },
      branch: null,
      village,
      people: [{ id: 'p-wang', name: '王桂兰', role: 'party-member' }],
    };
    expect(watchingView(room, after(wang), new Map())).toEqual({ place: 'room', people: [] });
    expect(watchingView(undefined, nobody, new Map())).toEqual({ place: 'unbound', people: [] });
  });
});
