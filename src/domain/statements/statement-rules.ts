import type { Actor } from './statement.ts';

/** A mistake in a statement: where, as a JSON pointer, and in words for the one who wrote the sender. */
export interface StatementMistake {
  path: string;
  message: string;
}

const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';
const identifiers = ['mbox', 'mbox_sha1sum', 'openid', 'account'] as const;

interface Shaped {
  actor: Actor;
  verb: { id: string };
  object: Record<string, unknown>;
  result?: { score?: { raw?: number; min?: number; max?: number } };
  context?: { revision?: unknown; platform?: unknown; instructor?: Actor; team?: Actor };
  authority?: Actor;
}

/**
 * The rules of xAPI 1.0.3 that its schema leaves open, on a statement that holds to the schema.
 *
 * Source: https://github.com/adlnet/xAPI-Spec/blob/1.0.3/xAPI-Data.md (sections named below)
 */
export function checkStatementRules(statement: object, path = ''): StatementMistake[] {
  const { actor, verb, object, result, context, authority } = statement as Shaped;
  const mistakes = [...checkActor(actor, `${path}/actor`)];
  const add = (where: string, message: string): void => {
    mistakes.push({ path: path + where, message });
  };

  switch (object.objectType ?? 'Activity') {
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

  // 2.4.6 Context
  if ((object.objectType ?? 'Activity') !== 'Activity')
    for (const key of ['revision', 'platform'] as const)
      if (context?.[key] !== undefined) add(`/context/${key}`, 'is only for statements about an activity');
  for (const key of ['instructor', 'team'] as const)
    if (context?.[key]) mistakes.push(...checkActor(context[key], `${path}/context/${key}`));
  if (authority) mistakes.push(...checkAuthority(authority, `${path}/authority`));
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
  if (given.length === 0 && actor.objectType === 'Group' && !actor.member)
    mistakes.push({ path: `${path}/member`, message: 'is required for a group without an identifier' });
  return mistakes;
}

/** 2.4.9 Authority: an agent, or a group of the two that OAuth knows. */
function checkAuthority(authority: Actor, path: string): StatementMistake[] {
  if (authority.objectType === 'Group' && authority.member?.length !== 2)
    return [{ path, message: 'must be an agent or a group of exactly two' }];
  return checkActor(authority, path);
}
