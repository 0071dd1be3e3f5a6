import { v4 } from 'uuid';
import { homePage, viewing, type Client } from './service-kit.ts';

/** A request that is as its route wants it. */
export interface RouteSample {
  /** With its query. */
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Whom the requests are about. */
export interface Subject {
  person: string;
  boxId: string;
}

type Operation = `${string} /${string}`;

const activity = 'https://county.example/lessons/short';

/** A valid request for every route of the OpenAPI document that somebody may call, about somebody. */
export function routeSamples({ person, boxId }: Subject): Record<Operation, RouteSample> {
  const actor = { objectType: 'Agent', account: { homePage: `${homePage}/people`, name: person } };
  const session = viewing({ person, lessonId: 'short', length: 20, to: 20 });
  const statement = session.initialized;
  const query = (path: string, values: Record<string, unknown>) => {
    const texts = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    return `${path}?${new URLSearchParams(Object.fromEntries(texts) as Record<string, string>).toString()}`;
  };
  const stateOf = { activityId: activity, agent: actor, stateId: 'where' };
  const agentProfile = { agent: actor, profileId: 'settings' };
  const activityProfile = { activityId: activity, profileId: 'notes' };
  const document = { body: { at: 12 }, headers: { 'content-type': 'application/json' } };
  const always = { ...document, headers: { ...document.headers, 'if-match': '*' } };
  const csv = { 'content-type': 'text/csv' };
  const sessionPath = `/api/v1/groups/sessions/${v4()}`;
  const secret = 'ab'.repeat(32);
  const village = `village-${v4()}`;
  return {
    'POST /api/v1/boxes': {
      path: '/api/v1/boxes',
      body: { boxId: `b-${v4()}`, boxKey: 'ab'.repeat(32), person: `v-${v4()}` },
    },
    'POST /api/v1/checkpoints': {
      path: '/api/v1/checkpoints',
      body: { checkpoints: viewing({ person, lessonId: 'long', length: 600, to: 60 }).checkpoints },
    },
    'GET /api/v1/people/{person}/study': { path: `/api/v1/people/${person}/study?year=2026` },
    'GET /api/v1/people/{person}/registrations/{registration}/why': {
      path: `/api/v1/people/${person}/registrations/${session.registration}/why?language=zh-CN`,
    },
    'GET /api/v1/ledger': { path: query('/api/v1/ledger', { person }) },
    'POST /api/v1/ledger/corrections': {
      path: '/api/v1/ledger/corrections',
      body: { person, lessonId: 'long', seconds: 60, reason: '纸质签到', by: 'staff-1', mode: 'paper' },
    },
    'GET /api/v1/forwarding': { path: '/api/v1/forwarding' },
    'POST /api/v1/forwarding/retries': { path: '/api/v1/forwarding/retries' },
    'POST /api/v1/device-authorizations/look-up': {
      path: '/api/v1/device-authorizations/look-up',
      body: { userCode: 'BCDF-GHJK' },
    },
    'POST /api/v1/device-authorizations/confirm': {
      path: '/api/v1/device-authorizations/confirm',
      body: { userCode: 'BCDF-GHJK', home: 'h1' },
    },
    'POST /api/v1/device-authorizations/deny': {
      path: '/api/v1/device-authorizations/deny',
      body: { userCode: 'BCDF-GHJK' },
    },
    'POST /api/v1/binding-cards': { path: '/api/v1/binding-cards', body: { home: 'h1', days: 2 } },
    'GET /api/v1/boxes/self': { path: '/api/v1/boxes/self' },
    'GET /api/v1/boxes/{boxId}': { path: `/api/v1/boxes/${boxId}` },
    'DELETE /api/v1/boxes/{boxId}/binding': { path: `/api/v1/boxes/${boxId}/binding` },
    'PUT /api/v1/villages/{id}': { path: `/api/v1/villages/${village}`, body: { name: '柳树村' } },
    'GET /api/v1/villages/{id}': { path: '/api/v1/villages/v1' },
    'GET /api/v1/villages': { path: '/api/v1/villages?limit=2' },
    'PUT /api/v1/branches/{id}': { path: '/api/v1/branches/b1', body: { name: '支部', village: 'v1' } },
    'GET /api/v1/branches/{id}': { path: '/api/v1/branches/b1' },
    'GET /api/v1/branches': { path: '/api/v1/branches' },
    'PUT /api/v1/homes/{id}': { path: '/api/v1/homes/h1', body: { name: '王家', village: 'v1' } },
    'GET /api/v1/homes/{id}': { path: '/api/v1/homes/h1' },
    'GET /api/v1/homes': { path: '/api/v1/homes' },
    'PUT /api/v1/rooms/{id}': { path: '/api/v1/rooms/r1', body: { name: '活动室', village: 'v1' } },
    'GET /api/v1/rooms/{id}': { path: '/api/v1/rooms/r1' },
    'GET /api/v1/rooms': { path: '/api/v1/rooms' },
    'PUT /api/v1/people/{id}': {
      path: '/api/v1/people/wang-1',
      body: { name: '王一', role: 'party-member', branch: 'b1', home: 'h1' },
    },
    'GET /api/v1/people/{id}': { path: '/api/v1/people/wang-1' },
    'GET /api/v1/people': { path: '/api/v1/people' },
    'POST /api/v1/roster/import': {
      path: '/api/v1/roster/import?dryRun=true',
      body: '类别,编号,姓名,村\n村,v1,柳树村,\n',
      headers: csv,
    },
    'GET /api/v1/roster/export': { path: '/api/v1/roster/export' },
    'PUT /api/v1/groups/sessions/{id}': { path: sessionPath, body: { room: 'r1', secret, seconds: 0 } },
    'GET /api/v1/groups/sessions/{id}': { path: sessionPath },
    'POST /api/v1/groups/sessions/{id}/record': {
      path: `${sessionPath}/record`,
      body: {
        room: 'r1',
        host: person,
        anchors: [{ seconds: 0, at: '2026-01-01T12:00:00.000Z' }],
        clock: 'synced',
        seconds: 60,
        lessons: [
          {
            lessonId: 'long',
            showing: v4(),
            length: 600,
            threshold: 0.9,
            plays: [{ start: 0, end: 40, at: 10, rate: 1 }],
          },
        ],
        attendees: [{ person, spans: [{ from: 0, to: 60 }] }],
        dismissed: [],
        expected: 1,
        guests: 0,
        asked: [],
        notes: [],
      },
    },
    'PUT /api/v1/groups/sessions/{id}/paper': {
      path: `${sessionPath}/paper`,
      body: {
        room: 'r1',
        host: person,
        startedAt: '2026-01-01T12:00:00.000Z',
        lessons: [{ lessonId: 'long', showing: v4(), minutes: 10 }],
        attendees: [person],
        guests: 0,
        sheet: '2026-1',
      },
    },
    'POST /api/v1/groups/sessions/{id}/corrections': {
      path: `${sessionPath}/corrections`,
      body: { id: v4(), reason: '漏记', add: [person], remove: [] },
    },
    'POST /api/v1/groups/sessions/{id}/minutes-link': { path: `${sessionPath}/minutes-link` },
    'POST /api/v1/box/people/{person}/record-link': { path: `/api/v1/box/people/${person}/record-link` },
    'GET /api/v1/groups/sessions/{id}/minutes': { path: `${sessionPath}/minutes` },
    'GET /api/v1/groups/records': { path: '/api/v1/groups/records?room=r1' },
    'GET /api/v1/box': { path: '/api/v1/box' },
    'DELETE /api/v1/box/binding': { path: '/api/v1/box/binding' },
    'POST /api/v1/box/people/{person}/pin-check': {
      path: `/api/v1/box/people/${person}/pin-check`,
      body: { pin: '482913' },
    },
    'PUT /api/v1/box/people/{person}/pin': {
      path: `/api/v1/box/people/${person}/pin`,
      body: { pin: '482913' },
    },
    'PUT /api/v1/people/{person}/pin': { path: `/api/v1/people/${person}/pin`, body: { pin: '482913' } },
    'DELETE /api/v1/people/{person}/pin': { path: `/api/v1/people/${person}/pin` },
    'GET /api/v1/exports/statements': { path: '/api/v1/exports/statements' },
    'GET /api/v1/exports/ledger': { path: '/api/v1/exports/ledger' },
    'GET /api/v1/exports/people': { path: '/api/v1/exports/people?branch=b1' },
    'POST /xapi/statements': { path: '/xapi/statements', body: statement },
    'PUT /xapi/statements': {
      path: query('/xapi/statements', { statementId: statement.id! }),
      body: statement,
    },
    'GET /xapi/statements': { path: query('/xapi/statements', { agent: actor }) },
    'GET /xapi/activities': { path: query('/xapi/activities', { activityId: activity }) },
    'GET /xapi/agents': { path: query('/xapi/agents', { agent: actor }) },
    'GET /xapi/activities/state': { path: query('/xapi/activities/state', stateOf) },
    'PUT /xapi/activities/state': { path: query('/xapi/activities/state', stateOf), ...document },
    'POST /xapi/activities/state': { path: query('/xapi/activities/state', stateOf), ...document },
    'DELETE /xapi/activities/state': { path: query('/xapi/activities/state', stateOf) },
    'GET /xapi/agents/profile': { path: query('/xapi/agents/profile', agentProfile) },
    'PUT /xapi/agents/profile': { path: query('/xapi/agents/profile', agentProfile), ...always },
    'POST /xapi/agents/profile': { path: query('/xapi/agents/profile', agentProfile), ...document },
    'DELETE /xapi/agents/profile': {
      path: query('/xapi/agents/profile', agentProfile),
      headers: { 'if-match': '*' },
    },
    'GET /xapi/activities/profile': { path: query('/xapi/activities/profile', activityProfile) },
    'PUT /xapi/activities/profile': { path: query('/xapi/activities/profile', activityProfile), ...always },
    'POST /xapi/activities/profile': {
      path: query('/xapi/activities/profile', activityProfile),
      ...document,
    },
    'DELETE /xapi/activities/profile': {
      path: query('/xapi/activities/profile', activityProfile),
      headers: { 'if-match': '*' },
    },
  };
}

/** Sends a sample; `client` says who does. */
export function send(client: Client, operation: string, { path, body, headers }: RouteSample) {
  return client.call<unknown>(operation.split(' ')[0]!, path, body, headers);
}
