import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  checkInCode,
  formatTicket,
  judgeCode,
  parseTicket,
  stepAt,
} from '../../../../src/domain/groups/check-in-code.ts';

const secrets = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));

/** RFC 4226, 5.3, by another implementation of the HMAC. */
function byNode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha256', Buffer.from(secret, 'hex')).update(counter).digest();
  const number = mac.readUInt32BE(mac[31]! & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

describe('check-in codes', () => {
  it('are those that RFC 4226 makes with SHA-256', () => {
    fc.assert(
      fc.property(secrets, fc.nat(100_000), (secret, step) => {
        expect(checkInCode(secret, step)).toBe(byNode(secret, step));
      }),
    );
  });

  it('are good while they are shown and one step longer, then too old', () => {
    fc.assert(
      fc.property(secrets, fc.nat(20_000), fc.integer({ min: 0, max: 500 }), (secret, shownAt, later) => {
        const step = stepAt(shownAt);
        const code = checkInCode(secret, step);
        const now = shownAt + later;
        const verdict = judgeCode(secret, code, now, step).verdict;
        expect(verdict).toBe(stepAt(now) - step <= 1 ? 'good' : 'too-old');
        // Sixty seconds are too long whatever the moment within a step.
        if (later >= 60) expect(verdict).toBe('too-old');
      }),
    );
  });

  it('are found without their step, and say which it was', () => {
    const secret = 'cd'.repeat(32);
    expect(judgeCode(secret, checkInCode(secret, 7), 150)).toEqual({ verdict: 'good', step: 7 });
    expect(judgeCode(secret, checkInCode(secret, 6), 150)).toEqual({ verdict: 'good', step: 6 });
    expect(judgeCode(secret, checkInCode(secret, 5), 150)).toEqual({ verdict: 'too-old', step: 5 });
  });

  it('allow for a screen that is a moment ahead of the service', () => {
    const secret = 'cd'.repeat(32);
    expect(judgeCode(secret, checkInCode(secret, 8), 156).verdict).toBe('good');
    expect(judgeCode(secret, checkInCode(secret, 8), 150).verdict).toBe('wrong');
    expect(judgeCode(secret, checkInCode(secret, 9), 156, 9).verdict).toBe('wrong');
  });

  it('of another session, another step or made up are wrong', () => {
    const [one, two] = ['ab'.repeat(32), 'cd'.repeat(32)];
    expect(judgeCode(two, checkInCode(one, 3), 65, 3).verdict).toBe('wrong');
    expect(judgeCode(one, checkInCode(one, 3), 1000, 2).verdict).toBe('wrong');
    let hits = 0;
    for (let guess = 0; guess < 1000; guess += 1)
      if (judgeCode(one, String(guess * 997).padStart(6, '0'), 65).verdict === 'good') hits += 1;
    expect(hits).toBeLessThanOrEqual(1);
  });

  it('travel in an address and are read back', () => {
    const ticket = { sessionId: '218f0aa0-5e0f-4732-9575-4e7ae71e5541', step: 12, code: '012345' };
    expect(parseTicket(formatTicket(ticket))).toEqual(ticket);
    const typed = { sessionId: ticket.sessionId, code: '012345' };
    expect(formatTicket(typed)).toBe(`${ticket.sessionId}.012345`);
    expect(parseTicket(formatTicket(typed))).toEqual(typed);
    for (const text of ['', '218f0aa0.1.123456', formatTicket(ticket) + '7'])
      expect(parseTicket(text)).toBeUndefined();
  });
});
