import { verbIris } from '../../../src/domain/statements/iris.ts';
import type { Client } from '../service-kit.ts';

/** What the service has and believes of one lesson, from its own answers. */
export interface Account {
  person: string;
  begun: number;
  completed: number;
  ended: number;
  /** Accepted seconds of the lesson, each once. */
  accepted: number;
  /** What of the lesson was accepted, as played segments. */
  segments: string;
  /** Seconds in the ledger. */
  credited: number;
  entries: number;
}

/** Undefined while the service has not heard of the lesson. One person per lesson is taken for granted. */
export async function accountOf(
  client: Client,
  lesson: string,
  homePage: string,
): Promise<Account | undefined> {
  const activity = encodeURIComponent(`${homePage}/lessons/${lesson}`);
  const statements = await client.list(`?activity=${activity}&limit=500`);
  const person = statements[0]?.actor.account?.name;
  if (person === undefined) return undefined;
  const count = (verb: keyof typeof verbIris): number =>
    statements.filter(({ verb: { id } }) => id === verbIris[verb]).length;
  const study = await client.study(person);
  const own = study.lessons.find(({ lessonId }) => lessonId === lesson);
  const entries = (await client.ledger(`?person=${person}`)).filter(({ lessonId }) => lessonId === lesson);
  return {
    person,
    begun: count('initialized'),
    completed: count('completed'),
    ended: count('terminated'),
    accepted: own?.playedSeconds ?? 0,
    segments: own?.segments ?? '',
    credited: entries.reduce((sum, { creditedSeconds }) => sum + creditedSeconds, 0),
    entries: entries.length,
  };
}
