import { localYear } from '../../domain/credit/local-date.ts';
import { buildStatement } from '../../domain/statements/build-statement.ts';
import { registrationId } from '../../domain/watching/registration.ts';
import type { Clock, Told } from './clock.ts';
import type { OutboxRow } from './rows.ts';

/**
 * Fixes the text of the rows that have none, time included. A text is made once and then only ever repeated:
 * the same id with other content is a conflict for the whole batch.
 *
 * @param timeZone the county's, for the credit period.
 * @returns the rows that were sealed by this call; none before the server's time is known.
 */
export function seal(rows: readonly OutboxRow[], clock: Clock, timeZone: string): OutboxRow[] {
  const lastOfBoot = new Map<string, number>();
  for (const { stamp } of rows)
    lastOfBoot.set(stamp.bootId, Math.max(stamp.mono, lastOfBoot.get(stamp.bootId) ?? 0));
  const sealed: OutboxRow[] = [];
  for (const row of rows) {
    if (row.sealed !== undefined) continue;
    const { stamp, begun } = row;
    const when = clock.tell(stamp, lastOfBoot.get(stamp.bootId) ?? stamp.mono);
    const began = clock.tell(begun, Math.max(begun.mono, lastOfBoot.get(begun.bootId) ?? 0));
    if (!when || !began) continue;
    const text = JSON.stringify(content(row, when, String(localYear(began.ms, timeZone))));
    sealed.push({ ...row, at: when.ms, sealed: text, bytes: new TextEncoder().encode(text).length });
  }
  return sealed;
}

function content(row: OutboxRow, { ms, clock }: Told, period: string): unknown {
  if (row.kind === 'checkpoint') {
    const { person, lessonId } = row.draft;
    return { ...row.draft, registration: registrationId(person, lessonId, period) };
  }
  const { person, lessonId } = row.draft.session;
  return buildStatement(row.draft, {
    registration: registrationId(person, lessonId, period),
    timestamp: new Date(ms).toISOString(),
    timeQuality: {
      clock,
      offsetMs: ms - row.stamp.box,
      bootId: row.stamp.bootId,
      monotonicMs: Math.round(row.stamp.mono * 1000),
    },
  });
}
