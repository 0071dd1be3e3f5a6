import { isIP } from 'node:net';
import { defaultLimits, type Limits } from './http/limits.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const names = {
  perBox: 'LIMIT_BOX',
  perAddress: 'LIMIT_ADDRESS',
  failures: 'LIMIT_FAILURES',
  newBoxes: 'LIMIT_NEW_BOXES',
  eventLoopDelay: 'LIMIT_DELAY',
} as const satisfies Record<keyof Limits, string>;

/** What `--help` says of the limits. */
export const limitHelp = `  LIMIT_BOX          requests a minute from one box (${defaultLimits.perBox}); with all limits 0 is none, and each
                     process counts for itself
  LIMIT_ADDRESS      requests a minute from one address; a village may be one (${defaultLimits.perAddress})
  LIMIT_FAILURES     wrong passwords, codes and cards a minute from one address (${defaultLimits.failures})
  LIMIT_NEW_BOXES    new boxes a minute from one address (${defaultLimits.newBoxes})
  LIMIT_DELAY        mean delay of the event loop in ms above which requests are answered 503 (${defaultLimits.eventLoopDelay})
  TRUST_PROXY        addresses of proxies whose X-Forwarded headers are believed: loopback, 10.0.0.0/8, ...
  PUBLIC_URL         where people reach the service, https://study.example.org; else as the request says`;

/**
 * The limits of the environment.
 *
 * @throws Error in words.
 */
export function readLimits(env: Environment): Limits {
  const limits = { ...defaultLimits };
  for (const [limit, name] of Object.entries(names) as [keyof Limits, string][]) {
    const text = env[name];
    if (!text) continue;
    if (!/^\d{1,9}$/.test(text)) throw new Error(`${name} must be a whole number, not "${text}".`);
    limits[limit] = Number(text);
  }
  return limits;
}

const rangeNames = ['loopback', 'linklocal', 'uniquelocal'];

/**
 * A list of trusted proxies as Fastify takes it.
 *
 * @throws Error in words.
 */
export function readTrustProxy({ TRUST_PROXY: text }: Environment): string | undefined {
  if (!text) return undefined;
  for (const part of text.split(',').map((one) => one.trim())) {
    const [address = '', bits, ...rest] = part.split('/');
    const version = isIP(address);
    const range =
      bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
    if (!rangeNames.includes(part) && (version === 0 || !range || rest.length > 0))
      throw new Error(`TRUST_PROXY must be addresses, ranges or ${rangeNames.join(', ')}; not "${part}".`);
  }
  return text;
}

/**
 * The service's address as people reach it, without a slash at the end.
 *
 * @throws Error in words.
 */
export function readPublicUrl({ PUBLIC_URL: text }: Environment): string | undefined {
  if (!text) return undefined;
  if (!/^https?:\/\/[^/?#\s]+(\/[^?#\s]*)?$/.test(text))
    throw new Error(`PUBLIC_URL must be an http or https address, not "${text}".`);
  return text.replace(/\/$/, '');
}
