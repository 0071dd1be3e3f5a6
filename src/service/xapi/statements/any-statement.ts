import type { Activity, Actor, Statement, StatementContext } from '../../../domain/statements/statement.ts';

/** A file that a statement names. Source: xAPI 1.0.3 Data 2.4.11 */
export interface Attachment {
  usageType: string;
  contentType: string;
  /** Octets. */
  length: number;
  /** SHA-2 of the content, hex. */
  sha2: string;
  fileUrl?: string;
}

/** What every kind of statement object may have. */
export type AnyObject =
  | Activity
  | (Actor & { objectType: 'Agent' | 'Group' })
  | { objectType: 'StatementRef'; id: string }
  | (AnyStatement & { objectType: 'SubStatement' });

/** A valid statement about anything: an activity, an agent, another statement. */
export interface AnyStatement extends Omit<Statement, 'object' | 'context'> {
  object: AnyObject;
  context?: StatementContext & {
    contextAgents?: { agent: Actor }[];
    contextGroups?: { group: Actor }[];
  };
  attachments?: Attachment[];
}

/** The object as an activity, if it is one. */
export function activityOf(object: AnyObject): Activity | undefined {
  return object.objectType === undefined || object.objectType === 'Activity' ? object : undefined;
}

/** The statement in a statement. */
export function subStatementOf({ object }: AnyStatement): AnyStatement | undefined {
  return object.objectType === 'SubStatement' ? object : undefined;
}

/** All context activities. Source: xAPI 1.0.3 Data 2.4.6.2 */
export function contextActivitiesOf({ context }: AnyStatement): Activity[] {
  const some: (Activity | readonly Activity[])[] = Object.values(context?.contextActivities ?? {});
  return some.flat();
}

/** All attachments, those of a statement in the statement too. */
export function attachmentsOf(statement: AnyStatement): Attachment[] {
  const inner = subStatementOf(statement);
  return [...(statement.attachments ?? []), ...(inner?.attachments ?? [])];
}
