import querystring from 'node:querystring';
import type { ForwardingOptions } from './forwarding/forwarding-options.ts';
import { readIntegrations } from './http/integrations-file.ts';
import type { Integration, IntegrationCredential } from './http/integrations.ts';
import { readLimits, readPublicUrl, readTrustProxy } from './limit-options.ts';
import type { ServiceOptions } from './service.ts';

/** A command line or environment that cannot be understood, in words. */
export class BadOptions extends Error {
  override readonly name = 'BadOptions';
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the environment says about the service.
 *
 * @throws {@link BadOptions}
 */
export function readEnvironment(
  env: Environment,
): Pick<
  ServiceOptions,
  | 'databaseUrl'
  | 'integration'
  | 'integrations'
  | 'logLevel'
  | 'limits'
  | 'trustProxy'
  | 'publicUrl'
  | 'forwarding'
  | 'metricsToken'
  | 'drainSeconds'
> {
  return {
    databaseUrl: env.DATABASE_URL || undefined,
    integration: integrationOf(env.CREDIT_INTEGRATION),
    integrations: integrationsOf(env.CREDIT_INTEGRATIONS),
    logLevel: levelOf(env.LOG_LEVEL),
    limits: inWords(() => readLimits(env)),
    trustProxy: inWords(() => readTrustProxy(env)),
    publicUrl: inWords(() => readPublicUrl(env)),
    forwarding: forwardingOf(env),
    metricsToken: tokenOf(env.METRICS_TOKEN),
    drainSeconds: secondsOf('DRAIN_SECONDS', env.DRAIN_SECONDS, 0, 300),
  };
}

function levelOf(text: string | undefined): string {
  const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
  if (text !== undefined && text !== '' && !levels.includes(text))
    throw new BadOptions(`LOG_LEVEL must be one of ${levels.join(', ')}.`);
  return text || 'warn';
}

function integrationOf(text: string | undefined): IntegrationCredential | undefined {
  if (!text) return undefined;
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1)
    throw new BadOptions('CREDIT_INTEGRATION must be user:password.');
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function integrationsOf(file: string | undefined): Integration[] {
  if (!file) return [];
  try {
    return readIntegrations(file);
  } catch (error) {
    throw new BadOptions(`CREDIT_INTEGRATIONS, ${file}: ${(error as Error).message}.`);
  }
}

function inWords<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new BadOptions((error as Error).message);
  }
}

function forwardingOf(env: Environment): ForwardingOptions | undefined {
  if (!env.FORWARD_LRS) return undefined;
  const address = URL.canParse(env.FORWARD_LRS) ? new URL(env.FORWARD_LRS) : undefined;
  // A password may hold any character, as %40 for @.
  const escaped = /^([^%]|%[0-9a-f]{2})*$/i.test(`${address?.username}${address?.password}`);
  if (!address || !escaped || !/^https?:$/.test(address.protocol) || address.search || address.hash)
    throw new BadOptions('FORWARD_LRS must be https://user:password@host/path, the address of an xAPI.');
  const credential = `${unescaped(address.username)}:${unescaped(address.password)}`;
  address.username = '';
  address.password = '';
  const words = (text: string | undefined): string[] => (text ?? '').split(/[\s,]+/).filter(Boolean);
  return {
    url: address.href.replace(/\/+$/, ''),
    authorization: credential === ':' ? undefined : `Basic ${Buffer.from(credential).toString('base64')}`,
    verbs: words(env.FORWARD_VERBS),
    profiles: words(env.FORWARD_PROFILES),
    retrySeconds: secondsOf('FORWARD_RETRY_SECONDS', env.FORWARD_RETRY_SECONDS, 5, 900),
  };
}

/** Bytes that are no UTF-8 become replacement characters. */
function unescaped(text: string): string {
  return querystring.unescape(text);
}

function tokenOf(text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (!/^[\x21-\x7e]{16,}$/.test(text))
    throw new BadOptions('METRICS_TOKEN must be at least 16 visible ASCII characters.');
  return text;
}

function secondsOf(name: string, text: string | undefined, preset: number, most: number): number {
  if (!text) return preset;
  const seconds = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || seconds > most)
    throw new BadOptions(`${name} must be 0 to ${most} seconds, not "${text}".`);
  return seconds;
}
