import type { LedgerEntry } from '../../../src/domain/credit/study-year.ts';
import { lessonOf, titleOf, type EveningWorld, type Room } from './evening-world.ts';
import type { Lived } from './host.ts';
import { expectedOf, type Expected } from './model.ts';

interface Minutes {
  attendees: { id: string; minutes: number | null }[];
  lessons: { title: Record<string, string>; minutes: number }[];
  guests: number;
}

/** Sums over all evenings. */
export interface Sums {
  evenings: number;
  kills: number;
  outages: number;
  phones: number;
  refused: number;
  attendees: number;
  entries: number;
  /** Seconds by the model and by the ledger, of what can be told from outside. */
  due: number;
  credited: number;
  undecided: number;
}

/** How much later than the picture itself a test may hear of it, twice a lesson, seconds. */
const HEARD_LATE = 0.75;
/** The minutes are printed with one decimal. */
const ROUNDED = 3;

export const noSums: Sums = {
  ...{ evenings: 0, kills: 0, outages: 0, phones: 0, refused: 0 },
  ...{ attendees: 0, entries: 0, due: 0, credited: 0, undecided: 0 },
};

/** Compares what must have come of a room's evenings with the ledger and the minutes. @returns what is wrong */
export async function auditRoom(
  { county, lessons }: EveningWorld,
  room: Room,
  evenings: readonly { evening: number; lived: Lived }[],
  sums: Sums,
): Promise<string[]> {
  const wrong: string[] = [];
  const entries = (await county.ledger()).filter(({ person }) => room.people.some(({ id }) => id === person));
  const records = await recordsOf(county, room.id);
  if (records.length !== evenings.length)
    wrong.push(`${room.id} has ${records.length} records of ${evenings.length} evenings`);
  const minutes = await Promise.all(
    records.map(
      async ({ session }) => (await county.get<Minutes>(`/api/v1/groups/sessions/${session}/minutes`)).body,
    ),
  );
  for (const { evening, lived } of evenings) {
    const name = `${room.id}, evening ${evening}`;
    const expected = expectedOf(lived.facts, lessons);
    const titles = [titleOf(evening, 'a'), titleOf(evening, 'b')];
    const [printed, ...others] = minutes.filter(({ lessons: shown }) =>
      shown.some(({ title }) => titles.includes(title['zh-CN'] ?? '')),
    );
    if (!printed || others.length > 0) {
      wrong.push(`${name}: ${printed ? 'more than one record' : 'lost'}`);
      continue;
    }
    const ids = [lessonOf(evening, 'a'), lessonOf(evening, 'b')];
    const mine = entries.filter(({ lessonId }) => ids.includes(lessonId));
    wrong.push(...againstMinutes(name, expected, printed), ...againstLedger(name, expected, mine, sums));
    sums.evenings += 1;
    sums.kills += lived.kills;
    sums.outages += lived.outages;
    sums.phones += lived.phones;
    sums.refused += lived.refused;
    sums.attendees += printed.attendees.length;
    sums.entries += mine.length;
  }
  return wrong;
}

async function recordsOf(county: EveningWorld['county'], room: string): Promise<{ session: string }[]> {
  return (await county.get<{ records: { session: string }[] }>(`/api/v1/groups/records?room=${room}`)).body
    .records;
}

export async function recordsHave(world: EveningWorld, room: string): Promise<number> {
  return (await recordsOf(world.county, room)).length;
}

function againstMinutes(name: string, { attendees, guests }: Expected, printed: Minutes): string[] {
  const wrong: string[] = [];
  const there = printed.attendees.map(({ id }) => id);
  if (new Set(there).size < there.length) wrong.push(`${name}: somebody is in the minutes twice`);
  const [should, are] = [[...attendees.keys()].sort().join(), there.sort().join()];
  if (should !== are) wrong.push(`${name}: there were ${should}, the minutes have ${are}`);
  if (printed.guests !== guests) wrong.push(`${name}: ${guests} guests, the minutes have ${printed.guests}`);
  for (const { id, minutes } of printed.attendees) {
    const seen = [...(attendees.get(id)?.seen.values() ?? [])].reduce((sum, seconds) => sum + seconds, 0);
    if (Math.abs((minutes ?? 0) * 60 - seen) > ROUNDED + 2 * HEARD_LATE)
      wrong.push(`${name}: ${id} saw ${seen.toFixed(1)} s, the minutes have ${minutes}`);
  }
  return wrong;
}

function againstLedger(
  name: string,
  { attendees }: Expected,
  entries: readonly LedgerEntry[],
  sums: Sums,
): string[] {
  const wrong: string[] = [];
  const keys = entries.map(({ person, lessonId }) => `${person} ${lessonId}`);
  if (new Set(keys).size < keys.length) wrong.push(`${name}: something is credited twice`);
  for (const { person } of entries)
    if (!attendees.has(person)) wrong.push(`${name}: ${person} was not there and is credited`);
  for (const { person, due } of attendees.values())
    for (const [lesson, seconds] of due) {
      const credited = entries
        .filter((entry) => entry.person === person && entry.lessonId === lesson)
        .reduce((sum, { creditedSeconds }) => sum + creditedSeconds, 0);
      if (seconds === null) {
        sums.undecided += 1;
        continue;
      }
      sums.due += seconds;
      sums.credited += credited;
      const tolerance = seconds > 0 ? HEARD_LATE : 0;
      if (Math.abs(credited - seconds) > tolerance)
        wrong.push(
          `${name}: ${person} is due ${seconds.toFixed(2)} s of ${lesson}, the ledger has ${credited.toFixed(2)}`,
        );
    }
  return wrong;
}
