import { describe, expect, it } from 'vitest';
import {
  buildStatement,
  type Sealing,
  type SessionFacts,
} from '../../../../src/domain/statements/build-statement.ts';

const session: SessionFacts = {
  sessionId: '218f0aa0-5e0f-4732-9575-4e7ae71e5541',
  homePage: 'https://credit.example-county.gov.cn',
  person: 'p-000184',
  boxId: 'dev-7Q2KX',
  lessonId: 'rice-017',
  lessonName: { 'zh-CN': '稻飞虱的识别与防治' },
  playlist: { id: '2026-11-rice', name: { 'zh-CN': '水稻秋季管理' } },
  length: 1800,
  threshold: 0.9,
  platform: 'stb-edu-client/1.0',
  language: 'zh-CN',
};

const sealing: Sealing = {
  registration: 'cdbc8172-0538-461c-9257-869f4bb82072',
  timestamp: '2026-11-20T11:58:02.000Z',
  timeQuality: { clock: 'synced', offsetMs: -420, bootId: 'b-19', monotonicMs: 1934220 },
};

/** The context of the design's validated example, with the mode that individual viewing carries. */
const context = {
  registration: 'cdbc8172-0538-461c-9257-869f4bb82072',
  platform: 'stb-edu-client/1.0',
  language: 'zh-CN',
  contextActivities: {
    parent: [
      {
        objectType: 'Activity',
        id: 'https://credit.example-county.gov.cn/playlists/2026-11-rice',
        definition: {
          type: 'http://id.tincanapi.com/activitytype/playlist',
          name: { 'zh-CN': '水稻秋季管理' },
        },
      },
    ],
    category: [
      {
        objectType: 'Activity',
        id: 'https://w3id.org/xapi/video',
        definition: { type: 'http://adlnet.gov/expapi/activities/profile' },
      },
      {
        objectType: 'Activity',
        id: 'https://credit.example-county.gov.cn/xapi/profile/tv-credit/v1',
        definition: { type: 'http://adlnet.gov/expapi/activities/profile' },
      },
    ],
  },
  extensions: {
    'https://w3id.org/xapi/video/extensions/session-id': '218f0aa0-5e0f-4732-9575-4e7ae71e5541',
    'https://w3id.org/xapi/video/extensions/length': 1800,
    'https://w3id.org/xapi/video/extensions/completion-threshold': 0.9,
    'https://credit.example-county.gov.cn/xapi/ext/device': 'dev-7Q2KX',
    'https://credit.example-county.gov.cn/xapi/ext/mode': 'individual',
    'https://credit.example-county.gov.cn/xapi/ext/time-quality': {
      clock: 'synced',
      offsetMs: -420,
      bootId: 'b-19',
      monotonicMs: 1934220,
    },
  },
};

describe('a statement', () => {
  it('of a beginning is that of the validated example', () => {
    expect(buildStatement({ id: session.sessionId, verb: 'initialized', session }, sealing)).toEqual({
      id: '218f0aa0-5e0f-4732-9575-4e7ae71e5541',
      actor: {
        objectType: 'Agent',
        account: { homePage: 'https://credit.example-county.gov.cn/people', name: 'p-000184' },
      },
      verb: { id: 'http://adlnet.gov/expapi/verbs/initialized', display: { 'en-US': 'initialized' } },
      object: {
        objectType: 'Activity',
        id: 'https://credit.example-county.gov.cn/lessons/rice-017',
        definition: {
          type: 'https://w3id.org/xapi/video/activity-type/video',
          name: { 'zh-CN': '稻飞虱的识别与防治' },
        },
      },
      context,
      timestamp: '2026-11-20T11:58:02.000Z',
    });
  });

  const played = {
    position: 602.50049,
    progress: 0.33549,
    segments: '0[.]602.5',
    playSeconds: 611.6,
  };

  it.each([
    ['paused', 'https://w3id.org/xapi/video/verbs/paused'],
    ['terminated', 'http://adlnet.gov/expapi/verbs/terminated'],
  ] as const)('%s says where and what was played', (verb, iri) => {
    const statement = buildStatement({ id: 'x', verb, session, played }, sealing);
    expect(statement.verb.id).toBe(iri);
    expect(statement.result).toEqual({
      extensions: {
        'https://w3id.org/xapi/video/extensions/time': 602.5,
        'https://w3id.org/xapi/video/extensions/progress': 0.335,
        'https://w3id.org/xapi/video/extensions/played-segments': '0[.]602.5',
      },
    });
    expect(statement.context).toEqual(context);
  });

  it('of a completion says so, and how long it took', () => {
    const { result } = buildStatement(
      { id: 'x', verb: 'completed', session, played: { ...played, progress: 0.8999999 } },
      sealing,
    );
    expect(result).toMatchObject({ completion: true, duration: 'PT612S' });
    expect(result?.extensions?.['https://w3id.org/xapi/video/extensions/progress']).toBe(0.899);
  });

  it('has no parent when the lesson was not opened from a playlist', () => {
    const alone = { ...session, playlist: undefined };
    const { context } = buildStatement({ id: 'x', verb: 'initialized', session: alone }, sealing);
    expect(Object.keys(context?.contextActivities ?? {})).toEqual(['category']);
  });
});
