/**
 * The box's side of RFC 8628: what a box hears that asks whether it has been confirmed. Times are milliseconds
 * unless the name says otherwise.
 */
export interface DeviceAuthorization {
  status: 'pending' | 'approved' | 'denied';
  expiresAt: number;
  intervalSeconds: number;
  polledAt: number | null;
}

export type PollAnswer =
  'approved' | 'authorization_pending' | 'slow_down' | 'access_denied' | 'expired_token';

/** How long a code can be confirmed, seconds. */
export const CODE_LIFETIME = 600;
/** How often a box may ask, seconds. */
export const POLL_INTERVAL = 5;
/** How much longer a confirmed code is answered, seconds: the box may have been without power since. */
export const COLLECT_WITHIN = 7 * 86_400;
/** RFC 8628, 3.5: each `slow_down` adds this, seconds. */
const SLOWER = 5;
/** A network delivers one question late and the next one in time. */
const JITTER = 500;

/** RFC 8628, 3.5. The interval is the one to keep from now on, seconds. */
export function answerPoll(
  { status, expiresAt, intervalSeconds, polledAt }: DeviceAuthorization,
  now: number,
): { answer: PollAnswer; intervalSeconds: number } {
  const last = status === 'approved' ? expiresAt + COLLECT_WITHIN * 1000 : expiresAt;
  if (now >= last) return { answer: 'expired_token', intervalSeconds };
  if (status === 'denied') return { answer: 'access_denied', intervalSeconds };
  if (polledAt !== null && now - polledAt < intervalSeconds * 1000 - JITTER)
    return { answer: 'slow_down', intervalSeconds: intervalSeconds + SLOWER };
  return { answer: status === 'approved' ? 'approved' : 'authorization_pending', intervalSeconds };
}
