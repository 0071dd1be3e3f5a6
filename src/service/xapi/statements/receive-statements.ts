import type { Kysely } from 'kysely';
import type { StatementMistake } from '../../../domain/statements/statement-rules.ts';
import type { Actor, Statement } from '../../../domain/statements/statement.ts';
import type { XapiVersion } from '../../../domain/statements/statement-schema.ts';
import type { ContentFolder } from '../../catalogue/content-folder.ts';
import { boxKey, broughtBy, updateCredit, voided } from '../../credit/update-credit.ts';
import type { Database } from '../../db/schema.ts';
import type { WriteQueue, WriteTransaction } from '../../db/write-queue.ts';
import { mayActFor, type Caller } from '../../http/auth.ts';
import { Problem } from '../../http/problems.ts';
import { metrics } from '../../operations/metrics.ts';
import {
  ActivityDefinitions,
  definedActivities,
  writeDefinitions,
  type SaidOfActivities,
} from './activity-definitions.ts';
import { personOf } from './actor-key.ts';
import type { AnyStatement } from './any-statement.ts';
import { checkAttachments, filesOf, storeFiles, type FilesOfStatement } from './attachments.ts';
import { authorityOf } from './authority.ts';
import type { Files } from './multipart.ts';
import { idStoredBefore, isStored } from './detached-months.ts';
import { checkSignatures } from './signed-statements.ts';
import { indexRelations, relationsOf, type Relations } from './statement-relations.ts';
import { completed, named, statementRow, type NamedStatement, type NewStatement } from './statement-row.ts';
import { addStatements } from './statement-store.ts';
import { invalidStatements, validateStatements } from './validate-statements.ts';
import { recordVoids, voidedPersons } from './voiding.ts';

interface Parts {
  db: Kysely<Database>;
  writes: WriteQueue;
  content: ContentFolder;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** What is handed to the writer for one request. */
interface Batch {
  statements: readonly NamedStatement[];
  authority: Actor;
  version: XapiVersion;
  boxId: string | null;
  /** By id of statement, for those that have any. */
  relations: ReadonlyMap<string, Relations>;
  files: readonly FilesOfStatement[];
  said: SaidOfActivities;
}

/**
 * Takes statements in: all of a batch or none of it.
 *
 * Sources: xAPI 1.0.3 Communication 2.1.1 and 2.1.2, Data 2.3 "Statement Lifecycle"; xAPI 2.0, 4.1.6.1
 */
export class StatementIntake {
  readonly #parts: Parts;
  readonly #definitions = new ActivityDefinitions();
  #turns: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Checks and stores what a request brought. Resolves once the statements, and the credit that follows from
   * them, are committed.
   *
   * @param body one statement or an array of them.
   * @param files what came along.
   * @param id that the one statement must have, if it was put there.
   * @returns the statements' ids.
   * @throws {@link Problem} 400, 403 or 409; nothing was stored.
   */
  async receive(
    body: unknown,
    files: Files,
    { caller, version, id }: { caller: Caller; version: XapiVersion; id?: string },
  ): Promise<string[]> {
    await this.#turn();
    const valid = validateStatements(body, version) as AnyStatement[];
    const pathOf = (index: number): string => (Array.isArray(body) ? `/${index}` : '');
    const sent = valid.map((one) => named(id === undefined ? one : { ...one, id }));
    const mistakes = checkAttachments(sent, files, pathOf);
    mistakes.push(...(await signatureMistakes(sent, files, pathOf)));
    if (mistakes.length > 0) throw invalidStatements(mistakes);
    for (const { actor } of sent) mayActFor(caller, personOf(actor));
    return this.#store(sent, files, caller, version);
  }

  /** One after the other, and between two of them whatever else waits: the database's answers most of all. */
  #turn(): Promise<void> {
    this.#turns = this.#turns.then(() => new Promise((resolve) => setImmediate(resolve)));
    return this.#turns;
  }

