import type { EvidenceLink, LessonFacts, SessionEvidence } from '../../../../src/domain/credit/evidence.ts';
import type { Policy, PolicyBook } from '../../../../src/domain/credit/policy.ts';

export const policy: Policy = {
  from: '2026-01-01',
  minutesPerHour: 45,
  rounding: { to: 0.01, way: 'nearest' },
  threshold: 0.9,
  maxRate: { farming: 1.5, duty: 1 },
  wallClock: { factor: 1.05, slackSeconds: 15 },
  caps: { sessionMinimumSeconds: 120, lessonDaySeconds: 3600, daySeconds: 21600 },
  dutyModes: ['individual', 'group'],
  targets: { villager: null, 'party-member': 32 },
  presence: { afterMinutes: [12, 18], answerSeconds: 60 },
};

export const book: PolicyBook = { timeZone: 'Asia/Shanghai', policies: [policy] };

export const lesson = (length: number | null, more: Partial<LessonFacts> = {}): LessonFacts => ({
  lessonId: 'rice-017',
  kind: 'farming',
  length,
  ...more,
});

export const noon = Date.parse('2026-11-20T12:00:00+08:00');

/**
 * An honest straight viewing of `[from, to)` at normal speed: begun, a checkpoint every 30 s, closed.
 */
export function viewing(
  sessionId: string,
  from: number,
  to: number,
  { startedAt = noon, bootId = 'boot-1', mono = 100 } = {},
): SessionEvidence {
  const at = (position: number): Pick<EvidenceLink, 'bootId' | 'mono'> => ({
    bootId,
    mono: mono + position - from,
  });
  const time = (position: number): number => startedAt + (position - from) * 1000;
  const links: EvidenceLink[] = [{ source: 'initialized', ...at(from), segments: [], at: time(from) }];
  let seq = 0;
  for (let position = from + 30; position < to; position += 30)
    links.push({
      source: 'checkpoint',
      ...at(position),
      segments: [{ start: from, end: position }],
      rate: 1,
      seq: ++seq,
    });
  const end = { ...at(to), segments: [{ start: from, end: to }], at: time(to) };
  links.push({ source: 'paused', ...end }, { source: 'terminated', ...end });
  return { sessionId, links };
}
