import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../../../src/service/http/problems.ts';
import { validateStatements } from '../../../../../src/service/xapi/statements/validate-statements.ts';

const person = (name: string) => ({
  objectType: 'Agent',
  account: { homePage: 'https://c.example/people', name },
});
const lesson = { objectType: 'Activity', id: 'https://c.example/lessons/rice-017' };
const plain = {
  actor: person('p-1'),
  verb: { id: 'http://adlnet.gov/expapi/verbs/attended' },
  object: lesson,
};
const reference = { objectType: 'StatementRef', id: '02169e30-78b2-44cf-b820-6bce80fbd7c1' };
const session = { homePage: 'https://c.example/group-sessions', name: '3f0d' };

/** Paths of the mistakes found. */
function mistakes(body: unknown): string[] {
  try {
    validateStatements(body, '1.0.3');
    return [];
  } catch (error) {
    return ((error as Problem).errors ?? []).map(({ path }) => path);
  }
}

describe('what xAPI 1.0.3 allows is let through as it is', () => {
  test.each([
    ['the least', plain],
    [
      'a group with members',
      { ...plain, actor: { objectType: 'Group', account: session, member: [person('a'), person('b')] } },
    ],
    ['a group without an identifier', { ...plain, actor: { objectType: 'Group', member: [person('a')] } }],
    [
      'attendance of a group session',
      {
        ...plain,
        result: { completion: true, duration: 'PT1790S', score: { raw: 3, min: 0, max: 5 } },
        context: {
          registration: 'e65f3621-cd08-457f-847e-445c48c36240',
          platform: 'stb',
          language: 'zh-CN',
          instructor: person('host'),
          team: { objectType: 'Group', name: '红旗村', account: session },
          statement: reference,
          contextActivities: {
            grouping: [{ id: 'https://c.example/s/1' }],
            category: { id: 'https://w3id.org/xapi/video' },
          },
          extensions: { 'https://c.example/xapi/ext/attendance': { method: null, probes: { asked: 2 } } },
        },
        timestamp: '2026-11-20T12:33:00.000+08:00',
      },
    ],
    ['an agent as object', { ...plain, object: person('b') }],
    ['voiding', { ...plain, verb: { id: 'http://adlnet.gov/expapi/verbs/voided' }, object: reference }],
    ['a statement in a statement', { ...plain, object: { ...plain, objectType: 'SubStatement' } }],
    ['an empty batch', []],
  ])('%s', (_, body) => {
    const before = JSON.stringify(body);
    expect(mistakes(body)).toEqual([]);
    expect(JSON.stringify(body)).toBe(before);
  });
});

describe('what it forbids is named by its path', () => {
  test.each([
    ['/object/objectType', { ...plain, verb: { id: 'http://adlnet.gov/expapi/verbs/voided' } }],
    [
      '/object/object',
      { ...plain, object: { objectType: 'SubStatement', actor: person('a'), verb: plain.verb } },
    ],
    ['/object/id', { ...plain, object: { ...plain, objectType: 'SubStatement', id: reference.id } }],
    ['/object/actor', { ...plain, object: { ...plain, objectType: 'SubStatement', actor: {} } }],
    [
      '/object/object/objectType',
      {
        ...plain,
        object: {
          ...plain,
          objectType: 'SubStatement',
          object: { objectType: 'SubStatement', id: 'http://x.example' },
        },
      },
    ],
    ['/object/id', { ...plain, object: { objectType: 'StatementRef', id: 'x' } }],
    ['/actor/objectType', { ...plain, actor: { ...person('a'), objectType: 'Person' } }],
    ['/actor/member', { ...plain, actor: { objectType: 'Group' } }],
    ['/actor/member/0', { ...plain, actor: { objectType: 'Group', member: [{ name: 'x' }] } }],
    ['/context/team/objectType', { ...plain, context: { team: person('a') } }],
    ['/context/platform', { ...plain, object: person('b'), context: { platform: 'stb' } }],
    ['/result/score/raw', { ...plain, result: { score: { raw: 9, max: 5, min: 0 } } }],
    ['/result/score/min', { ...plain, result: { score: { max: 5, min: 5 } } }],
    ['/result/success', { ...plain, result: { success: 1 } }],
    ['/verb/display/zh_CN', { ...plain, verb: { ...plain.verb, display: { zh_CN: 'x' } } }],
    [
      '/context/contextActivities/parent/0/id',
      { ...plain, context: { contextActivities: { parent: [{ id: 'x' }] } } },
    ],
    ['/context/a~1b~0c', { ...plain, context: { 'a/b~c': 1 } }],
    ['/version', { ...plain, version: '2.0.0' }],
  ])('%s', (path, body) => {
    expect(mistakes(body)).toContain(path);
  });

  test('an unsafe number of mistakes is cut short', () => {
    expect(mistakes(Array(500).fill({}))).toHaveLength(20);
  });
});
