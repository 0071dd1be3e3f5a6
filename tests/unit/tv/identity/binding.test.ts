import { describe, expect, test } from 'vitest';
import {
  binding,
  newBinding,
  type BindingEvent,
  type BindingState,
  type KeptBinding,
  type PlaceView,
} from '../../../../src/tv/identity/binding.ts';

const code = { deviceCode: 'device', userCode: 'BCDF-GHJK', address: 'a', fullAddress: 'a?code' };
const tokens = { access: 'access', refresh: 'refresh' };
const view: PlaceView = {
  state: 'home',
  home: { id: 'h1', name: '王○○家' },
  village: { id: 'v1', name: '枣园村' },
  people: [],
};

function after(kept: KeptBinding, ...events: BindingEvent[]): ReturnType<typeof binding> {
  let step: ReturnType<typeof binding> = { state: { ...newBinding, kept }, effects: [] };
  for (const event of events) step = binding(step.state, event);
  return step;
}

/** State and effects in short. */
const short = ({ state, effects }: { state: BindingState; effects: readonly object[] }) => [
  Object.keys(state.kept).sort().join(),
  state.trouble ?? (state.asking ? 'asking' : ''),
  effects,
];
const poll = (seconds: number) => ({ type: 'poll', deviceCode: 'device', after: seconds });

describe('binding a box', () => {
  test('an unbound box asks for nothing', () => {
    expect(after({}, { type: 'found', kept: {}, random: 0.5 }).effects).toEqual([]);
  });

  test('by a code: shown, asked about, tokens kept, then the place is asked for', () => {
    expect(short(after({}, { type: 'code-wanted' }))).toEqual(['', 'asking', [{ type: 'ask-code' }]]);
    expect(short(after({}, { type: 'code-given', code, interval: 5 }))).toEqual(['code', '', [poll(5)]]);
    expect(short(after({ code }, { type: 'refused', error: 'authorization_pending' }))).toEqual([
      ...['code', '', [poll(5)]],
    ]);
    const slower = after({ code }, { type: 'refused', error: 'slow_down' });
    expect(short(slower)).toEqual(['code', '', [poll(10)]]);
    expect(binding(slower.state, { type: 'silent' }).effects).toEqual([poll(10)]);
    expect(short(after({ code }, { type: 'granted', tokens }))).toEqual([
      ...['tokens', 'asking', [{ type: 'look', after: 0 }]],
    ]);
    expect(short(after({ tokens }, { type: 'told', view }))).toEqual(['tokens,view', '', []]);
  });

  test.each([
    ['a code that is shown', { code }, poll(0)],
    ['a card whose answer never came', { card: '1234' }, { type: 'redeem', card: '1234', after: 0 }],
    ['tokens that were never used', { tokens }, { type: 'look', after: 90 }],
    ['a box that stands somewhere', { tokens, view }, { type: 'look', after: 90 }],
  ] as const)('goes on after a power cut with %s', (_, kept, effect) => {
    const step = after({}, { type: 'found', kept, random: 0.5 });
    expect(step.state.kept).toEqual(kept);
    expect(step.effects).toEqual([effect]);
  });

  test.each([
    [{ code }, 'access_denied', 'denied'],
    [{ code }, 'expired_token', 'expired'],
    [{ code }, 'invalid_grant', 'expired'],
    [{ card: '1' }, 'invalid_grant', 'wrong-card'],
    [{ card: '1' }, 'invalid_request', 'busy'],
  ] as const)('%j refused with %s: %s, and nothing is left of it', (kept, error, trouble) => {
    expect(short(after(kept, { type: 'refused', error }))).toEqual(['', trouble, []]);
  });

  test('no network: card and place are asked for again, a bound box stays what it was', () => {
    expect(short(after({ card: '1' }, { type: 'silent' }))).toEqual([
      ...['card', 'offline', [{ type: 'redeem', card: '1', after: 20 }]],
    ]);
    expect(short(after({ tokens }, { type: 'silent' }))).toEqual([
      ...['tokens', 'offline', [{ type: 'look', after: 20 }]],
    ]);
    expect(short(after({ tokens, view }, { type: 'silent' }))).toEqual(['tokens,view', '', []]);
    expect(short(after({}, { type: 'silent' }))).toEqual(['', 'offline', []]);
  });

  test('a renewal changes the tokens alone; an end takes all away and says so, unless the viewer wanted it', () => {
    const renewed = after({ tokens, view }, { type: 'renewed', tokens: { access: 'b', refresh: 'c' } });
    expect(renewed.state.kept).toEqual({ tokens: { access: 'b', refresh: 'c' }, view });
    expect(short(after({ tokens, view }, { type: 'ended', byViewer: false }))).toEqual(['', 'ended', []]);
    expect(short(after({ tokens, view }, { type: 'ended', byViewer: true }))).toEqual(['', '', []]);
    expect(short(after({ tokens, view }, { type: 'told', view: { state: 'unbound' } }))).toEqual([
      ...['', 'ended', []],
    ]);
  });
});
