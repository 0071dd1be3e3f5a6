import { describe, expect, test } from 'vitest';
import { validateStatements } from '../../../../../src/service/xapi/statements/validate-statements.ts';

/**
 * Every rule for statements, by section of xAPI 1.0.3 Data, held against both versions and, where it may stand
 * there, against the statement in a statement too.
 */

type Json = Record<string, unknown>;
type Version = '1.0.3' | '2.0.0';

const id = '218f0aa0-5e0f-4732-9575-4e7ae71e5541';
const agent = { mbox: 'mailto:a@lms.example' };
const verb = { id: 'https://lms.example/verbs/tried' };
const activity = { id: 'https://lms.example/things/1' };
const ref = { objectType: 'StatementRef', id };
const least: Json = { actor: agent, verb, object: activity };
const sub = (more: Json = {}): Json => ({
  ...least,
  object: { ...least, ...more, objectType: 'SubStatement' },
});

const isValid = (statement: unknown, version: Version): boolean => {
  try {
    validateStatements(statement, version);
    return true;
  } catch {
    return false;
  }
};

const versions = ['1.0.3', '2.0.0'] as const;
/** In a statement and in the statement in a statement. */
const levels: [string, (more: Json) => Json][] = [
  ['statement', (more) => ({ ...least, ...more })],
  ['sub-statement', sub],
];

/** For both versions, at both levels. */
function everywhere(name: string, good: Json[], bad: Json[]): void {
  describe.each(versions)(`${name}, %s`, (version) => {
    test.each(levels)('in a %s', (_, place) => {
      for (const more of good) expect([more, isValid(place(more), version)]).toEqual([more, true]);
      for (const more of bad) expect([more, isValid(place(more), version)]).toEqual([more, false]);
    });
  });
}

const words = ['should fail', 12345, { key: 'should fail' }, null, [], ''];

describe('2.2 Formatting', () => {
  everywhere(
    'what must be there, and nothing else; keys and values in their case',
    [{}],
    [
      { actor: undefined },
      { verb: undefined },
      { object: undefined },
      { Actor: agent },
      { veRb: verb },
      { RESULT: {} },
      { conText: {} },
      { timeStamp: '2026-01-01T00:00:00Z' },
      { dummy: 'dummy' },
    ],
  );
  everywhere(
    'null only in extensions; empty objects are let through',
    [
      { object: { ...activity, definition: {} } },
      { result: {}, context: {}, verb: { ...verb, display: {} } },
      { result: { extensions: { 'http://a.example/n': null, 'http://a.example/o': {} } } },
    ],
    [
      { actor: { ...agent, name: null } },
      { verb: { ...verb, display: { 'en-US': null } } },
      { context: { registration: null } },
      { object: { ...activity, definition: { moreInfo: null } } },
      { timestamp: null },
    ],
  );
});

describe('2.4.1 Id', () => {
  test.each(versions)('is a UUID, %s', (version) => {
    expect(isValid({ ...least, id: id.toUpperCase() }, version)).toBe(true);
    for (const bad of [...words, `${id}8`, id.replace('2', 'M'), `urn:uuid:${id}`])
      expect([bad, isValid({ ...least, id: bad }, version)]).toEqual([bad, false]);
  });
});

