import { VOIDED } from '../../domain/statements/statement-rules.ts';
import type { Statement } from '../../domain/statements/statement.ts';
import type { ForwardingOptions } from './forwarding-options.ts';

/** A stored statement on its way to the other store. */
export interface Outgoing {
  seq: number;
  id: string;
  verb: string;
  /** As it is stored: sent as it is. */
  json: string;
}

/** Most statements in one request, and most characters of JSON, unless one alone is longer. */
const COUNT = 100;
const LENGTH = 1024 * 1024;

/** Whether the other store is to have a statement; what was taken back it is told always. */
export function isWanted(
  { verb, json }: Outgoing,
  { verbs, profiles }: Pick<ForwardingOptions, 'verbs' | 'profiles'>,
): boolean {
  if (verb === VOIDED) return true;
  if (verbs.length > 0 && !verbs.includes(verb)) return false;
  if (profiles.length === 0) return true;
  const category = (JSON.parse(json) as Statement).context?.contextActivities?.category ?? [];
  return [category].flat().some(({ id }) => profiles.includes(id));
}

/**
 * The longest beginning that may go in one request: of one version of xAPI, and a statement that came with
 * files goes alone, with them.
 *
 * @param withFiles ids of statements that came with files.
 */
export function firstBatch(rows: readonly Outgoing[], withFiles: ReadonlySet<string>): Outgoing[] {
  const batch: Outgoing[] = [];
  let length = 0;
  for (const row of rows) {
    const alone = withFiles.has(row.id);
    length += row.json.length;
    const first = batch[0];
    if (first && (alone || length > LENGTH || batch.length === COUNT || versionOf(first) !== versionOf(row)))
      break;
    batch.push(row);
    if (alone) break;
  }
  return batch;
}

/** The version of xAPI that a statement is written in, as the header says it. */
export function versionOf({ json }: Outgoing): '1.0.3' | '2.0.0' {
  const { version } = JSON.parse(json) as Statement;
  return version?.startsWith('2.') ? '2.0.0' : '1.0.3';
}
