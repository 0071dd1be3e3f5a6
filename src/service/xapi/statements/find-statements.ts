import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import type { Database } from '../../db/schema.ts';
import { slices } from '../../db/slices.ts';
import { actorKey } from './actor-key.ts';
import { isOwnAuthority, ownAuthority } from './authority.ts';
import { indexKey } from './index-key.ts';
import { isCommonActivity } from './statement-relations.ts';
import type { SingleQuery, StatementQuery } from './statement-query.ts';

export interface FoundStatement {
  json: string;
  person: string | null;
  storedAt: number;
}

export interface StatementPage {
  /** JSON texts. */
  statements: string[];
  /** Sequence number to go on from, if there is more. */
  next: number | undefined;
}

type Condition = RawBuilder<SqlBool>;

/**
 * One statement by its id. A voided one is only found when it is asked for as such.
 *
 * Source: xAPI 1.0.3 Communication 2.1.4 "Voided Statements"
 */
export async function findStatement(
  db: Kysely<Database>,
  { id, voided }: Pick<SingleQuery, 'id' | 'voided'>,
): Promise<FoundStatement | undefined> {
  const row = await db
    .selectFrom('statements')
    .leftJoin('voids', 'voids.statement_id', 'statements.id')
    .select(['json', 'person', 'statements.stored_at'])
    .where('id', '=', id)
    .where('voids.statement_id', voided ? 'is not' : 'is', null)
    .executeTakeFirst();
  return row && { json: row.json, person: row.person, storedAt: row.stored_at };
}

/**
 * Statements by the time at which they were stored, newest first unless asked otherwise. A statement that
 * refers to another one is found, too, when the other one has what is asked for.
 *
 * Each way in which a statement may match is a query of its own over one index, each in order and no longer
 * than the page; the pages are then merged. One query with "or" would read all that match.
 *
 * Source: xAPI 1.0.3 Communication 2.1.3, with "Filter Conditions for StatementRefs"
 * @param people whose statements may be seen at all; everybody's if not given.
 */
export async function findStatements(
  db: Kysely<Database>,
  query: StatementQuery,
  people?: readonly string[],
): Promise<StatementPage> {
  const { limit, ascending } = query;
  const direct = ways(query, 's').map((conditions) => directly(db, query, people, conditions));
  const filtered = query.agent ?? query.verb ?? query.activity ?? query.registration;
  const referring = filtered === undefined ? [] : [byReference(db, query, people)];
  const found = new Map<number, string>();
  for (const rows of await Promise.all([...direct.map((some) => some.execute()), ...referring]))
    for (const { seq, json } of rows) found.set(seq, json);
  const rows = [...found].sort(([a], [b]) => (ascending ? a - b : b - a));
  const page = rows.slice(0, limit);
  return {
    statements: page.map(([, json]) => json),
    next: rows.length > limit ? page[page.length - 1]?.[0] : undefined,
  };
}

function directly(
  db: Kysely<Database>,
  query: StatementQuery,
  people: readonly string[] | undefined,
  conditions: readonly Condition[],
) {
  const all = [...conditions, ...always(query, 's'), ...visible(query, people)];
  return db
    .selectFrom('statements as s')
    .select(['s.seq', 's.json'])
    .where((where) => where.and([...all]))
    .orderBy('s.seq', query.ascending ? 'asc' : 'desc')
    .limit(query.limit + 1);
}

/**
 * Statements that refer to one that matches, over any number of steps. There are few of them: which they are is
 * asked first, from the references on; databases would go through all statements for them.
 */