describe('2.4.2 Actor', () => {
  const group = (more: Json): Json => ({ objectType: 'Group', ...more });
  /** Where an agent or a group may stand. */
  const places: [string, boolean, (actor: Json) => Json][] = [
    ['actor', true, (actor) => ({ actor })],
    ['object', true, (actor) => ({ object: { objectType: 'Agent', ...actor } })],
    ['instructor', true, (actor) => ({ context: { instructor: actor } })],
    ['team', false, (actor) => ({ context: { team: actor } })],
  ];
  const identifiers = [
    { mbox: 'mailto:a@lms.example' },
    { mbox_sha1sum: 'cd9b00a5611f94eaa7b1661edab976068e364975' },
    { openid: 'http://openid.example.org/12345' },
    { account: { homePage: 'http://www.example.com', name: '' } },
  ];
  const wrong: Json[] = [
    { name: 'nobody' },
    { mbox: 'http://a.example' },
    { mbox: 'mailto:a.example' },
    { mbox_sha1sum: 'x' },
    { mbox_sha1sum: { key: 1 } },
    { openid: 'ab=c://a.example' },
    { account: { name: 'a' } },
    { account: { homePage: 'http://a.example' } },
    { account: { homePage: 'ab=c://a.example', name: 'a' } },
    { account: { homePage: 'http://a.example', name: { key: 1 } } },
    { account: { homePage: 'http://a.example', name: 'a', more: 1 } },
    { ...agent, name: 1 },
    { ...agent, objectType: 'agent' },
    { ...agent, objectType: 1 },
    ...identifiers.flatMap((one, index) =>
      identifiers.slice(index + 1).map((other) => ({ ...one, ...other })),
    ),
  ];
  for (const [name, agents, place] of places) {
    if (agents)
      everywhere(
        `${name}: an agent has one identifier`,
        identifiers.map((one) => place({ ...one, objectType: 'Agent', name: 'Wu' })),
        [...wrong, { ...agent, member: [agent] }].map(place),
      );
    else everywhere(`${name}: no agent`, [], [place({ ...agent, objectType: 'Agent' }), place(agent)]);
    everywhere(
      `${name}: a group has one identifier or members`,
      [
        ...identifiers.map((one) => group(one)),
        group({ member: [agent] }),
        group({ ...agent, member: [agent] }),
      ].map(place),
      [
        ...wrong.map((one) => group({ objectType: 'Group', ...one })),
        group({ member: [] }),
        group({ member: agent }),
        group({ member: [{}] }),
        group({ member: [group({ member: [agent] })] }),
        group({ member: ['x'] }),
      ].map(place),
    );
  }
});

describe('2.4.3 Verb and 4.2 Language maps', () => {
  const tags = [
    'de',
    'cmn',
    'de-DE',
    'zh-Hant',
    'sr-Latn-RS',
    'zh-cmn-Hans-CN',
    'i-enochian',
    'x-whatever',
    'sl-rozaj-biske',
  ];
  const none = [
    'something',
    'de-419-DE',
    'a-DE',
    'ar-a-aaa-b-bbb-a-ccc',
    'zh-z-aaa-z-bbb-c-ccc',
    'a12345678',
    'zh_CN',
    '',
  ];
  const maps = (tag: string): Json[] => [
    { verb: { ...verb, display: { [tag]: 'x' } } },
    { object: { ...activity, definition: { name: { [tag]: 'x' } } } },
    { object: { ...activity, definition: { description: { [tag]: 'x' } } } },
    {
      object: {
        ...activity,
        definition: { interactionType: 'choice', choices: [{ id: 'a', description: { [tag]: 'x' } }] },
      },
    },
    { context: { contextActivities: { parent: { ...activity, definition: { name: { [tag]: 'x' } } } } } },
    { context: { language: tag } },
  ];
  everywhere('tags of languages', tags.flatMap(maps), none.flatMap(maps));
  everywhere(
    'the verb',
    [{ verb: { id: 'mailto:a@b.example' } }],
    [
      ...words.map((word) => ({ verb: word })),
      ...words.map((word) => ({ verb: { id: word } })),
      { verb: { id: 'ab=c://should.fail.com' } },
      { verb: { display: { en: 'x' } } },
      ...['x', 1, { en: 1 }].map((display) => ({ verb: { ...verb, display } })),
    ],
  );
});

