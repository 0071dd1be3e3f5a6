import { v4 } from 'uuid';
import type { Insertable } from 'kysely';
import { parseTimestamp, statementFormats } from '../../../domain/statements/statement-formats.ts';
import type { Actor, Statement } from '../../../domain/statements/statement.ts';
import { verbIris, videoExtensionIris } from '../../../domain/statements/iris.ts';
import type { StatementTable } from '../../db/schema.ts';
import { actorKey, personOf } from './actor-key.ts';

export type NewStatement = Insertable<StatementTable>;

/**
 * A valid statement as it is stored: with what the service sets, and the columns it is found by. An id is
 * made if there is none.
 *
 * @param storedAt milliseconds since 1970.
 */
export function statementRow(sent: object, authority: Actor, storedAt: number): NewStatement {
  const statement = sent as Statement;
  const stored = new Date(storedAt).toISOString();
  const id = (statement.id ?? v4()).toLowerCase();
  const whole = {
    ...statement,
    id,
    timestamp: statement.timestamp ?? stored,
    stored,
    authority,
    version: '1.0.3',
  };
  const session = statement.context?.extensions?.[videoExtensionIris.sessionId];
  return {
    id,
    actor: actorKey(statement.actor),
    person: personOf(statement.actor),
    verb: statement.verb.id,
    activity: (statement.object.objectType ?? 'Activity') === 'Activity' ? statement.object.id : null,
    registration: statement.context?.registration?.toLowerCase() ?? null,
    session_id:
      typeof session === 'string' && statementFormats.uuid!(session)
        ? session.toLowerCase()
        : statement.verb.id === verbIris.initialized
          ? id
          : null,
    happened_at: parseTimestamp(whole.timestamp) ?? storedAt,
    stored_at: storedAt,
    json: JSON.stringify(whole),
  };
}
