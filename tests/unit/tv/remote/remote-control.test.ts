import { describe, expect, it } from 'vitest';
import { withTaught } from '../../../../src/tv/remote/remote-control.ts';
import { fakeRemote } from '../../../fakes/remote.ts';

describe('the remote of a box', () => {
  it('takes what it is taught at once, and puts the next lesson in its place', () => {
    const { control, inUse } = fakeRemote();
    expect(control.learn({ 283: 'Back' })).toBe(true);
    expect(inUse()).toEqual({ ...control.given, 283: 'Back' });
    expect(control.taught()).toEqual({ 283: 'Back' });
    control.learn({});
    expect(inUse()).toEqual(control.given);
  });

  it('knows after a start what was kept before it', () => {
    expect(fakeRemote({ 283: 'Back' }).control.taught()).toEqual({ 283: 'Back' });
  });

  it('says when the box keeps nothing', () => {
    const remote = fakeRemote();
    remote.keeps = false;
    expect(remote.control.learn({ 283: 'Back' })).toBe(false);
    expect(remote.inUse()[283]).toBe('Back');
  });

  it.each([
    ['a name nobody knows', { 283: 'Zurück' }],
    ['the only OK as Back', { 13: 'Back' }],
    ['no profile at all', 'what somebody wrote' as never],
  ])('can still do what is necessary after %s was kept', (_, kept) => {
    const { given } = fakeRemote().control;
    const { keys, problems } = withTaught(given, kept);
    expect(keys).toEqual(given);
    expect(problems.length).toBeGreaterThan(0);
  });
});
