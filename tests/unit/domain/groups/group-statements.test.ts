import { describe, expect, it } from 'vitest';
import {
  groupStatements,
  type AttendanceClaim,
  type GroupFacts,
} from '../../../../src/domain/groups/group-statements.ts';
import { ownExtension, verbIris, videoExtensionIris } from '../../../../src/domain/statements/iris.ts';
import { registrationId } from '../../../../src/domain/watching/registration.ts';
import { validateStatements } from '../../../../src/service/xapi/statements/validate-statements.ts';

const facts: GroupFacts = {
  homePage: 'https://county.example',
  sessionId: '3f0d7c0e-6a5e-4a6c-9a35-0f6b0a6f2c11',
  name: { 'zh-CN': '红旗村党员活动室 2026-11-20' },
  mode: 'group',
  host: 'p-000021',
  boxId: 'dev-7Q2KX',
  anchors: [{ seconds: 0, at: '2026-11-20T11:55:00.000Z' }],
  guests: 5,
  platform: 'service/1',
  language: 'zh-CN',
  yearOf: () => 2026,
};
const showing = {
  lessonId: 'rice-017',
  lessonName: { 'zh-CN': '稻飞虱的识别与防治' },
  showing: '02169e30-78b2-44cf-b820-6bce80fbd7c1',
  length: 1800,
  threshold: 0.9,
  plays: [{ start: 0, end: 1800, at: 180, rate: 1 }],
};
const stays = {
  person: 'p-000184',
  spans: [{ from: 10, to: 2000 }],
  method: 'code',
  since: 20,
  online: true,
} as const;
const late = {
  person: 'p-000185',
  spans: [{ from: 1080, to: 2000 }],
  method: 'roster',
  since: 0,
  online: true,
} as const;

const claimOf = (
  statement: { context?: { extensions?: Record<string, unknown> } } | undefined,
): AttendanceClaim => ownExtension(statement?.context?.extensions, 'attendance') as AttendanceClaim;

describe('the statements of a group session', () => {
  const [opening, one, two, closing] = groupStatements(facts, showing, [stays, late]);

  it('are valid xAPI, and the same each time', () => {
    const all = [opening, one, two, closing];
    expect(() => validateStatements(all, '1.0.3')).not.toThrow();
    expect(groupStatements(facts, showing, [stays, late])).toEqual(all);
  });

  it('say who was there by opaque accounts only, the team without its members', () => {
    expect(opening!.id).toBe(showing.showing);
    expect(opening!.actor.member).toHaveLength(2);
    expect(one!.context!.team).toEqual({
      objectType: 'Group',
      name: '红旗村党员活动室 2026-11-20',
      account: { homePage: 'https://county.example/group-sessions', name: facts.sessionId },
    });
    expect(one!.context!.instructor!.account!.name).toBe('p-000021');
    expect(one!.context!.statement).toEqual({ objectType: 'StatementRef', id: showing.showing });
    expect(one!.context!.registration).toBe(registrationId('p-000184', 'rice-017', '2026'));
  });

  it('give each what was shown while they were there, and claim no more', () => {
    expect(one!.verb.id).toBe(verbIris.completed);
    expect(one!.result!.extensions![videoExtensionIris.playedSegments]).toBe('0[.]1800');
    expect(two!.verb.id).toBe(verbIris.terminated);
    expect(two!.result!.completion).toBeUndefined();
    expect(two!.result!.extensions![videoExtensionIris.playedSegments]).toBe('900[.]1800');
    expect(claimOf(two)).toMatchObject({
      method: 'roster',
      from: 1080,
      to: 1980,
      checkIn: '2026-11-20T12:13:00.000Z',
      checkOut: '2026-11-20T12:28:00.000Z',
      evidence: 'C',
      attendees: 2,
      guests: 5,
    });
  });

  it('grade a code by who saw it, and only from when it was taken', () => {
    const grade = (change: object): string =>
      claimOf(groupStatements(facts, showing, [{ ...stays, ...change }])[1]).evidence;
    expect(grade({})).toBe('A');
    expect(grade({ online: false })).toBe('B');
    expect(grade({ since: 600 })).toBe('C');
    expect(grade({ method: 'roster' })).toBe('C');
  });

  it('leave out who saw nothing, and a lesson that was not shown', () => {
    const gone = { ...late, spans: [{ from: 1990, to: 2000 }] };
    expect(groupStatements(facts, showing, [stays, gone])).toHaveLength(3);
    expect(groupStatements(facts, { ...showing, plays: [] }, [stays])).toEqual([]);
  });
});
