import fastifyRateLimit from '@fastify/rate-limit';
import fastifyUnderPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { credentials } from './credentials.ts';
import { Problem } from './problems.ts';

/**
 * How much is taken in. Counted in memory by each process of the service: several processes together allow as
 * many times more. 0 means no limit.
 */
export interface Limits {
  /** Requests a minute from one box, by its credential. */
  perBox: number;
  /** Requests a minute from one address. A village with thousands of boxes may be one address. */
  perAddress: number;
  /** Wrong passwords, codes and card numbers a minute from one address. */
  failures: number;
  /** New boxes a minute from one address. */
  newBoxes: number;
  /** Above this mean delay of the event loop, in milliseconds, requests are asked to come later. */
  eventLoopDelay: number;
}

export const defaultLimits: Limits = {
  perBox: 300,
  perAddress: 60_000,
  failures: 60,
  newBoxes: 600,
  eventLoopDelay: 2000,
};

/** Guesses that did not fit, by address. */
export interface Failures {
  /** @throws {@link Problem} 429 if there were too many. */
  check(request: FastifyRequest): Promise<void>;
  count(request: FastifyRequest): Promise<void>;
}

/** Counts are by the minute, for this many callers each; the least recently seen are forgotten. */
const counting = { timeWindow: 60_000, cache: 100_000 };

/** Seconds. */
const OVERLOAD_PAUSE = 10;
const MINUTE = 60;

class Overloaded extends Problem {
  constructor() {
    super(503, 'overloaded', 'The service has too much to do; try again later.', {
      headers: { 'retry-after': String(comeBackAfter(OVERLOAD_PAUSE, OVERLOAD_PAUSE, Math.random())) },
    });
  }
}

/**
 * Whole seconds after which a refused caller may come again. All that are refused in a minute wait for the same next
 * one: each gets a moment of its own in it, so that they do not all come in its first second and are refused again.
 *
 * @param least seconds until there is room.
 * @param spread seconds over which callers are spread from then on.
 * @param random 0 to 1.
 */
export function comeBackAfter(least: number, spread: number, random: number): number {
  return Math.max(1, Math.ceil(least + spread * random));
}

/** Makes rate limits available to a server and its routes. */
export async function prepareLimits(server: FastifyInstance): Promise<void> {
  await server.register(fastifyRateLimit, {
    global: false,
    errorResponseBuilder: (_request, { ttl }) => tooMany(comeBackAfter(ttl / 1000, MINUTE, Math.random())),
  });
}

/** Holds every route of a server to the limits for boxes and addresses, and to what the process can do. */
export async function limitRequests(server: FastifyInstance, limits: Limits): Promise<void> {
  if (limits.eventLoopDelay > 0)
    await server.register(fastifyUnderPressure, {
      maxEventLoopDelay: limits.eventLoopDelay,
      retryAfter: OVERLOAD_PAUSE,
      customError: Overloaded,
    });
  const byAddress = server.createRateLimit({ ...counting, max: limits.perAddress });
  const byBox = server.createRateLimit({ ...counting, max: limits.perBox, keyGenerator: credentialHash });
  server.addHook('onRequest', async (request) => {
    if (limits.perAddress > 0) refuseExceeded(await byAddress(request));
    if (limits.perBox > 0 && credentials(request.headers.authorization)[0] === 'bearer')
      refuseExceeded(await byBox(request));
  });
}

/** @param perMinute failures that are let through; 0 for any number. */
export function countFailures(server: FastifyInstance, perMinute: number): Failures {
  if (perMinute === 0) return { check: () => Promise.resolve(), count: () => Promise.resolve() };
  const limit = server.createRateLimit({ ...counting, max: perMinute });
  return {
    check: async (request) => {
      const { remaining, ttlInSeconds } = counted(await limit(request, { increment: false }));
      if (remaining === 0) throw tooMany(ttlInSeconds);
    },
    count: async (request) => {
      await limit(request);
    },
  };
}

type Count = Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>;

function refuseExceeded(count: Count): void {
  const { isExceeded, ttlInSeconds } = counted(count);
  if (isExceeded) throw tooMany(comeBackAfter(ttlInSeconds, MINUTE, Math.random()));
}

function counted(count: Count): Extract<Count, { isAllowed: false }> {
  if (count.isAllowed) throw new Error('nobody is on a list of the exempt');
  return count;
}

function tooMany(seconds: number): Problem {
  return new Problem(429, 'too-many-requests', `Too many requests; try again in ${seconds} seconds.`, {
    headers: { 'retry-after': String(Math.max(1, seconds)) },
  });
}

/** Of the whole credential, so that nobody can use up the share of a box by its name alone. */
function credentialHash({ headers }: FastifyRequest): string {
  return createHash('sha256')
    .update(headers.authorization ?? '')
    .digest('base64');
}
