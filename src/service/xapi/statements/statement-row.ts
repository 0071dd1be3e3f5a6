import type { Selectable } from 'kysely';
import { v4 } from 'uuid';
import { parseTimestamp, statementFormats } from '../../../domain/statements/statement-formats.ts';
import type { XapiVersion } from '../../../domain/statements/statement-schema.ts';
import type { Actor } from '../../../domain/statements/statement.ts';
import { verbIris, videoExtensionIris } from '../../../domain/statements/iris.ts';
import type { StatementTable } from '../../db/schema.ts';
import { actorKey, personOf } from './actor-key.ts';
import { activityOf, type AnyStatement } from './any-statement.ts';
import { indexKey } from './index-key.ts';

/** A row that has no number yet. */
export type NewStatement = Omit<Selectable<StatementTable>, 'seq'>;

/** What a statement without a version is: the first of its line. xAPI 1.0.3 Data 2.4.10; 2.0, 4.2.4.3 */
const unversioned: Readonly<Record<XapiVersion, string>> = { '1.0.3': '1.0.0', '2.0.0': '2.0.0' };

export type NamedStatement = AnyStatement & { id: string };

/** A statement with its id as it is kept; one is made if it has none. */
export function named(statement: AnyStatement): NamedStatement {
  return { ...statement, id: (statement.id ?? v4()).toLowerCase() };
}

/**
 * A valid statement as it is kept and given back: with what the service sets, and context activities as lists
 * (xAPI 1.0.3 Data 2.4.6.2).
 *
 * @param storedAt milliseconds since 1970.
 */
export function completed(
  sent: NamedStatement,
  authority: Actor,
  version: XapiVersion,
  storedAt: number,
): NamedStatement {
  const stored = new Date(storedAt).toISOString();
  return {
    ...withLists(sent),
    id: sent.id,
    timestamp: sent.timestamp ?? stored,
    stored,
    authority,
    version: sent.version ?? unversioned[version],
  };
}

/** A completed statement with the columns it is found by. */
export function statementRow(statement: NamedStatement, storedAt: number): NewStatement {
  const { id, actor, verb, object, context, timestamp = '' } = statement;
  const activity = activityOf(object);
  const session = context?.extensions?.[videoExtensionIris.sessionId];
  return {
    id,
    actor: actorKey(actor),
    person: personOf(actor),
    verb: indexKey(verb.id),
    activity: activity ? indexKey(activity.id) : null,
    registration: context?.registration?.toLowerCase() ?? null,
    session_id:
      typeof session === 'string' && statementFormats.uuid!(session)
        ? session.toLowerCase()
        : verb.id === verbIris.initialized
          ? id
          : null,
    happened_at: parseTimestamp(timestamp) ?? storedAt,
    stored_at: storedAt,
    json: JSON.stringify(statement),
  };
}

function withLists(statement: AnyStatement): AnyStatement {
  const { context, object } = statement;
  const single = Object.values(context?.contextActivities ?? {}).some((some) => !Array.isArray(some));
  if (!single && object.objectType !== 'SubStatement') return statement;
  return {
    ...statement,
    ...(object.objectType === 'SubStatement'
      ? { object: { ...withLists(object), objectType: 'SubStatement' as const } }
      : {}),
    ...(context && single
      ? {
          context: {
            ...context,
            contextActivities: Object.fromEntries(
              Object.entries(context.contextActivities ?? {}).map(([key, some]) => [key, [some].flat()]),
            ),
          },
        }
      : {}),
  };
}
