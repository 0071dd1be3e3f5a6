import { parseArgs } from 'node:util';
import { readIntegrations } from './http/integrations-file.ts';
import type { Integration, IntegrationCredential } from './http/integrations.ts';
import { scopeNames } from './http/scopes.ts';
import type { ServiceOptions } from './service.ts';

export const help = `Usage: node build/service/main.js [recompute | hash-password] [options]

Serves the TV app, the county's content and the study-credit service on one port.
With "recompute": decides all credit anew from what was stored, and tells where the ledger differs.
With "hash-password": reads a password from standard input and prints its hash for CREDIT_INTEGRATIONS.

Options
  --port NUMBER      port to listen on (8080)
  --host ADDRESS     address to listen on (127.0.0.1; 0.0.0.0 for all)
  --data DIR         folder of the embedded database (data)
  --manifests DIR    folder of the county's content (media-manifests)
  --app DIR          folder of the built TV app (build/tv)
  --help             this text

Environment
  DATABASE_URL       postgres://user:password@host/database instead of the embedded database
  CREDIT_INTEGRATION user:password of a program that may read and write all records
  CREDIT_INTEGRATIONS
                     JSON file of more programs: [{"user", "passwordHash" or "password", "scopes": [...]}];
                     scopes are ${scopeNames.join(', ').replace(/(.{60}\S*) /g, '$1\n                     ')}
  LOG_LEVEL          fatal, error, warn (default), info, debug
`;

/** A command line or environment that cannot be understood, in words. */
export class BadOptions extends Error {
  override readonly name = 'BadOptions';
}

export type Command =
  { run: 'help' } | { run: 'hash-password' } | { run: 'serve' | 'recompute'; options: ServiceOptions };

/**
 * Reads the command line and the environment.
 *
 * @throws {@link BadOptions}
 */
export function readOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { run: 'help' };
  const [command = 'serve', ...rest] = positionals;
  if (command === 'hash-password' && rest.length === 0) return { run: command };
  if ((command !== 'serve' && command !== 'recompute') || rest.length > 0)
    throw new BadOptions(`Unknown command "${positionals.join(' ')}"; see --help.`);
  return {
    run: command,
    options: {
      port: portOf(values.port),
      host: values.host,
      data: values.data,
      manifests: values.manifests,
      app: values.app,
      databaseUrl: env.DATABASE_URL || undefined,
      integration: integrationOf(env.CREDIT_INTEGRATION),
      integrations: integrationsOf(env.CREDIT_INTEGRATIONS),
      logLevel: levelOf(env.LOG_LEVEL),
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: 'string', default: '8080' },
        host: { type: 'string', default: '127.0.0.1' },
        data: { type: 'string', default: 'data' },
        manifests: { type: 'string', default: 'media-manifests' },
        app: { type: 'string', default: 'build/tv' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new BadOptions(`${(error as Error).message.split('. ')[0] ?? ''}; see --help.`);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new BadOptions(`--port must be 0 to 65535, not "${text}".`);
  return port;
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
