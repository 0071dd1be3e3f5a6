import type { Statement } from '../../src/domain/statements/statement.ts';
import { newBox, patiently, viewing, type Client } from './service-kit.ts';

export interface Load {
  /** Statements that the service said it has stored, by id. */
  acknowledged: Map<string, Statement>;
  /** Batches that were sent and never answered, with the box that sent them. */
  unanswered: { box: Client; statements: Statement[] }[];
  /** Status codes of answers other than 200, and than 503: a service with too much to do is asked again. */
  refused: number[];
  /** No new viewing begins; resolves when the last is uploaded. */
  end(): Promise<void>;
}

/**
 * Boxes that upload one honest viewing after the other, each of a new home, until told to end. A box whose
 * request fails begins anew with another home.
 *
 * @param url asked before each viewing: where the service is now.
 */
export function load(url: () => string, writers = 4): Load {
  const acknowledged = new Map<string, Statement>();
  const unanswered: Load['unanswered'] = [];
  const refused: number[] = [];
  let ending = false;
  const write = async (): Promise<void> => {
    while (!ending)
      try {
        const box = await newBox(url());
        const session = viewing({ person: box.person, lessonId: 'long', length: 600, to: 600 });
        for (const statements of [session.statements.slice(0, 2), session.statements.slice(2)]) {
          const answer = await patiently(() => box.statements(statements)).catch((error: unknown) => {
            unanswered.push({ box, statements });
            throw error;
          });
          if (answer.status === 200)
            for (const statement of statements) acknowledged.set(statement.id!, statement);
          else {
            refused.push(answer.status);
            unanswered.push({ box, statements });
          }
        }
      } catch {
        // The service is away; what was under way is in `unanswered`.
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
  };
  const writing = Promise.all(Array.from({ length: writers }, write));
  return {
    acknowledged,
    unanswered,
    refused,
    end: async () => {
      ending = true;
      await writing;
    },
  };
}

/** All statements of a service, by id. */
export async function everything(county: Client): Promise<Map<string, Statement>> {
  const found = new Map<string, Statement>();
  let more = '/xapi/statements?limit=500';
  while (more !== '') {
    const { body } = await county.get<{ statements: Statement[]; more: string }>(more);
    for (const statement of body.statements) found.set(statement.id!, statement);
    more = body.more;
  }
  return found;
}
