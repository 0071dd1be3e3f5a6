import type { Actor, Activity } from './statement.ts';

/** A mistake in a statement: where, as a JSON pointer, and in words for the one who wrote the sender. */
export interface StatementMistake {
  path: string;
  message: string;
}

/** Verb of a statement that takes another one back. */
export const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

const identifiers = ['mbox', 'mbox_sha1sum', 'openid', 'account'] as const;
const componentLists = ['choices', 'scale', 'source', 'target', 'steps'] as const;
const contextKeys = ['parent', 'grouping', 'category', 'other'] as const;

interface Definition {
  interactionType?: string;
  correctResponsesPattern?: string[];
  choices?: { id: string }[];
  scale?: { id: string }[];
  source?: { id: string }[];
  target?: { id: string }[];
  steps?: { id: string }[];
}

interface Shaped {
  actor: Actor;
  verb: { id: string };
  object: Record<string, unknown>;
  result?: { score?: { raw?: number; min?: number; max?: number } };
  context?: {
    revision?: unknown;
    platform?: unknown;
    instructor?: Actor;
    team?: Actor;
    contextActivities?: Record<string, Activity | Activity[]>;
    contextAgents?: { agent: Actor }[];
    contextGroups?: { group: Actor }[];
  };
  authority?: Actor;
}

/**
 * The rules of xAPI that its schema leaves open, on a statement that holds to the schema.
 *
 * Sources: https://github.com/adlnet/xAPI-Spec/blob/1.0.3/xAPI-Data.md (sections named below); xAPI 2.0, 4.2
 * keeps them.
 */
export function checkStatementRules(statement: object, path = ''): StatementMistake[] {
  const { actor, verb, object, result, authority } = statement as Shaped;
  const mistakes = [...checkActor(actor, `${path}/actor`)];
  const add = (where: string, message: string): void => {
    mistakes.push({ path: path + where, message });
  };

  switch (object.objectType ?? 'Activity') {
    case 'Activity':
      mistakes.push(...checkActivity(object, `${path}/object`));
      break;
    case 'Agent':
    case 'Group':
      mistakes.push(...checkActor(object, `${path}/object`));
      break;
    case 'SubStatement':
      mistakes.push(...checkStatementRules(object, `${path}/object`));
      break;
  }
  // 2.3.2 Voiding
  if (verb.id === VOIDED && object.objectType !== 'StatementRef')
    add('/object/objectType', 'must be "StatementRef" when the verb is "voided"');

  // 2.4.5.1 Score
  const { raw, min, max } = result?.score ?? {};
  if (min !== undefined && max !== undefined && min >= max)
    add('/result/score/min', 'must be less than "max"');
  if (raw !== undefined && ((min !== undefined && raw < min) || (max !== undefined && raw > max)))
    add('/result/score/raw', 'must be between "min" and "max"');

  mistakes.push(...checkContext(statement as Shaped, `${path}/context`));
  if (authority) mistakes.push(...checkAuthority(authority, `${path}/authority`));
  return mistakes;
}

/** 2.4.6 Context; 2.0: 4.2.2.5 with context agents and groups. */
function checkContext({ context, object }: Shaped, path: string): StatementMistake[] {
  if (!context) return [];
  const mistakes: StatementMistake[] = [];
  if ((object.objectType ?? 'Activity') !== 'Activity')
    for (const key of ['revision', 'platform'] as const)
      if (context[key] !== undefined)
        mistakes.push({ path: `${path}/${key}`, message: 'is only for statements about an activity' });
  for (const key of ['instructor', 'team'] as const)
    if (context[key]) mistakes.push(...checkActor(context[key], `${path}/${key}`));
  for (const key of contextKeys) {
    const some = context.contextActivities?.[key];
    if (!some) continue;
    const where = `${path}/contextActivities/${key}`;
    if (Array.isArray(some))
      some.forEach((activity, index) => mistakes.push(...checkActivity(activity, `${where}/${index}`)));
    else mistakes.push(...checkActivity(some, where));
  }
  context.contextAgents?.forEach(({ agent }, index) =>
    mistakes.push(...checkActor(agent, `${path}/contextAgents/${index}/agent`)),
  );
  context.contextGroups?.forEach(({ group }, index) =>
    mistakes.push(...checkActor(group, `${path}/contextGroups/${index}/group`)),
  );
  return mistakes;
}

/** 2.4.4.1 Interaction activities: their parts need a type, and an id stands once in a list. */
function checkActivity({ definition }: { definition?: unknown }, path: string): StatementMistake[] {
  if (!definition) return [];
  const given = definition as Definition;
  const mistakes: StatementMistake[] = [];
  const used = [...componentLists, 'correctResponsesPattern' as const].find((key) => given[key]);
  if (used && given.interactionType === undefined)
    mistakes.push({ path: `${path}/definition/interactionType`, message: `is required with "${used}"` });
  for (const list of componentLists) {
    const ids = (given[list] ?? []).map(({ id }) => id);
    if (new Set(ids).size < ids.length)
      mistakes.push({ path: `${path}/definition/${list}`, message: 'has an id twice' });
  }
  return mistakes;
}

/** 2.4.2 Actor: exactly one identifier, but for a group without one, which must name its members. */
export function checkActor(actor: Actor, path: string): StatementMistake[] {
  const given = identifiers.filter((key) => actor[key] !== undefined);
  const mistakes = (actor.member ?? []).reduce<StatementMistake[]>(
    (all, member, index) => [...all, ...checkActor(member, `${path}/member/${index}`)],
    [],
  );
  if (given.length > 1)
    mistakes.push({ path, message: `must have one identifier, not ${given.length}: ${given.join(', ')}` });
  if (given.length === 0 && actor.objectType !== 'Group')
    mistakes.push({ path, message: `must have one identifier of ${identifiers.join(', ')}` });
  if (given.length === 0 && actor.objectType === 'Group' && !actor.member?.length)
    mistakes.push({ path: `${path}/member`, message: 'is required for a group without an identifier' });
  return mistakes;
}

/** 2.4.9 Authority: an agent, or the group without a name of its own that OAuth knows: a program and a user. */
function checkAuthority(authority: Actor, path: string): StatementMistake[] {
  if (authority.objectType !== 'Group') return checkActor(authority, path);
  if (authority.member?.length !== 2 || identifiers.some((key) => authority[key] !== undefined))
    return [{ path, message: 'must be an agent, or a group of exactly two without an identifier' }];
  return checkActor(authority, path);
}
