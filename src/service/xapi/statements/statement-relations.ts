import { isOwnProfile, videoProfileIri } from '../../../domain/statements/iris.ts';
import type { Actor } from '../../../domain/statements/statement.ts';
import { slices } from '../../db/slices.ts';
import type { WriteTransaction } from '../../db/write-queue.ts';
import { actorKey } from './actor-key.ts';
import {
  activityOf,
  contextActivitiesOf,
  subStatementOf,
  type AnyObject,
  type AnyStatement,
} from './any-statement.ts';
import { indexKey } from './index-key.ts';

/** What a statement is about beside its actor and the activity that is its object. */
export interface Relations {
  /** Id of the statement that is its object. */
  target: string | undefined;
  /**
   * By `actor-key.ts`: 1 for what the filter `agent` finds (the object, members of actor and object), 0 for
   * what only `related_agents` finds.
   */
  agents: ReadonlyMap<string, 0 | 1>;
  /** What only `related_activities` finds, by `index-key.ts`. */
  activities: ReadonlySet<string>;
}

/**
 * Profiles that stand in nearly every statement of a TV: an index of them would be as long as the table. They
 * are looked for in the statements themselves.
 */
export function isCommonActivity(iri: string): boolean {
  return iri === videoProfileIri || isOwnProfile(iri);
}

/**
 * Reads a statement's relations.
 *
 * Source: xAPI 1.0.3 Communication 2.1.3: parameters `agent`, `related_agents`, `related_activities` and
 * "Filter Conditions for StatementRefs". The authority is not among them: see `find-statements.ts`.
 * @returns `undefined` if there are none, as with most statements of a TV.
 */
export function relationsOf(statement: AnyStatement): Relations | undefined {
  const { actor, object } = statement;
  const agents = new Map<string, 0 | 1>();
  const activities = new Set<string>();
  const add = (some: readonly Actor[], direct: 0 | 1): void => {
    for (const one of some) {
      const key = actorKey(one);
      if (!agents.has(key)) agents.set(key, direct);
    }
  };
  add(actor.member ?? [], 1);
  add(agentsIn(object), 1);
  add(contextAgentsOf(statement), 0);
  const inner = subStatementOf(statement);
  if (inner) {
    add(withMembers(inner.actor), 0);
    add(agentsIn(inner.object), 0);
    add(contextAgentsOf(inner), 0);
    const activity = activityOf(inner.object);
    if (activity) activities.add(indexKey(activity.id));
  }
  for (const { id } of [...contextActivitiesOf(statement), ...(inner ? contextActivitiesOf(inner) : [])])
    if (!isCommonActivity(id)) activities.add(indexKey(id));
  agents.delete(actorKey(actor));
  activities.delete(indexKey(activityOf(object)?.id ?? ''));
  const target = object.objectType === 'StatementRef' ? object.id.toLowerCase() : undefined;
  if (target === undefined && agents.size === 0 && activities.size === 0) return undefined;
  return { target, agents, activities };
}

/** Writes down the relations of statements that were just stored. */
export async function indexRelations(
  trx: WriteTransaction,
  relations: ReadonlyMap<string, Relations>,
): Promise<void> {
  if (relations.size === 0) return;
  const seqs = new Map<string, number>();
  for (const ids of slices([...relations.keys()])) {
    const rows = await trx.selectFrom('statements').select(['id', 'seq']).where('id', 'in', ids).execute();
    for (const { id, seq } of rows) seqs.set(id, seq);
  }
  const all = [...relations].map(([id, relation]) => ({ id, seq: seqs.get(id)!, ...relation }));
  const refs = all.flatMap(({ id, seq, target }) => (target === undefined ? [] : [{ seq, id, target }]));
  const agents = all.flatMap(({ seq, agents: some }) =>
    [...some].map(([agent, direct]) => ({ agent, seq, direct })),
  );
  const activities = all.flatMap(({ seq, activities: some }) =>
    [...some].map((activity) => ({ activity, seq })),
  );
  for (const some of slices(refs)) await trx.insertInto('statement_refs').values(some).execute();
  for (const some of slices(agents)) await trx.insertInto('statement_agents').values(some).execute();
  for (const some of slices(activities)) await trx.insertInto('statement_activities').values(some).execute();
}

function agentsIn(object: AnyObject): Actor[] {
  return object.objectType === 'Agent' || object.objectType === 'Group' ? withMembers(object) : [];
}

function contextAgentsOf({ context }: AnyStatement): Actor[] {
  if (!context) return [];
  const { instructor, team, contextAgents = [], contextGroups = [] } = context;
  return [
    ...(instructor ? withMembers(instructor) : []),
    ...(team ? withMembers(team) : []),
    ...contextAgents.map(({ agent }) => agent),
    ...contextGroups.flatMap(({ group }) => withMembers(group)),
  ];
}

function withMembers(actor: Actor): Actor[] {
  return [actor, ...(actor.member ?? [])];
}
