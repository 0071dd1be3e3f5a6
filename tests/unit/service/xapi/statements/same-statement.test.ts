import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameStatement } from '../../../../../src/service/xapi/statements/same-statement.ts';

const sent = {
  id: '218f0aa0-5e0f-4732-9575-4e7ae71e5541',
  actor: { objectType: 'Group', member: [{ mbox: 'mailto:a@b.c' }, { mbox: 'mailto:d@e.f' }] },
  verb: { id: 'http://x.example/v' },
  object: { id: 'http://x.example/o' },
  context: {
    registration: 'cdbc8172-0538-461c-9257-869f4bb82072',
    contextActivities: { parent: { id: 'http://x.example/p' } },
    extensions: { 'http://x.example/e': [1, 2] },
  },
  timestamp: '2026-11-20T12:00:00.000Z',
};

describe('sameStatement', () => {
  test('what the service sets, shorthand and spelling are no difference', () => {
    expect(
      sameStatement(
        { ...sent, stored: '2026-11-20T12:00:01Z', authority: { mbox: 'mailto:x@y.z' }, version: '1.0.3' },
        {
          ...sent,
          object: { ...sent.object, objectType: 'Activity' },
          actor: { ...sent.actor, member: [...sent.actor.member].reverse() },
          context: {
            ...sent.context,
            registration: sent.context.registration.toUpperCase(),
            contextActivities: { parent: [{ id: 'http://x.example/p', objectType: 'Activity' }] },
          },
          timestamp: '2026-11-20T20:00:00+08:00',
        },
      ),
    ).toBe(true);
  });

  test.each([
    { verb: { id: 'http://x.example/w' } },
    { result: { success: true } },
    { timestamp: '2026-11-20T12:00:00.001Z' },
    { context: { ...sent.context, extensions: { 'http://x.example/e': [2, 1] } } },
    { actor: { mbox: 'mailto:a@b.c' } },
  ])('%j is other content', (change) => {
    expect(sameStatement(sent, { ...sent, ...change })).toBe(false);
  });

  test.each([
    ['P1DT12H36M0.12S', 'P1DT12H36M0.1237S', true],
    ['PT0.1S', 'PT0.10S', true],
    ['PT5S', 'PT5.004S', true],
    ['PT0.12S', 'PT0.13S', false],
    ['PT5S', 'PT50S', false],
  ])('a duration of %s and one of %s: the same? %s', (stored, again, same) => {
    const lasting = (duration: string) => ({ ...sent, result: { duration } });
    expect(sameStatement(lasting(stored), lasting(again))).toBe(same);
  });

  test('a statement stored with the service’s time is the same when it is sent again without one', () => {
    expect(sameStatement(sent, { ...sent, timestamp: undefined })).toBe(true);
    const later = '2026-11-21T12:00:00.000Z';
    expect(sameStatement(sent, { ...sent, timestamp: later, stored: later })).toBe(true);
  });

  test('any JSON is the same as itself with its keys in another order, and only so', () => {
    const turn = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(turn)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .map(([key, inner]) => [key, turn(inner)])
                .reverse(),
            )
          : value;
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(sameStatement({ one }, { one: turn(one) })).toBe(true);
        fc.pre(JSON.stringify(one) !== JSON.stringify(other) && typeof one !== 'object');
        expect(sameStatement({ one }, { one: other })).toBe(false);
      }),
    );
  });
});
