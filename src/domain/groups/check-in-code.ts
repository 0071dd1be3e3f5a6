import { hmac } from '@stablelib/hmac';
import { SHA256 } from '@stablelib/sha256';

/** Seconds of session time for which a code is shown. */
export const CODE_SECONDS = 20;
const DIGITS = 6;

/**
 * Session seconds by which a screen may be ahead of what the service reckons: the way of a request, and what
 * the two clocks drift apart between two of them.
 */
const AHEAD = 5;
/** How many steps back a code that was really shown is still recognised, to say that it is too old: ten minutes. */
const REMEMBERED_STEPS = 30;

/** What the phone page is opened with. */
export interface CheckInTicket {
  sessionId: string;
  /** Which code of the session it is, where the QR says it. */
  step?: number;
  code: string;
}

export type CodeVerdict = 'good' | 'too-old' | 'wrong';

/** The number of the code shown at a moment of session time. */
export function stepAt(sessionSeconds: number): number {
  return Math.floor(sessionSeconds / CODE_SECONDS);
}

/**
 * Six digits that follow from the session's secret and the step, as RFC 4226, 5.3 makes them, with SHA-256.
 *
 * @param secret of the session, hex.
 */
export function checkInCode(secret: string, step: number): string {
  const counter = new Uint8Array(8);
  new DataView(counter.buffer).setUint32(4, step);
  const mac = hmac(SHA256, bytesOf(secret), counter);
  const at = mac[mac.length - 1]! & 15;
  const number = new DataView(mac.buffer, mac.byteOffset).getUint32(at) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/**
 * Judges a code: good are the one that is shown and the one before it, at any time at most 40 s old.
 *
 * @param sessionSeconds now, as the service reckons.
 * @param step of the code, where it came with it (a QR); without one every step is tried.
 */
export function judgeCode(
  secret: string,
  code: string,
  sessionSeconds: number,
  step?: number,
): { verdict: CodeVerdict; step: number } {
  const newest = stepAt(sessionSeconds + AHEAD);
  const oldest = Math.max(0, stepAt(sessionSeconds) - 1);
  for (let tried = newest; tried >= Math.max(0, oldest - REMEMBERED_STEPS); tried -= 1) {
    if (step !== undefined && step !== tried) continue;
    if (checkInCode(secret, tried) === code)
      return { verdict: tried >= oldest ? 'good' : 'too-old', step: tried };
  }
  const longAgo = step !== undefined && step < oldest && checkInCode(secret, step) === code;
  return { verdict: longAgo ? 'too-old' : 'wrong', step: step ?? newest };
}

/** For the part of an address behind `#`. */
export function formatTicket({ sessionId, step, code }: CheckInTicket): string {
  return [sessionId, ...(step === undefined ? [] : [step]), code].join('.');
}

export function parseTicket(text: string): CheckInTicket | undefined {
  const match = /^([0-9a-f-]{36})\.(?:(\d{1,6})\.)?(\d{6})$/.exec(text);
  if (!match) return undefined;
  const [, sessionId = '', step, code = ''] = match;
  return { sessionId, ...(step === undefined ? {} : { step: Number(step) }), code };
}

function bytesOf(hex: string): Uint8Array {
  return new Uint8Array((hex.match(/../g) ?? []).map((pair) => parseInt(pair, 16)));
}