describe('2.4.4 Object', () => {
  const defined = (definition: unknown): Json => ({ object: { ...activity, definition } });
  const types = [
    'true-false',
    'choice',
    'fill-in',
    'long-fill-in',
    'matching',
    'performance',
    'sequencing',
    'likert',
    'numeric',
    'other',
  ];
  const lists = ['choices', 'scale', 'source', 'target', 'steps'];
  const component = { id: 'a', description: { 'en-US': 'A' } };
  const typed = (more: Json): Json => defined({ interactionType: 'other', ...more });
  everywhere(
    'an activity',
    [
      { object: { ...activity, objectType: 'Activity' } },
      defined({ type: 'http://a.example/t', moreInfo: 'http://a.example/m' }),
      defined({ extensions: {} }),
      ...types.map((interactionType) => defined({ interactionType })),
      ...lists.map((list) => typed({ [list]: [component, { id: 'b' }] })),
      typed({ correctResponsesPattern: ['a', 'b'] }),
    ],
    [
      { object: {} },
      { object: { id: 'ab=c://should.fail.com' } },
      { object: { ...activity, objectType: 'activity' } },
      ...['x', 1].map(defined),
      ...['name', 'description', 'type', 'moreInfo', 'extensions', 'interactionType'].flatMap((key) =>
        ['x', 1, { a1234567890: 'x' }].map((value) => defined({ [key]: value })),
      ),
      ...types.map((type) => defined({ interactionType: type.toUpperCase() })),
      ...lists.flatMap((list) => [
        defined({ [list]: [component] }),
        typed({ [list]: component }),
        typed({ [list]: ['a'] }),
        typed({ [list]: [{ description: component.description }] }),
        typed({ [list]: [{ id: { test: 1 } }] }),
        typed({ [list]: [{ id: 'a', description: 'x' }] }),
        typed({ [list]: [{ id: 'a', description: { test: 'value' } }].map((one) => ({ ...one, more: 1 })) }),
        typed({ [list]: [component, component] }),
      ]),
      defined({ correctResponsesPattern: ['a'] }),
      typed({ correctResponsesPattern: 'a' }),
    ],
  );
  everywhere(
    'a reference',
    [{ object: ref }],
    [
      { object: { ...ref, objectType: 'statementref' } },
      { object: { objectType: 'StatementRef' } },
      { object: { ...ref, more: 1 } },
      ...words.map((word) => ({ object: { ...ref, id: word } })),
    ],
  );
  test.each(versions)('a statement in a statement, %s', (version) => {
    expect(isValid(sub(), version)).toBe(true);
    expect(
      isValid(sub({ object: { ...agent, objectType: 'Agent' }, timestamp: '2026-01-01T00:00:00Z' }), version),
    ).toBe(true);
    for (const more of [
      { id },
      { stored: '2026-01-01T00:00:00Z' },
      { version: '1.0.0' },
      { authority: agent },
      { object: sub().object },
    ])
      expect([more, isValid(sub(more), version)]).toEqual([more, false]);
    expect(isValid({ ...least, object: { ...least, objectType: 'substatement' } }, version)).toBe(false);
    expect(isValid({ ...least, object: least }, version)).toBe(false);
  });
  test.each(versions)('voiding (2.3.2) needs a reference, %s', (version) => {
    const voided = { id: 'http://adlnet.gov/expapi/verbs/voided' };
    expect(isValid({ ...least, verb: voided, object: ref }, version)).toBe(true);
    expect(isValid({ ...least, verb: voided }, version)).toBe(false);
    expect(isValid({ ...sub(), verb: voided }, version)).toBe(false);
  });
});

describe('2.4.5 Result, 4.6 Durations', () => {
  const durations = ['PT1H0M0.1S', 'PT16559.14S', 'P3Y1M29DT4H35M59.14S', 'P3Y', 'P4W'];
  const none = ['PA1H0M0S', 'P4W1D', 'P', 'PT', 'P1M2Y', '-PT1S', 'should fail', ''];
  const scores: Json[] = [
    { scaled: 1 },
    { scaled: -1 },
    { raw: 0.6767676 },
    { min: 1, max: 2, raw: 1 },
    { raw: -5, max: 0 },
  ];
  const wrong: Json[] = [
    { scaled: 1.01 },
    { scaled: -1.00001 },
    { raw: 2, max: 1 },
    { raw: 0, min: 1 },
    { min: 2, max: 1 },
    { max: '100' },
    { more: 1 },
  ];
  everywhere(
    'a result',
    [
      ...durations.map((duration) => ({ result: { duration } })),
      ...scores.map((score) => ({ result: { score } })),
      { result: { success: true, completion: false, response: '', extensions: {} } },
    ],
    [
      ...[...none, 5, { key: 1 }].map((duration) => ({ result: { duration } })),
      ...[...wrong, 5, 'x'].map((score) => ({ result: { score } })),
      ...['true', 1].flatMap((value) => [{ result: { success: value } }, { result: { completion: value } }]),
      ...[5, {}].map((response) => ({ result: { response } })),
      ...[5, 'x', { 'should fail': 1 }].map((extensions) => ({ result: { extensions } })),
      { result: 'x' },
    ],
  );
});

