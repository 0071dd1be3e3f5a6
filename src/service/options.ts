import { parseArgs } from 'node:util';
import { BadOptions, readEnvironment, type Environment } from './environment.ts';
import { help } from './help.ts';
import type { ServiceOptions } from './service.ts';

export type Command =
  | { run: 'help'; text: string }
  | { run: 'hash-password' }
  | { run: 'serve' | 'recompute' | 'migrate'; options: ServiceOptions }
  | { run: 'backup'; options: ServiceOptions; file: string }
  | { run: 'restore'; options: ServiceOptions; file: string; force: boolean };

/** Commands that take a file's name. */
const withFile: readonly string[] = ['backup', 'restore'];

/**
 * Reads the command line and the environment.
 *
 * @throws {@link BadOptions}
 */
export function readOptions(args: readonly string[], env: Environment): Command {
  const { values, positionals } = parse(args);
  const [run = 'serve', ...operands] = positionals;
  if (!isCommand(run)) throw new BadOptions(`Unknown command "${run}"; see --help.`);
  if (values.help) return { run: 'help', text: help[run] };
  if (operands.length > 0 && !withFile.includes(run))
    throw new BadOptions(`Unknown command "${positionals.join(' ')}"; see --help.`);
  if (values.force && run !== 'restore') throw new BadOptions('Only restore knows --force.');
  const options: ServiceOptions = {
    port: portOf(values.port),
    host: values.host,
    data: values.data,
    manifests: values.manifests,
    app: values.app,
    ...readEnvironment(env),
  };
  switch (run) {
    case 'hash-password':
      return { run };
    case 'backup':
      return { run, options, file: onlyOperand(run, 'FILE', operands) };
    case 'restore':
      return { run, options, file: onlyOperand(run, 'FILE', operands), force: values.force };
    default:
      return { run, options };
  }
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
        force: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new BadOptions(`${(error as Error).message.split('. ')[0] ?? ''}; see --help.`);
  }
}

function isCommand(word: string): word is keyof typeof help {
  return Object.hasOwn(help, word);
}

function onlyOperand(command: string, name: string, [operand, ...more]: readonly string[]): string {
  if (!operand || more.length > 0) throw new BadOptions(`Usage: ${command} ${name}; see ${command} --help.`);
  return operand;
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new BadOptions(`--port must be 0 to 65535, not "${text}".`);
  return port;
}