async function byReference(
  db: Kysely<Database>,
  query: StatementQuery,
  people: readonly string[] | undefined,
): Promise<{ seq: number; json: string }[]> {
  const { limit, ascending, after } = query;
  const order = ascending ? 'asc' : 'desc';
  const target = [
    ...alternatives(query, 't').map((some) => sql<SqlBool>`(${sql.join([...some], sql` or `)})`),
    ...always(query, 't'),
    ...of(people, 't'),
  ];
  let referring = db
    .withRecursive('hit(seq, id)', (cte) =>
      cte
        .selectFrom('statement_refs as r')
        // SQLite keeps the order of a cross join.
        .crossJoin('statements as t')
        .select(['r.seq', 'r.id'])
        .whereRef('t.id', '=', 'r.target')
        .where((where) => where.and([...target]))
        .union(
          cte
            .selectFrom('statement_refs as r')
            .innerJoin('hit', 'hit.id', 'r.target')
            .select(['r.seq', 'r.id']),
        ),
    )
    .selectFrom('hit')
    .select('seq')
    .orderBy('seq', order);
  if (after !== undefined) referring = referring.where('seq', ascending ? '>' : '<', after);
  const seqs = (await referring.execute()).map(({ seq }) => seq);
  const rows: { seq: number; json: string }[] = [];
  for (const some of slices(seqs)) {
    const page = await db
      .selectFrom('statements as s')
      .select(['s.seq', 's.json'])
      .where('s.seq', 'in', some)
      .where((where) => where.and([...visible(query, people)]))
      .orderBy('s.seq', order)
      .execute();
    rows.push(...page);
    if (rows.length > limit) break;
  }
  return rows.slice(0, limit + 1);
}

/** Conditions of the statement that is given back, whether it matches itself or refers to one that does. */
function visible(
  { since, until, after, ascending }: StatementQuery,
  people: readonly string[] | undefined,
): Condition[] {
  const conditions = [
    sql<SqlBool>`not exists (select 1 from voids where voids.statement_id = s.id)`,
    ...of(people, 's'),
  ];
  if (since !== undefined) conditions.push(sql`s.stored_at > ${since}`);
  if (until !== undefined) conditions.push(sql`s.stored_at <= ${until}`);
  if (after !== undefined) conditions.push(ascending ? sql`s.seq > ${after}` : sql`s.seq < ${after}`);
  return conditions;
}

function of(people: readonly string[] | undefined, table: 's' | 't'): Condition[] {
  return people === undefined ? [] : [sql`${sql.ref(`${table}.person`)} in (${sql.join([...people])})`];
}

/** Filters with one way to match. */
function always({ verb, registration }: StatementQuery, table: 's' | 't'): Condition[] {
  return [
    ...(verb === undefined ? [] : [sql<SqlBool>`${sql.ref(`${table}.verb`)} = ${indexKey(verb)}`]),
    ...(registration === undefined
      ? []
      : [sql<SqlBool>`${sql.ref(`${table}.registration`)} = ${registration}`]),
  ];
}

/** Filters with several ways to match. */
function alternatives(query: StatementQuery, table: 's' | 't'): Condition[][] {
  return [agentWays(query, table), activityWays(query, table)].filter((some) => some.length > 0);
}

/** Every combination of the ways to match. */
function ways(query: StatementQuery, table: 's' | 't'): Condition[][] {
  return alternatives(query, table).reduce<Condition[][]>(
    (all, some) => all.flatMap((before) => some.map((one) => [...before, one])),
    [[]],
  );
}

function agentWays({ agent, relatedAgents }: StatementQuery, table: 's' | 't'): Condition[] {
  if (!agent) return [];
  const key = actorKey(agent);
  const indexed = relatedAgents
    ? sql`select seq from statement_agents where agent = ${key}`
    : sql`select seq from statement_agents where agent = ${key} and direct = 1`;
  return [
    sql`${sql.ref(`${table}.actor`)} = ${key}`,
    sql`${sql.ref(`${table}.seq`)} in (${indexed})`,
    ...(relatedAgents && isOwnAuthority(agent)
      ? [contains(table, `"authority":${JSON.stringify(ownAuthority(agent.account!))}`)]
      : []),
  ];
}

function activityWays({ activity, relatedActivities }: StatementQuery, table: 's' | 't'): Condition[] {
  if (activity === undefined) return [];
  const key = indexKey(activity);
  const itself = sql<SqlBool>`${sql.ref(`${table}.activity`)} = ${key}`;
  if (!relatedActivities) return [itself];
  return [
    itself,
    sql`${sql.ref(`${table}.seq`)} in (select seq from statement_activities where activity = ${key})`,
    ...(isCommonActivity(activity) ? [contains(table, `"id":${JSON.stringify(activity)}`)] : []),
  ];
}

/** What stands in nearly every statement is in no index: going through them in order finds a page at once. */
function contains(table: 's' | 't', text: string): Condition {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`${sql.ref(`${table}.json`)} like ${pattern} escape '\\'`;
}