describe('2.4.6 Context', () => {
  const inContext = (contextActivities: unknown): Json => ({ context: { contextActivities } });
  everywhere(
    'a context',
    [
      {
        context: { registration: id, revision: '1', platform: 'tv', language: 'tlh', statement: ref },
      },
      ...['parent', 'grouping', 'category', 'other'].flatMap((key) => [
        inContext({ [key]: activity }),
        inContext({ [key]: [activity, activity] }),
        inContext({ [key]: [] }),
      ]),
      { context: { extensions: { 'http://a.example/e': true } } },
    ],
    [
      ...words.flatMap((word) => [{ context: { registration: word } }, { context: { statement: word } }]),
      ...['x', 1, { key: 1 }].flatMap((word) => [{ context: { instructor: word } }, inContext(word)]),
      ...[1, {}].flatMap((word) => [{ context: { revision: word } }, { context: { platform: word } }]),
      { context: { statement: { id } } },
      inContext({ parents: activity }),
      inContext({ other: [activity, { key: 'should fail' }] }),
      inContext({ other: agent }),
      inContext({ other: { ...activity, definition: { choices: [{ id: 'a' }] } } }),
      { context: { extensions: { 'should fail': 1 } } },
      { context: { key: 1 } },
      { object: ref, context: { revision: '1' } },
      { object: { ...agent, objectType: 'Agent' }, context: { platform: 'tv' } },
      { object: { ...agent, objectType: 'Group' }, context: { platform: 'tv' } },
    ],
  );
  test.each(versions)('revision and platform are not for a statement about a statement, %s', (version) => {
    expect(isValid({ ...sub(), context: { platform: 'tv' } }, version)).toBe(false);
  });

  const types = ['http://a.example/role'];
  const group = { ...agent, objectType: 'Group' };
  const of2: Json[] = [
    { contextAgents: [{ objectType: 'contextAgent', agent }] },
    { contextAgents: [{ objectType: 'contextAgent', agent, relevantTypes: types }] },
    { contextGroups: [{ objectType: 'contextGroup', group, relevantTypes: types }] },
  ];
  const never: Json[] = [
    { contextAgents: { objectType: 'contextAgent', agent } },
    { contextAgents: [{ objectType: 'Should fail', agent }] },
    { contextAgents: [{ agent }] },
    { contextAgents: [{ objectType: 'contextAgent', agent: { key: 'Should fail' } }] },
    { contextAgents: [{ objectType: 'contextAgent', agent: { ...agent, openid: 'http://a.example' } }] },
    { contextAgents: [{ objectType: 'contextAgent', agent, relevantTypes: [] }] },
    { contextAgents: [{ objectType: 'contextAgent', agent, relevantTypes: ['abc'] }] },
    { contextGroups: [{ objectType: 'contextGroup', group: agent }] },
    { contextGroups: [{ objectType: 'contextGroup', group: { objectType: 'Group' } }] },
    { contextGroups: [{ objectType: 'contextGroup', group, relevantTypes: ['abc'] }] },
    { contextGroups: [{ objectType: 'contextAgent', group }] },
  ];
  test.each(levels)('context agents and groups are of 2.0 (4.2.2.5), in a %s', (_, place) => {
    for (const context of of2) {
      expect([context, isValid(place({ context }), '2.0.0')]).toEqual([context, true]);
      expect([context, isValid(place({ context }), '1.0.3')]).toEqual([context, false]);
    }
    for (const context of never)
      expect([context, isValid(place({ context }), '2.0.0')]).toEqual([context, false]);
  });
});

