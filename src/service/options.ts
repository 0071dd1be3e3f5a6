import { parseArgs } from 'node:util';
import { parseTimestamp } from '../domain/statements/statement-formats.ts';
import { BadOptions, readEnvironment, type Environment } from './environment.ts';
import type { ExportRequest } from './export/export-command.ts';
import { help } from './help.ts';
import { rosterEncodings, type RosterEncoding } from './roster/roster-csv.ts';
import { rosterLanguages, type RosterLanguage } from './roster/roster-words.ts';
import type { ServiceOptions } from './service.ts';

export type Command =
  | { run: 'help'; text: string }
  | { run: 'hash-password' }
  | { run: 'serve' | 'recompute' | 'migrate'; options: ServiceOptions }
  | { run: 'backup'; options: ServiceOptions; file: string }
  | { run: 'restore'; options: ServiceOptions; file: string; force: boolean }
  | { run: 'export'; options: ServiceOptions; request: ExportRequest }
  | RosterCommand;

export type RosterCommand = { run: 'roster'; options: ServiceOptions } & (
  | { action: 'import'; file: string; dryRun: boolean; language: RosterLanguage }
  | { action: 'export'; encoding: RosterEncoding }
);

/** Commands that take a file's name or a kind. */
const withOperand: readonly string[] = ['backup', 'restore', 'export', 'roster'];

/** Options that only one command knows. */
const own = {
  restore: ['force'],
  export: ['since', 'until', 'branch', 'year', 'names', 'bom'],
} as const;

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
  if (operands.length > 0 && !withOperand.includes(run))
    throw new BadOptions(`Unknown command "${positionals.join(' ')}"; see --help.`);
  for (const [command, names] of Object.entries(own))
    for (const name of names)
      if (values[name] !== undefined && run !== command)
        throw new BadOptions(`Only ${command} knows --${name}.`);
  if (values['dry-run'] && !(run === 'roster' && operands[0] === 'import'))
    throw new BadOptions('Only roster import knows --dry-run.');
  const options: ServiceOptions = {
    port: portOf(values.port),
    host: values.host,
    data: values.data,
    manifests: values.manifests,
    app: values.app,
    phone: values.phone,
    sampleRoster: values['sample-roster'],
    ...readEnvironment(env),
  };
  switch (run) {
    case 'hash-password':
      return { run };
    case 'backup':
      return { run, options, file: onlyOperand(run, 'FILE', operands) };
    case 'restore':
      return { run, options, file: onlyOperand(run, 'FILE', operands), force: values.force ?? false };
    case 'export':
      return { run, options, request: exportRequest(onlyOperand(run, 'KIND', operands), values) };
    case 'roster':
      return rosterCommand(operands, values, options);
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
        phone: { type: 'string', default: 'build/phone' },
        'sample-roster': { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        language: { type: 'string', default: 'zh-CN' },
        encoding: { type: 'string', default: 'utf-8' },
        force: { type: 'boolean' },
        since: { type: 'string' },
        until: { type: 'string' },
        branch: { type: 'string' },
        year: { type: 'string' },
        names: { type: 'boolean' },
        bom: { type: 'boolean' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new BadOptions(`${(error as Error).message.split('. ')[0] ?? ''}; see --help.`);
  }
}

function rosterCommand(
  [action, ...operands]: readonly string[],
  values: { 'dry-run': boolean; language: string; encoding: string },
  options: ServiceOptions,
): RosterCommand {
  if (action === 'import')
    return {
      ...{ run: 'roster', action, options, dryRun: values['dry-run'] },
      file: onlyOperand('roster import', 'FILE', operands),
      language: oneOf('--language', values.language, rosterLanguages),
    };
  if (action === 'export' && operands.length === 0)
    return {
      run: 'roster',
      action,
      options,
      encoding: oneOf('--encoding', values.encoding, rosterEncodings),
    };
  throw new BadOptions('Usage: roster import FILE, or roster export; see roster --help.');
}

function oneOf<Name extends string>(option: string, word: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === word);
  if (!found) throw new BadOptions(`${option} must be ${names.join(' or ')}, not "${word}".`);
  return found;
}

function isCommand(word: string): word is keyof typeof help {
  return Object.hasOwn(help, word);
}

function onlyOperand(command: string, name: string, [operand, ...more]: readonly string[]): string {
  if (!operand || more.length > 0) throw new BadOptions(`Usage: ${command} ${name}; see ${command} --help.`);
  return operand;
}

function exportRequest(kind: string, values: ReturnType<typeof parse>['values']): ExportRequest {
  const { branch, year, names = false, bom = false } = values;
  const span = {
    since: momentOf('since', values.since, 0),
    until: momentOf('until', values.until, Date.now()),
  };
  switch (kind) {
    case 'statements':
      return { kind, ...span };
    case 'ledger':
      return { kind, ...span, bom };
    case 'people':
      if (!branch) throw new BadOptions('export people needs --branch ID.');
      if (year !== undefined && !/^20\d\d$/.test(year))
        throw new BadOptions(`--year must be a year, not "${year}".`);
      return { kind, branch, year: year === undefined ? undefined : Number(year), names, bom };
    default:
      throw new BadOptions(`export knows statements, ledger and people, not "${kind}".`);
  }
}

function momentOf(name: string, text: string | undefined, preset: number): number {
  if (text === undefined) return preset;
  const moment = parseTimestamp(/^[^T]*$/.test(text) ? `${text}T00:00` : text);
  if (moment === undefined)
    throw new BadOptions(`--${name} must be a date such as 2026-01-31 or a time, not "${text}".`);
  return moment;
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new BadOptions(`--port must be 0 to 65535, not "${text}".`);
  return port;
}
