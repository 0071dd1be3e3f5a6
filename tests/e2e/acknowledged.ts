import { isDeepStrictEqual } from 'node:util';
import type { Statement } from '../../src/domain/statements/statement.ts';
import { newBox, patiently, viewing, type Client } from './service-kit.ts';
import { runToEnd } from './service-process.ts';

/** What the service has said yes to. */
export interface Acknowledged {
  statements: Map<string, Statement>;
  checkpoints: object[];
  /** People of whom a whole viewing was acknowledged. */
  earned: string[];
}

export function nothingYet(): Acknowledged {
  return { statements: new Map(), checkpoints: [], earned: [] };
}

/** A box after the other uploads a viewing of ten minutes, until the service is gone. */
export async function writeUntilGone(url: string, acknowledged: Acknowledged): Promise<void> {
  for (;;)
    try {
      const box = await newBox(url);
      const session = viewing({ person: box.person, lessonId: 'long', length: 600, to: 600 });
      const upload = async (statements: readonly Statement[]): Promise<void> => {
        const { status } = await patiently(() => box.statements(statements));
        if (status !== 200) throw new Error(`refused: ${status}`);
        for (const statement of statements) acknowledged.statements.set(statement.id!, statement);
      };
      await upload(session.statements.slice(0, 2));
      const { status } = await patiently(() => box.checkpoints(session.checkpoints));
      if (status !== 200) throw new Error(`refused: ${status}`);
      acknowledged.checkpoints.push(...session.checkpoints);
      await upload(session.statements.slice(2));
      acknowledged.earned.push(box.person);
    } catch (error) {
      if (error instanceof TypeError) return;
      throw error;
    }
}

/** What of the acknowledged is missing or other than it was sent. */
export interface Losses {
  statements: string[];
  /** People whose viewing was not credited with its 600 s exactly once. */
  credits: string[];
}

/** Compares everything the service has with what it acknowledged. */
export async function lossesOf(county: Client, acknowledged: Acknowledged): Promise<Losses> {
  const stored = new Map<string, Statement>();
  for (const page of await pages<{ statements: Statement[] }>(county, '/xapi/statements?limit=500'))
    for (const statement of page.statements) stored.set(statement.id!, statement);
  const credited = new Map<string, number[]>();
  for (const page of await pages<LedgerPage>(county, '/api/v1/ledger'))
    for (const { person, creditedSeconds } of page.entries)
      credited.set(person, [...(credited.get(person) ?? []), creditedSeconds]);
  const twice = [...credited].filter(([, seconds]) => seconds.length > 1 || seconds[0] !== 600);
  const never = acknowledged.earned.filter((person) => !credited.has(person));
  return {
    statements: [...acknowledged.statements.values()]
      .filter((sent) => !holds(stored.get(sent.id!), sent))
      .map(({ id }) => id!),
    credits: [...twice.map(([person]) => person), ...never],
  };
}

interface LedgerPage {
  entries: { person: string; creditedSeconds: number }[];
}

async function pages<Page>(county: Client, first: string): Promise<Page[]> {
  const all: Page[] = [];
  for (let more = first; more !== '';) {
    const { status, body } = await county.get<Page & { more: string }>(more);
    if (status !== 200) throw new Error(`${more}: ${status}`);
    all.push(body);
    more = body.more;
  }
  return all;
}

/** What is stored says all that was sent; the service adds to it. */
function holds(stored: Statement | undefined, sent: Statement): boolean {
  return Object.entries(sent).every(([key, value]) =>
    isDeepStrictEqual(stored?.[key as keyof Statement], value),
  );
}

/** How the command `recompute` judges the database of a service that has been stopped. */
export async function recomputed(
  main: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ entries: number; differences: unknown[] }> {
  const { stdout, stderr } = await runToEnd(main, ['recompute', ...args], env);
  try {
    return JSON.parse(stdout) as { entries: number; differences: unknown[] };
  } catch {
    throw new Error(`recompute said: ${stdout}${stderr}`);
  }
}