describe('2.4.7 Timestamp, 2.4.8 Stored, 4.5', () => {
  const good = [
    '2013-05-18T05:32:34.804Z',
    '2008-09-15T15:53:00.601+08:00',
    '2999-01-01T00:00:00.123456789Z',
  ];
  const bad = [
    'should fail',
    '01/011/2015',
    '2008-09-15T15:53:00.601-00',
    '2008-09-15T15:53:00.601-0000',
    '2008-09-15T15:53:00.601-00:00',
    '2026-02-30T00:00:00Z',
    5,
  ];
  everywhere(
    'timestamps',
    good.map((timestamp) => ({ timestamp })),
    bad.map((timestamp) => ({ timestamp })),
  );
  test('1.0.3 takes ISO 8601, 2.0 takes RFC 3339 with its space', () => {
    const takes = (timestamp: string) => versions.map((version) => isValid({ ...least, timestamp }, version));
    expect(takes('2008-09-15 15:53:00.601+00:00')).toEqual([false, true]);
    expect(takes('2008-09-15T15:53')).toEqual([true, false]);
    expect(versions.map((version) => isValid({ ...least, stored: 'x' }, version))).toEqual([false, false]);
  });
});

describe('2.4.9 Authority', () => {
  const oauth = { account: { homePage: 'http://a.example/token', name: 'consumer' } };
  const pair = { objectType: 'Group', member: [oauth, agent] };
  test.each(versions)('is an agent or two without a name, %s', (version) => {
    for (const authority of [agent, pair]) expect(isValid({ ...least, authority }, version)).toBe(true);
    for (const authority of [
      'x',
      {},
      { ...pair, ...agent },
      { ...pair, ...oauth },
      { ...agent, objectType: 'Group' },
      { ...pair, member: [agent] },
      { ...pair, member: [oauth, agent, agent] },
      { ...pair, member: [oauth, { name: 'x' }] },
    ])
      expect([authority, isValid({ ...least, authority }, version)]).toEqual([authority, false]);
  });
});

describe('2.4.10 Version', () => {
  test.each([
    ['1.0', true, true],
    ['1.0.9', true, true],
    ['2.0.0', false, true],
    ['0.9.9', false, false],
    ['1.1.0', false, false],
    ['2.1.0', false, false],
    ['should fail', false, false],
  ])('%s', (version, first, second) => {
    expect(versions.map((spoken) => isValid({ ...least, version }, spoken))).toEqual([first, second]);
  });
});

describe('2.4.11 Attachments', () => {
  const attachment = {
    usageType: 'http://a.example/usage',
    display: { 'en-US': 'A', es: 'B' },
    contentType: 'text/plain; charset=ascii',
    length: 27,
    sha2: '495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a',
    fileUrl: 'http://over.there.com/file.txt',
  };
  const wrong: [string, unknown[]][] = [
    ['usageType', [undefined, 'should fail']],
    ['display', [undefined, 5, 'x', { something: 'x' }]],
    ['description', [5, 'x', { something: 'x' }]],
    ['contentType', [undefined, 5, 'x']],
    ['length', [undefined, '5', 1.5, -1]],
    ['sha2', [undefined, 5, '', 'should fail', attachment.sha2.slice(1)]],
    ['fileUrl', [5, 'should fail']],
    ['more', [1]],
  ];
  everywhere(
    'attachments',
    [{ attachments: [] }, { attachments: [attachment, { ...attachment, description: { 'es-MX': 'C' } }] }],
    [
      { attachments: attachment },
      { attachments: [5] },
      { attachments: ['x'] },
      ...wrong.flatMap(([key, values]) =>
        values.map((value) => ({ attachments: [{ ...attachment, [key]: value }] })),
      ),
    ],
  );
});