  async #store(
    statements: readonly NamedStatement[],
    files: Files,
    caller: Caller,
    version: XapiVersion,
  ): Promise<string[]> {
    if (statements.length === 0) return [];
    const { db, writes, content } = this.#parts;
    const { homePage } = await content.current();
    const targets = await voidedPersons(db, statements);
    for (const { person } of targets) mayActFor(caller, person);
    const definitions = this.#definitions.news(statements.flatMap(definedActivities));
    const batch: Batch = {
      statements,
      authority: authorityOf(caller, homePage),
      version,
      boxId: caller.kind === 'box' ? caller.boxId : null,
      relations: new Map(
        statements.flatMap((statement) => {
          const relations = relationsOf(statement);
          return relations ? [[statement.id, relations] as const] : [];
        }),
      ),
      files: statements.flatMap((statement) => {
        const own = filesOf(statement, files);
        return own.size > 0 ? [{ id: statement.id, files: own }] : [];
      }),
      said: { definitions, mayChange: caller.kind === 'integration' },
    };
    const persons = [
      ...statements.map(({ actor }) => personOf(actor)),
      ...targets.map(({ person }) => person),
    ].filter((person) => person !== null);
    const keys = [...new Set(persons), ...(batch.boxId === null ? [] : [boxKey(batch.boxId)])];
    const store = () => writes.runShared(keys, batch, this.#storeBatches);
    const outcome = await store().catch(async (error: unknown) => {
      const id = idStoredBefore(error);
      if (id === undefined) throw error;
      // Stored by another process just now: it can be compared with.
      if (await isStored(db, id)) return store();
      throw conflict(statements, id, 'was stored before, in a month that is no longer at hand');
    });
    if ('conflict' in outcome) throw conflict(statements, outcome.conflict);
    this.#definitions.remember(definitions);
    metrics.statementsStored.inc(outcome.added.length);
    return statements.map(({ id }) => id);
  }

  /**
   * One and the same function for all requests: what arrives together is stored together. The time of storing is
   * told here and not before: see `write-moments.ts`.
   */
  readonly #storeBatches = async (
    trx: WriteTransaction,
    batches: readonly Batch[],
  ): ReturnType<typeof addStatements> => {
    const rules = await this.#parts.content.current();
    const now = this.#parts.now();
    const whole = batches.map(({ statements, authority, version }) =>
      statements.map((statement) => completed(statement, authority, version, now)),
    );
    const outcomes = await addStatements(
      trx,
      whole.map((statements) => statements.map((statement) => statementRow(statement, now))),
    );
    const brought = outcomes.flatMap((outcome, index) =>
      'added' in outcome ? outcome.added.flatMap(sessionOf).map(broughtBy(batches[index]!.boxId)) : [],
    );
    const accepted = outcomes.flatMap((outcome, index) =>
      'added' in outcome ? [{ ...batches[index]!, added: outcome.added }] : [],
    );
    const said = new Map(whole.flat().map((statement) => [statement.id, statement as Statement]));
    const added = accepted.flatMap((batch) => batch.added.map((row) => ({ ...row, said: said.get(row.id) })));
    const fresh = new Set(added.map(({ id }) => id));
    await indexRelations(
      trx,
      new Map(accepted.flatMap(({ relations }) => [...relations].filter(([id]) => fresh.has(id)))),
    );
    await storeFiles(
      trx,
      accepted.flatMap(({ files }) => files.filter(({ id }) => fresh.has(id))),
      now,
    );
    await writeDefinitions(
      trx,
      accepted.map(({ said }) => said),
      now,
    );
    const withdrawn = (await recordVoids(trx, added)).map(voided);
    await updateCredit(trx, [...brought, ...withdrawn], rules, now, added);
    return outcomes;
  };
}

async function signatureMistakes(
  statements: readonly AnyStatement[],
  files: Files,
  pathOf: (index: number) => string,
): Promise<StatementMistake[]> {
  const all: StatementMistake[] = [];
  for (const [index, statement] of statements.entries())
    if (statement.attachments) all.push(...(await checkSignatures(statement, files, pathOf(index))));
  return all;
}

function sessionOf({ person, registration, session_id }: NewStatement) {
  return person && registration && session_id ? [{ person, registration, sessionId: session_id }] : [];
}

function conflict(
  statements: readonly NamedStatement[],
  id: string,
  why = 'exists with other content',
): Problem {
  return new Problem(409, 'statement-conflict', `Nothing was stored: the statement ${id} ${why}.`, {
    errors: [{ path: `/${statements.findIndex((row) => row.id === id)}/id`, message: 'is taken' }],
  });
}
