import { localYear } from '../../domain/credit/local-date.ts';
import { buildStatement } from '../../domain/statements/build-statement.ts';
import { registrationId } from '../../domain/watching/registration.ts';
import type { Clock, Told } from './clock.ts';
import type { GroupCallDraft, OutboxRow } from './rows.ts';

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
    const text = JSON.stringify(
      row.kind === 'group'
        ? groupCall(row.draft, clock)
        : content(row, when, String(localYear(began.ms, timeZone))),
    );
    sealed.push({ ...row, at: when.ms, sealed: text, bytes: new TextEncoder().encode(text).length });
  }
  return sealed;
}

/** The starts of the box get their times; the least certain of them stands for all. */
function groupCall(draft: GroupCallDraft, clock: Clock): unknown {
  if (draft.what !== 'record') return draft.body;
  let sure = true;
  let after: { seconds: number; ms: number } | undefined;
  const anchors: { seconds: number; at: string }[] = [];
  for (const { seconds, stamp, lastMono } of [...draft.anchors].reverse()) {
    const told = clock.tell(stamp, lastMono);
    if (!told) continue;
    sure &&= told.clock === 'synced';
    // Each start was over before the next one began.
    const ms: number = after ? Math.min(told.ms, after.ms - (after.seconds - seconds) * 1000) : told.ms;
    after = { seconds, ms };
    anchors.unshift({ seconds: thousandths(seconds), at: new Date(ms).toISOString() });
  }
  return { ...draft.record, anchors, clock: sure ? 'synced' : 'bounded' };
}

function thousandths(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

function content(row: Exclude<OutboxRow, { kind: 'group' }>, { ms, clock }: Told, period: string): unknown {
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
