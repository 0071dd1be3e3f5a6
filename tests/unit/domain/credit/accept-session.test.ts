import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  acceptSession,
  type AcceptedSession,
  type SessionTerms,
} from '../../../../src/domain/credit/accept-session.ts';
import type { EvidenceLink, NonceVerdict } from '../../../../src/domain/credit/evidence.ts';
import { totalSeconds, union } from '../../../../src/domain/watching/ranges.ts';
import { book, noon, viewing } from './samples.ts';

const accepted = (session: { days: readonly { ranges: readonly { start: number; end: number }[] }[] }) =>
  session.days.flatMap(({ ranges }) => ranges);
const begin: EvidenceLink = { source: 'initialized', bootId: 'b', mono: 0, segments: [], at: noon };
const checkpoint = (seq: number, mono: number, end: number, rate = 1): EvidenceLink => ({
  source: 'checkpoint',
  bootId: 'b',
  mono,
  segments: [{ start: 0, end }],
  rate,
  seq,
});

describe('acceptSession', () => {
  test('accepts an honest viewing whole', () => {
    const session = acceptSession(viewing('s', 0, 100), 'duty', book);
    expect(accepted(session)).toEqual([{ start: 0, end: 100 }]);
    expect(session).toMatchObject({
      begun: true,
      closed: true,
      refusedByClock: 0,
      startedAt: noon,
      lastAt: noon + 100_000,
    });
  });

  test('clips what the clock cannot hold from the end of the claim', () => {
    const session = acceptSession(
      { sessionId: 's', links: [begin, checkpoint(1, 10, 600)] },
      'farming',
      book,
    );
    // 10 s x 1.5 x 1.05 + 15 s
    expect(accepted(session)).toEqual([{ start: 0, end: 30.75 }]);
    expect(session.refusedByClock).toBe(569.25);
  });

  test('what was refused stays refused when the same claim is made again later', () => {
    const links = [begin, checkpoint(1, 10, 600), checkpoint(2, 500, 600)];
    expect(totalSeconds(accepted(acceptSession({ sessionId: 's', links }, 'farming', book)))).toBe(30.75);
  });

  test('one slack serves the chain: many small links claim no more than one large one', () => {
    const links = [begin, ...Array.from({ length: 50 }, (_, i) => checkpoint(i + 1, i + 1, (i + 1) * 15))];
    const seconds = totalSeconds(accepted(acceptSession({ sessionId: 's', links }, 'duty', book)));
    expect(seconds).toBeCloseTo(50 * 1.05 + 15, 6);
  });

  test('a chain without its beginning is believed for the slack only, and whole once it has come', () => {
    const { links } = viewing('s', 0, 60);
    const late = links.filter(({ source }) => source !== 'initialized');
    const without = acceptSession({ sessionId: 's', links: late }, 'duty', book);
    expect(without.begun).toBe(false);
    // The first checkpoint claims 30 s, of which 15 are believed.
    expect(totalSeconds(accepted(without))).toBe(45);
    const whole = acceptSession({ sessionId: 's', links: [...late, links[0]!] }, 'duty', book);
    expect(totalSeconds(accepted(whole))).toBe(60);
  });

  test('a close written after a reboot, at its last checkpoint, costs nothing', () => {
    const { links } = viewing('s', 0, 70);
    const cut = links.filter(({ source }) => source === 'initialized' || source === 'checkpoint');
    const close: EvidenceLink = {
      source: 'terminated',
      bootId: 'next',
      mono: 3,
      segments: [{ start: 0, end: 60 }],
      at: noon + 60_000,
    };
    const session = acceptSession({ sessionId: 's', links: [...cut, close] }, 'duty', book);
    expect(accepted(session)).toEqual([{ start: 0, end: 60 }]);
    expect(session.refusedByClock).toBe(0);
  });

  test('play of another boot is believed for what is left of the slack', () => {
    const jump: EvidenceLink = {
      source: 'paused',
      bootId: 'other',
      mono: 9999,
      segments: [{ start: 0, end: 900 }],
    };
    const session = acceptSession({ sessionId: 's', links: [begin, jump] }, 'farming', book);
    expect(totalSeconds(accepted(session))).toBe(15);
  });

  test('play above the fastest rate does not count', () => {
    const links = [begin, checkpoint(1, 30, 30), checkpoint(2, 60, 75, 1.5)];
    expect(acceptSession({ sessionId: 's', links }, 'farming', book).refusedByRate).toBe(0);
    const duty = acceptSession({ sessionId: 's', links }, 'duty', book);
    expect(duty).toMatchObject({ refusedByRate: 45, fastestRate: 1.5 });
    expect(accepted(duty)).toEqual([{ start: 0, end: 30 }]);
  });

  test('play over midnight falls on two days of the county, not of the world', () => {
    const startedAt = Date.parse('2026-11-20T23:59:00+08:00');
    const session = acceptSession(viewing('s', 0, 120, { startedAt }), 'duty', book);
    expect(session.days.map(({ day, ranges }) => [day, totalSeconds(ranges)])).toEqual([
      ['2026-11-20', 30],
      ['2026-11-21', 90],
    ]);
  });

  describe('is online only', () => {
    const { links } = viewing('s', 0, 900);
    const online = (delay: (index: number) => number, nonceOf: (seq: number) => NonceVerdict | undefined) => {
      const received = links.map((link, index): EvidenceLink => {
        const nonce = link.seq === undefined ? undefined : nonceOf(link.seq);
        return { ...link, receivedAt: noon + delay(index), ...(nonce ? { nonce } : {}) };
      });
      return acceptSession({ sessionId: 's', links: received }, 'duty', book).online;
    };
    const inTime = (index: number) => index * 30_000;
    const butTheFirst = (seq: number) => (seq > 1 ? ('right' as const) : undefined);

    test('when the service saw the time go by', () => {
      expect(online(inTime, butTheFirst)).toBe(true);
      expect(online(() => 0, butTheFirst)).toBe(false);
    });

    test('when right nonces vouch for it, but for a little at both ends', () => {
      expect(online(inTime, () => undefined)).toBe(false);
      expect(online(inTime, () => 'wrong')).toBe(false);
      expect(online(inTime, () => 'reused')).toBe(false);
      expect(online(inTime, (seq) => (seq > 15 ? 'right' : 'old'))).toBe(false);
      expect(online(inTime, (seq) => (seq > 4 ? 'right' : 'old'))).toBe(true);
    });
  });

  describe('with what is known beside the session', () => {
    const within = (terms: SessionTerms) => acceptSession(viewing('s', 0, 600), 'duty', book, terms);
    const seconds = (session: AcceptedSession) => totalSeconds(accepted(session));

    test('accepts no more of the box’s time than was granted', () => {
      const session = within({ granted: { since: 120 } });
      expect(seconds(session)).toBeCloseTo(120, 1);
      expect(session.refusedByBudget).toBeCloseTo(480, 1);
      // What it would like is told, granted or not.
      expect(session.asked).toEqual({ since: 600 });
      expect(within({ granted: { since: 600 } })).toMatchObject({ refusedByBudget: 0 });
    });

    test('play before the box was known goes by its day', () => {
      const since = noon + 300_001;
      const session = within({ since, granted: { '2026-11-20': 300 } });
      expect(session.asked).toEqual({ '2026-11-20': 300, since: 300 });
      expect(session).toMatchObject({ beforeContact: 300, refusedByBudget: 300 });
    });

    test('a time bounded by the first contact comes out a moment after it', () => {
      const { links } = viewing('s', 0, 60);
      const late = links.map((link) => (link.at === undefined ? link : { ...link, at: noon, bounded: true }));
      const session = acceptSession({ sessionId: 's', links: late }, 'duty', book, { since: noon - 3000 });
      expect(session.asked).toEqual({ '2026-11-20': 60 });
      expect(session.timed).toBe(false);
    });

    test('what was played while the person was elsewhere does not count, but for the tolerance', () => {
      const taken = [{ start: noon + 100_000, end: noon + 200_000 }];
      const session = within({ taken });
      expect(session.refusedByOverlap).toBe(85);
      expect(seconds(session)).toBe(515);
      expect(within({ taken: [{ start: noon + 100_000, end: noon + 115_000 }] }).refusedByOverlap).toBe(0);
    });

    test('says when it played, a pause left out', () => {
      const first = viewing('s', 0, 60).links.slice(0, 3);
      const rest = viewing('s', 60, 120, { startedAt: noon + 600_000, mono: 700 }).links.slice(1);
      const session = acceptSession({ sessionId: 's', links: [...first, ...rest] }, 'duty', book);
      expect(session.spans).toEqual([
        { start: noon, end: noon + 60_000 },
        { start: noon + 600_000, end: noon + 660_000 },
      ]);
    });
  });

  const link = fc.record({
    source: fc.constantFrom('checkpoint' as const, 'completed' as const, 'paused' as const),
    bootId: fc.constantFrom('b', 'c'),
    mono: fc.integer({ min: 0, max: 500 }),
    seq: fc.integer({ min: 1, max: 9 }),
    segments: fc
      .array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 200 })), { maxLength: 3 })
      .map((pairs) => union(pairs.map(([start, long]) => ({ start, end: start + long })))),
    rate: fc.constantFrom(0.75, 1, 1.5, 2),
  });
  const chain = fc.array(link, { minLength: 1, maxLength: 12 });

  test('never accepts more than was claimed, nor more than the clock holds', () => {
    fc.assert(
      fc.property(chain, (links) => {
        const ranges = accepted(acceptSession({ sessionId: 's', links }, 'farming', book));
        const seconds = totalSeconds(ranges);
        expect(totalSeconds(union(ranges))).toBeCloseTo(seconds, 6);
        const claims = union(...links.map(({ segments }) => segments));
        expect(totalSeconds(union(claims, ranges))).toBeCloseTo(totalSeconds(claims), 6);
        let clock = 15;
        for (const boot of ['b', 'c']) {
          const monos = links.filter(({ bootId }) => bootId === boot).map(({ mono }) => mono);
          if (monos.length > 0) clock += (Math.max(...monos) - Math.min(...monos)) * 1.5 * 1.05;
        }
        expect(seconds).toBeLessThanOrEqual(clock + 1e-6);
      }),
    );
  });

  test('neither the order of arrival nor a replay makes a difference', () => {
    fc.assert(
      fc.property(
        chain.chain((links) =>
          fc.tuple(
            fc.constant(links),
            fc.shuffledSubarray([...links, ...links], {
              minLength: links.length * 2,
              maxLength: links.length * 2,
            }),
          ),
        ),
        ([links, shuffled]) => {
          expect(acceptSession({ sessionId: 's', links: shuffled }, 'farming', book)).toEqual(
            acceptSession({ sessionId: 's', links }, 'farming', book),
          );
        },
      ),
    );
  });
});
