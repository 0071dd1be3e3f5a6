import type { Kysely } from 'kysely';
import type { Activity, ActivityDefinition } from '../../../domain/statements/statement.ts';
import type { Database } from '../../db/schema.ts';
import { slices } from '../../db/slices.ts';
import type { WriteTransaction } from '../../db/write-queue.ts';
import { indexKey } from './index-key.ts';
import { activityOf, contextActivitiesOf, subStatementOf, type AnyStatement } from './any-statement.ts';

/** What a batch says of activities. */
export interface SaidOfActivities {
  /** Later ones count more. */
  definitions: readonly DefinedActivity[];
  /** A box may tell what nobody has told yet; a program may also tell better. */
  mayChange: boolean;
}

type DefinedActivity = Activity & { definition: ActivityDefinition };

/** The activities of a statement that it defines. */
export function definedActivities(statement: AnyStatement): DefinedActivity[] {
  const inner = subStatementOf(statement);
  return [statement, ...(inner ? [inner] : [])]
    .flatMap((one) => [activityOf(one.object), ...contextActivitiesOf(one)])
    .filter((activity): activity is DefinedActivity => activity?.definition !== undefined);
}

/**
 * A definition with what another one adds or changes: languages and extensions are added one by one.
 *
 * Source: xAPI 1.0.3 Data 2.4.4.1 "Activity Definition": the LRS decides how to put them together
 */
export function mergedDefinition(known: ActivityDefinition, said: ActivityDefinition): ActivityDefinition {
  const merged = { ...known, ...said };
  if (known.name && said.name) merged.name = { ...known.name, ...said.name };
  if (known.description && said.description)
    merged.description = { ...known.description, ...said.description };
  if (known.extensions && said.extensions) merged.extensions = { ...known.extensions, ...said.extensions };
  return merged;
}

/** Of how many activities a process remembers what it has written. */
const REMEMBERED = 5000;

/**
 * The canonical definitions of activities, put together from all that was said of them. Remembers what it has
 * written: a TV says the same of the same few lessons all day.
 */
export class ActivityDefinitions {
  readonly #written = new Map<string, ActivityDefinition>();

  /** What is not yet known to be written. */
  news(some: readonly DefinedActivity[]): DefinedActivity[] {
    return some.filter(({ id, definition }) => !sameJson(this.#written.get(id), definition));
  }

  /** To be called when what was said is committed. */
  remember(some: readonly DefinedActivity[]): void {
    if (this.#written.size > REMEMBERED) this.#written.clear();
    for (const { id, definition } of some) this.#written.set(id, definition);
  }
}

/** Writes down what is new. Two processes that do so in the same moment may lose one's addition, until it is said again. */
export async function writeDefinitions(
  trx: WriteTransaction,
  said: readonly SaidOfActivities[],
  now: number,
): Promise<void> {
  const ids = said.flatMap(({ definitions }) => definitions.map(({ id }) => id));
  if (ids.length === 0) return;
  const known = await readDefinitions(trx, ids);
  const changed = new Map<string, ActivityDefinition>();
  for (const { definitions, mayChange } of said)
    for (const { id, definition } of definitions) {
      const old = changed.get(id) ?? known.get(id);
      if (old && !mayChange) continue;
      const merged = old ? mergedDefinition(old, definition) : definition;
      if (JSON.stringify(merged) !== JSON.stringify(old)) changed.set(id, merged);
    }
  const rows = [...changed]
    .map(([activity, definition]) => ({
      activity: indexKey(activity),
      definition: JSON.stringify(definition),
      updated_at: now,
    }))
    // In order, so that two processes never wait for each other.
    .sort((a, b) => (a.activity < b.activity ? -1 : 1));
  for (const some of slices(rows))
    await trx
      .insertInto('activity_definitions')
      .values(some)
      .onConflict((conflict) =>
        conflict.column('activity').doUpdateSet((row) => ({
          definition: row.ref('excluded.definition'),
          updated_at: row.ref('excluded.updated_at'),
        })),
      )
      .execute();
}

/** The canonical definitions of activities, by their id; those of which nothing was said are left out. */
export async function readDefinitions(
  db: Kysely<Database>,
  activities: readonly string[],
): Promise<Map<string, ActivityDefinition>> {
  const keys = new Map(activities.map((id) => [indexKey(id), id]));
  const found = new Map<string, ActivityDefinition>();
  for (const some of slices([...keys.keys()])) {
    const rows = await db
      .selectFrom('activity_definitions')
      .select(['activity', 'definition'])
      .where('activity', 'in', some)
      .execute();
    for (const { activity, definition } of rows)
      found.set(keys.get(activity)!, JSON.parse(definition) as ActivityDefinition);
  }
  return found;
}

/** Whether two values are the same JSON, but for the order of keys: faster than to write them out. */
function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const keys = Object.keys(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    keys.length === Object.keys(other).length &&
    keys.every((key) => sameJson((one as Json)[key], (other as Json)[key]))
  );
}

type Json = Record<string, unknown>;
