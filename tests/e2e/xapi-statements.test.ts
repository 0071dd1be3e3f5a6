import { describe, expect, test } from 'vitest';
import { v4 } from 'uuid';
import { onBothDatabases } from './both-databases.ts';
import { homePage, newBox } from './service-kit.ts';
import { serviceOn, versions, type XapiClient } from './xapi-kit.ts';
import {
  agent,
  attachment,
  filePart,
  iri,
  multipart,
  reference,
  sha2,
  statement,
  statementPart,
  statementsOf,
  subStatement,
  voiding,
  type Sent,
} from './xapi-statement-kit.ts';

const group = (...member: Sent[]): Sent => ({ objectType: 'Group', member });

onBothDatabases('xAPI statements', (database) => {
  const lrs = serviceOn(database);

  describe.each(versions)('%s', (version) => {
    storing(lrs, version);
    finding(lrs, version);
    formats(lrs, version);
    attachments(lrs, version);
  });
  voidingAndReferences(lrs);
  homes(lrs);
});

function storing(lrs: XapiClient, version: string): void {
  const { ask, post, store, one, get } = statementsOf(lrs, version);

  describe('PUT and POST (1.0.3: 2.1.1, 2.1.2; 2.0: 4.1.6.1)', () => {
    test('POST answers with the ids, made where there was none', async () => {
      const { id, ...without } = statement();
      const answer = await post([without, { ...without, id }]);
      expect(answer.status).toBe(200);
      expect(answer.json<string[]>()[1]).toBe(id);
      expect((await one(answer.json<string[]>()[0]!)).actor).toEqual(without.actor);
    });

    test('PUT stores under the id of the address and answers 204', async () => {
      const { id, ...without } = statement();
      expect((await ask({ method: 'PUT', query: { statementId: id }, body: without })).status).toBe(204);
      expect((await one(id)).id).toBe(id);
    });

    test.each([
      ['without an id', {}, statement()],
      ['with an id that is none', { statementId: 'x' }, statement()],
      ['with another id in the statement', { statementId: v4() }, statement()],
      ['of a batch', { statementId: v4() }, [statement()]],
      ['with another parameter', { statementId: v4(), format: 'ids' }, statement({ id: undefined })],
    ])('PUT %s is 400', async (_, query, body) => {
      expect((await ask({ method: 'PUT', query, body })).status).toBe(400);
    });

    test('all of a batch or none of it', async () => {
      const good = statement();
      expect((await post([good, statement({ verb: { id: 'not an iri' } })])).status).toBe(400);
      expect((await get({ statementId: good.id })).status).toBe(404);
    });

    test('an id twice in a batch is 400, in whatever case', async () => {
      const { id, ...rest } = statement();
      expect((await post([{ id, ...rest }, statement({ id: id.toUpperCase() })])).status).toBe(400);
    });

    test('the same again changes nothing, other content is 409 and changes nothing', async () => {
      const first = statement();
      await store(first);
      expect((await post(first)).status).toBe(200);
      const query = { statementId: first.id };
      expect((await ask({ method: 'PUT', query, body: first })).status).toBe(204);
      const other = { ...first, verb: { id: iri('verbs') } };
      expect((await post(other)).status).toBe(409);
      expect((await ask({ method: 'PUT', query, body: other })).status).toBe(409);
      expect((await one(first.id)).verb).toEqual(first.verb);
    });

    test.each([
      ['application/json; charset=utf-8', 200],
      ['multipart/form-data; boundary=x', 400],
      ['text/plain', 400],
    ])('content of type %s is answered with %i', async (type, status) => {
      const headers = { 'content-type': type };
      expect((await ask({ method: 'POST', headers, body: JSON.stringify(statement()) })).status).toBe(status);
    });
  });

  describe('what the service sets (1.0.3: Data 2.4.7 to 2.4.10)', () => {
    test('stored, authority, and a timestamp if there is none, whatever the sender says of them', async () => {
      const sent = statement({
        stored: '2011-07-15T00:00:00.000Z',
        authority: { mbox: 'mailto:me@me.example' },
      });
      await store(sent);
      const { stored, authority, timestamp } = await one(sent.id);
      expect(Math.abs(Date.parse(stored!) - Date.now())).toBeLessThan(60_000);
      expect(stored).toMatch(/\.\d{3}Z$/);
      expect(timestamp).toBe(stored);
      expect(authority).toEqual({
        objectType: 'Agent',
        account: { homePage: `${homePage}/xapi/profile/tv-credit/v1`, name: 'integration:county' },
      });
    });

    test('a timestamp stays as it was sent', async () => {
      const timestamp = '2035-01-02T03:04:05.678901+08:00';
      const sent = statement({ timestamp });
      await store(sent);
      expect((await one(sent.id)).timestamp).toBe(timestamp);
    });

    test('a version stays, and without one it is the first of its line', async () => {
      const plain = statement();
      const own = statement({ version: version === '1.0.3' ? '1.0.2' : '2.0.0' });
      await store(plain, own);
      expect((await one(plain.id)).version).toBe(version === '1.0.3' ? '1.0.0' : '2.0.0');
      expect((await one(own.id)).version).toBe(own.version);
    });

    test('numbers keep their precision, texts their characters, extensions whatever they are', async () => {
      const extensions = {
        [iri('ext')]: null,
        [iri('ext')]: { '': [], b: 1e-7 },
        [iri('ext')]: '\u0000出席した🌾',
      };
      const score = { min: 0.12123434, raw: 12.125, max: 45.45, scaled: -1 };
      const sent = statement({ result: { score, extensions } });
      await store(sent);
      expect((await one(sent.id)).result).toEqual({ score, extensions });
    });

    test('single context activities come back as lists, in a statement in the statement too', async () => {
      const context = {
        contextActivities: {
          parent: { id: iri('p') },
          grouping: [{ id: iri('g') }],
          other: { id: iri('o') },
        },
      };
      const sent = statement({ context, object: subStatement({ context }) });
      expect((await post(sent)).status).toBe(200);
      const lists = {
        parent: [context.contextActivities.parent],
        grouping: context.contextActivities.grouping,
        other: [context.contextActivities.other],
      };
      const found = await one(sent.id);
      expect(found.context?.contextActivities).toEqual(lists);
      expect((found.object as unknown as { context: object }).context).toEqual({ contextActivities: lists });
    });
  });
}

function finding(lrs: XapiClient, version: string): void {
  const { ask, store, ids, get } = statementsOf(lrs, version);

  describe('GET (1.0.3: 2.1.3; 2.0: 4.1.6.1)', () => {
    test('HEAD answers as GET, without a body', async () => {
      const [id] = await store(statement());
      const { status, text, headers } = await ask({ method: 'HEAD', query: { statementId: id } });
      expect([status, text]).toEqual([200, '']);
      expect(headers.get('content-type')).toBe('application/json');
    });

    test('every answer says through when it is consistent, and one statement when it was stored', async () => {
      const [id] = await store(statement());
      const found = await get({ statementId: id });
      const { stored } = found.json<{ stored: string }>();
      expect(found.headers.get('content-type')).toBe('application/json');
      expect(found.headers.get('last-modified')).toBe(new Date(stored).toUTCString());
      for (const query of [{ statementId: id }, { statementId: v4() }, { limit: 'x' }, { limit: '1' }]) {
        const through = (await get(query)).headers.get('x-experience-api-consistent-through');
        expect(Date.parse(through!)).toBeGreaterThanOrEqual(Date.parse(stored));
      }
      const without = await ask({ headers: { 'x-experience-api-version': undefined } });
      expect(without.status).toBe(400);
      expect(without.headers.get('x-experience-api-consistent-through')).toMatch(/Z$/);
    });

    test.each([
      { agent: '{"mbox":"mailto:a@b.example"}' },
      { verb: 'http://a.example/b' },
      { activity: 'http://a.example/b' },
      { registration: '0b7ab1b6-6a6b-4c2c-9d80-d0a1f9c1f7a3' },
      { related_activities: 'true' },
      { related_agents: 'false' },
      { since: '2012-06-01T19:09:13.245Z' },
      { until: '2012-06-01T19:09:13.245Z' },
      { limit: '1' },
      { ascending: 'true' },
    ])('%j does not go with an id, but finds a list', async (query) => {
      const [id] = await store(statement());
      for (const name of ['statementId', 'voidedStatementId'])
        expect((await get({ [name]: id, ...query })).status).toBe(400);
      const list = await get(query);
      expect(list.status).toBe(200);
      expect(list.json()).toEqual({
        statements: expect.any(Array) as object,
        more: expect.any(String) as string,
      });
    });

    test.each([
      { statementId: 'x' },
      { statementId: v4(), voidedStatementId: v4() },
      { StatementId: v4() },
      { agent: 'x' },
      { agent: '{"name":"nobody"}' },
      { agent: '{"mbox":"a@b.example"}' },
      { verb: 'x y' },
      { activity: '' },
      { registration: '1' },
      { since: 'yesterday' },
      { until: '2026-02-30T00:00:00Z' },
      { limit: '-1' },
      { ascending: 'yes' },
      { related_agents: '1' },
      { attachments: 'TRUE' },
      { format: 'Exact' },
      { unknown: '1' },
    ])('%j is 400', async (query) => {
      expect((await get(query)).status).toBe(400);
    });

    test('agent: the actor, the object, members of groups; related_agents: anywhere', async () => {
      const who = agent();
      const other = group(agent(), who);
      const some = {
        actor: statement({ actor: who }),
        object: statement({ object: { objectType: 'Agent', ...who } }),
        member: statement({ actor: other }),
        memberOfObject: statement({ object: other }),
        instructor: statement({ context: { instructor: { ...who, name: 'Wu' } } }),
        team: statement({ context: { team: { ...other, mbox: agent().mbox } } }),
        inner: statement({ object: subStatement({ actor: who }) }),
        ...(version === '2.0.0'
          ? {
              contextAgent: statement({
                context: { contextAgents: [{ objectType: 'contextAgent', agent: who }] },
              }),
              contextGroup: statement({
                context: { contextGroups: [{ objectType: 'contextGroup', group: other }] },
              }),
            }
          : {}),
        none: statement(),
      };
      await store(...Object.values(some));
      const direct = [some.actor, some.object, some.member, some.memberOfObject].map(({ id }) => id);
      expect((await ids({ agent: who })).reverse()).toEqual(direct);
      const { none, ...related } = some;
      const all = await ids({ agent: who, related_agents: true, ascending: true });
      expect(all).toEqual(Object.values(related).map(({ id }) => id));
      expect(all).not.toContain(none.id);
      expect(await ids({ agent: { mbox: who.mbox.toUpperCase().replace('MAILTO', 'mailto') } })).toHaveLength(
        4,
      );
    });

    test('related_agents finds the authority', async () => {
      const [id] = await store(statement());
      const { authority } = (await get({ statementId: id })).json<{ authority: object }>();
      expect(await ids({ agent: authority, related_agents: true, limit: 1 })).toEqual([id]);
      expect(await ids({ agent: authority })).toEqual([]);
    });

    test('activity: the object; related_activities: anywhere', async () => {
      const id = iri('apples');
      const some = [
        statement({ object: { id } }),
        statement({ context: { contextActivities: { parent: { id } } } }),
        statement({ context: { contextActivities: { category: [{ id: iri('x') }, { id }] } } }),
        statement({ object: subStatement({ object: { id } }) }),
        statement({ object: subStatement({ context: { contextActivities: { other: { id } } } }) }),
      ];
      await store(...some, statement());
      expect(await ids({ activity: id })).toEqual([some[0]!.id]);
      expect(await ids({ activity: id, related_activities: true, ascending: true })).toEqual(
        some.map((one) => one.id),
      );
    });

    test('profiles that stand in every statement of a TV are found as related activities, too', async () => {
      const profile = { id: 'https://w3id.org/xapi/video' };
      const who = agent();
      const [first, second] = [1, 2].map(() =>
        statement({ actor: who, context: { contextActivities: { category: [profile] } } }),
      );
      await store(first!, second!, statement({ actor: who }));
      const query = { agent: who, activity: profile.id, related_activities: true };
      expect(await ids(query)).toEqual([second!.id, first!.id]);
    });

    test('all filters at once', async () => {
      const sent = statement({ context: { registration: v4() } });
      const context = sent.context as { registration: string };
      await store(
        sent,
        statement({ context }),
        statement({ ...sent, id: v4(), context: { registration: v4() } }),
      );
      const query = {
        agent: sent.actor,
        verb: (sent.verb as { id: string }).id,
        activity: (sent.object as { id: string }).id,
        registration: context.registration.toUpperCase(),
        related_activities: true,
        related_agents: true,
        since: '2012-06-01T19:09:13.245Z',
        until: '2999-06-01T19:09:13.245Z',
        format: 'ids',
        attachments: false,
      };
      expect(await ids(query)).toEqual([sent.id]);
      expect(await ids({ ...query, since: '2998-06-01T19:09:13.245Z' })).toEqual([]);
      expect(await ids({ ...query, until: '2012-06-01T19:09:13.245Z' })).toEqual([]);
    });

    test.each([false, true])('more leads through all pages once (ascending: %s)', async (ascending) => {
      const who = agent();
      const stored = await store(
        ...Array.from({ length: 5 }, () => statement({ context: { instructor: who } })),
      );
      const seen: string[] = [];
      let next = `/xapi/statements?${new URLSearchParams({
        agent: JSON.stringify(who),
        related_agents: 'true',
        ascending: String(ascending),
        limit: '2',
        format: 'ids',
      }).toString()}`;
      while (next !== '') {
        const answer = await lrs.ask(next.replace('/xapi', ''), { version });
        const { statements, more } = answer.json<{ statements: { id: string }[]; more: string }>();
        expect(statements.length).toBeLessThanOrEqual(2);
        seen.push(...statements.map(({ id }) => id));
        next = more;
      }
      expect(ascending ? seen : seen.reverse()).toEqual(stored);
    });

    test('texts of any length and with any characters are found again', async () => {
      const long = Array.from({ length: 200 }, () => v4()).join('');
      const names = [long, `${long}x`, '\ud800', '\udc00', '\u0000', '🌾'];
      const agents = names.map((name) => ({ account: { homePage: 'https://lms.example', name } }));
      const iris = [iri(long), iri('课程')];
      const some = iris.map((id) =>
        statement({
          actor: group(...agents),
          verb: { id },
          object: { id, definition: { name: { en: long } } },
          context: { contextActivities: { other: [{ id: iri(long) }, { id: iri(long) }] } },
        }),
      );
      await store(...some);
      for (const [index, id] of iris.entries()) {
        expect(await ids({ verb: id, agent: agents[0] })).toEqual([some[index]!.id]);
        expect(await ids({ activity: id })).toEqual([some[index]!.id]);
        const answer = await lrs.ask('/activities', { query: { activityId: id }, version });
        expect(answer.json()).toMatchObject({ id, definition: { name: { en: long } } });
      }
    });

    test('a list without matches is an empty list', async () => {
      const answer = await get({ verb: iri('never') });
      expect([answer.status, answer.json()]).toEqual([200, { statements: [], more: '' }]);
    });
  });
}

function formats(lrs: XapiClient, version: string): void {
  const { store, one, get } = statementsOf(lrs, version);
  const names = { 'en-US': 'harvest', 'en-GB': 'harvesting', 'zh-CN': '收获' };
  const activity = () => ({
    objectType: 'Activity',
    id: iri('harvest'),
    definition: { name: names, description: names, type: iri('type') },
  });
  const named = (more: Sent = {}) => {
    const inner = {
      actor: { ...agent(), name: 'Li' },
      verb: { id: iri('v'), display: names },
      object: activity(),
    };
    return statement({
      actor: { objectType: 'Agent', ...agent(), name: 'Wu' },
      verb: { id: iri('v'), display: names },
      object: { objectType: 'SubStatement', ...inner },
      context: {
        contextActivities: { category: [activity()] },
        instructor: group({ ...agent(), name: 'Zhao' }),
        team: { ...group({ ...agent(), name: 'Qian' }), ...agent() },
      },
      ...more,
    });
  };

  describe('format (1.0.3: 2.1.3)', () => {
    test('exact gives back what was sent', async () => {
      const sent = named();
      await store(sent);
      for (const query of [{}, { format: 'exact' }]) expect(await one(sent.id, query)).toMatchObject(sent);
    });

    test('ids gives only what identifies', async () => {
      const sent = named();
      await store(sent);
      const { actor, verb, object, context } = (await one(sent.id, { format: 'ids' })) as unknown as Record<
        string,
        Record<string, unknown>
      >;
      const was = sent as unknown as Record<string, Record<string, unknown>>;
      expect(actor).toEqual({ objectType: 'Agent', mbox: was.actor!.mbox });
      expect(verb).toEqual({ id: was.verb!.id });
      const inner = was.object as unknown as { actor: Sent; verb: Sent; object: Sent };
      expect(object).toEqual({
        objectType: 'SubStatement',
        actor: { mbox: inner.actor.mbox },
        verb: { id: inner.verb.id },
        object: { id: inner.object.id },
      });
      const team = was.context!.team as Sent;
      const instructor = was.context!.instructor as { member: Sent[] };
      const { category } = was.context!.contextActivities as { category: Sent[] };
      expect(context).toEqual({
        contextActivities: { category: [{ id: category[0]!.id }] },
        instructor: { objectType: 'Group', member: [{ mbox: instructor.member[0]!.mbox }] },
        team: { objectType: 'Group', mbox: team.mbox },
      });
    });

    test.each([
      ['en-GB', 'en-GB'],
      ['zh-CN, en;q=0.5', 'zh-CN'],
      ['fr, en-US;q=0.1', 'en-US'],
      ['fr', 'en-US'],
    ])('canonical gives one language: %s gets %s', async (asked, got) => {
      const sent = named();
      await store(sent);
      const answer = await get({ statementId: sent.id, format: 'canonical' }, { 'accept-language': asked });
      const only = { [got]: names[got as keyof typeof names] };
      const { verb, object, context, actor } = answer.json<Record<string, Record<string, unknown>>>();
      expect(verb!.display).toEqual(only);
      expect(object).toMatchObject({ verb: { display: only }, object: { definition: { name: only } } });
      const { category } = context!.contextActivities as { category: { definition: object }[] };
      expect(category[0]!.definition).toMatchObject({ name: only, description: only });
      expect(actor).toEqual(sent.actor);
    });

    test('canonical and the Activities resource put together what was said of an activity', async () => {
      const first = activity();
      const more = {
        ...first,
        definition: { name: { fr: 'récolte' }, moreInfo: 'https://lms.example/more' },
      };
      const [id] = await store(statement({ object: first }), statement({ object: more }));
      const known = {
        ...first.definition,
        name: { ...names, fr: 'récolte' },
        moreInfo: more.definition.moreInfo,
      };
      const query = { activityId: first.id };
      expect((await lrs.ask('/activities', { query, version })).json()).toEqual({
        ...first,
        definition: known,
      });
      const { object } = (
        await get({ statementId: id, format: 'canonical' }, { 'accept-language': 'fr' })
      ).json<{
        object: { definition: object };
      }>();
      expect(object.definition).toMatchObject({
        name: { fr: 'récolte' },
        moreInfo: 'https://lms.example/more',
      });
    });
  });
}

function attachments(lrs: XapiClient, version: string): void {
  const { ask, post, one, get, multipart: send } = statementsOf(lrs, version);
  const text = 'here is a simple attachment';
  const address = { fileUrl: 'http://over.there.example/file.txt' };
  const withFile = (content = text, more: Sent = {}) =>
    statement({ attachments: [attachment(content, more)] });

  describe('attachments (1.0.3: Data 2.4.11, Communication 1.5; 2.0: 4.1.3)', () => {
    test('a file at an address needs no file; one without an address does', async () => {
      expect((await post(withFile(text, address))).status).toBe(200);
      expect((await post(withFile())).status).toBe(400);
      expect((await send([statementPart(withFile(text, address))])).status).toBe(200);
      expect((await send([statementPart(statement())])).status).toBe(200);
    });

    test('files come back with their statements, once each, only when asked for', async () => {
      const octets = Buffer.from(Array.from({ length: 600 }, (_, index) => index % 256));
      const sent = statement({
        attachments: [
          attachment(text),
          attachment(text, address),
          attachment(octets, { contentType: 'image/png' }),
          attachment('elsewhere', address),
        ],
      });
      expect((await send([statementPart(sent), filePart(text), filePart(octets)])).status).toBe(200);
      expect((await one(sent.id)).attachments).toEqual(sent.attachments);
      expect((await get({ statementId: sent.id, attachments: false })).headers.get('content-type')).toBe(
        'application/json',
      );
      const answer = await get({ statementId: sent.id, attachments: true });
      const [, boundary] = /^multipart\/mixed; boundary=([\w-]+)$/.exec(answer.headers.get('content-type')!)!;
      const [before, first, ...files] = answer.bytes.toString('latin1').split(`--${boundary!}`);
      expect([before, files.pop()]).toEqual(['', '--\r\n']);
      const [head, json] = first!.split('\r\n\r\n');
      expect(head).toBe('\r\nContent-Type: application/json');
      expect(JSON.parse(json!)).toMatchObject({ id: sent.id });
      const expected = [
        ['image/png', octets],
        ['text/plain', Buffer.from(text)],
      ] as const;
      expect(files.sort()).toEqual(
        expected
          .map(
            ([type, content]) =>
              `\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: ${sha2(content)}\r\n\r\n${content.toString('latin1')}\r\n`,
          )
          .sort(),
      );
      const list = await get({ agent: sent.actor, attachments: true });
      expect(list.headers.get('content-type')).toMatch(/^multipart\/mixed/);
      expect(list.text).toContain(text);
    });

    test('a statement does not lend its hash: only those that brought a file give it back', async () => {
      expect((await send([statementPart(withFile()), filePart(text)])).status).toBe(200);
      const other = withFile(text, address);
      expect((await post(other)).status).toBe(200);
      const answer = await get({ statementId: other.id, attachments: true });
      expect(answer.text).not.toContain(text);
    });

    test('PUT takes files too; a preamble and a quoted boundary are no matter', async () => {
      const sent = withFile();
      const answer = await ask({
        method: 'PUT',
        query: { statementId: sent.id },
        headers: { 'content-type': 'multipart/mixed; boundary="a b"' },
        body: multipart([statementPart(sent), filePart(text)], 'a b', '\r\n'),
      });
      expect(answer.status).toBe(204);
    });

    test.each(['sha224', 'sha384', 'sha512'])('%s is a SHA-2, too', async (algorithm) => {
      const hash = sha2(text, algorithm);
      const sent = withFile(text, { sha2: hash });
      const file = filePart(text, { 'X-Experience-API-Hash': hash.toUpperCase() });
      expect((await send([statementPart(sent), file])).status).toBe(200);
    });

    const json = statementPart(withFile());
    const plain = { ...json, headers: { 'Content-Type': 'text/plain' } };
    const hash = 'X-Experience-API-Hash';
    test.each([
      ['no part', []],
      ['the first part is not JSON', [plain, filePart(text)]],
      ['the first part is not readable', [{ ...json, content: '{' }, filePart(text)]],
      ['statements in two parts', [json, statementPart(statement()), filePart(text)]],
      ['no file', [json]],
      ['a file that nothing names', [json, filePart(text), filePart('more')]],
      [
        'a file without a hash',
        [json, { ...filePart(text), headers: { 'Content-Transfer-Encoding': 'binary' } }],
      ],
      ['a file under another hash', [json, filePart(text, { [hash]: sha2('more') })]],
      ['a file with other content', [json, filePart('more', { [hash]: sha2(text) })]],
      ['a file in another encoding', [json, filePart(text, { 'Content-Transfer-Encoding': 'base64' })]],
    ])('%s: 400', async (_, parts) => {
      const answer = await send(parts);
      expect([answer.status, typeof answer.json<{ code: string }>().code]).toEqual([400, 'string']);
    });

    test.each([
      ['no boundary', 'multipart/mixed;', multipart([json, filePart(text)], 'abc')],
      ['another boundary', 'multipart/mixed; boundary=xyz', multipart([json, filePart(text)], 'abc')],
      ['no end', 'multipart/mixed; boundary=abc', multipart([json, filePart(text)], 'abc').subarray(0, -2)],
      ['nothing', 'multipart/mixed; boundary=abc', Buffer.from('')],
      ['form data', 'multipart/form-data; boundary=abc', multipart([json, filePart(text)], 'abc')],
    ])('%s: 400', async (_, type, body) => {
      expect((await ask({ method: 'POST', headers: { 'content-type': type }, body })).status).toBe(400);
    });

    test('a signed statement is checked before it is stored', async () => {
      const sent = statement();
      const encoded = (value: object | string) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const signed = async (alg: string, payload: object | string) => {
        const jws = `${encoded({ alg })}.${encoded(payload)}.c2lnbmF0dXJl`;
        const signature = attachment(jws, {
          usageType: 'http://adlnet.gov/expapi/attachments/signature',
          contentType: 'application/octet-stream',
        });
        const file = filePart(jws, { 'Content-Type': 'application/octet-stream' });
        return (await send([statementPart({ ...sent, attachments: [signature] }), file])).status;
      };
      expect(await signed('HS256', sent)).toBe(400);
      expect(await signed('RS256', 'x')).toBe(400);
      expect(await signed('RS256', statement())).toBe(400);
      expect(await signed('RS256', sent)).toBe(200);
    });

    test('a file that is too large is 413', async () => {
      const large = Buffer.alloc(6 * 1024 * 1024);
      expect((await send([statementPart(withFile('x')), filePart(large)])).status).toBe(413);
    });
  });
}

function voidingAndReferences(lrs: XapiClient): void {
  const { store, post, get, ids } = statementsOf(lrs);

  describe('voiding (1.0.3: Data 2.3.2, Communication 2.1.4)', () => {
    test('a voided statement is found only as such; what refers to it is found', async () => {
      const gone = statement();
      const taker = voiding(gone.id);
      const verb = gone.verb;
      const refers = statement({ verb, object: reference(gone.id) });
      await store(gone);
      await store(taker);
      await store(refers);
      expect((await get({ statementId: gone.id })).status).toBe(404);
      const found = await get({ voidedStatementId: gone.id });
      expect([found.status, found.json<{ id: string }>().id]).toEqual([200, gone.id]);
      expect((await get({ voidedStatementId: gone.id, format: 'ids', attachments: true })).status).toBe(200);
      expect((await get({ voidedStatementId: refers.id })).status).toBe(404);
      const query = { verb: (verb as { id: string }).id };
      expect(await ids(query)).toEqual([refers.id, taker.id]);
      expect(await ids({ ...query, limit: 1 })).toEqual([refers.id]);
      expect(await ids({ ...query, since: '2012-06-01T19:09:13.245Z' })).toHaveLength(2);
      expect(await ids({ agent: gone.actor })).toEqual([refers.id, taker.id]);
    });

    test('the voiding one may come first, or in the same batch', async () => {
      const later = statement();
      await store(voiding(later.id));
      await store(later);
      const together = statement();
      await store(voiding(together.id.toUpperCase()), together);
      for (const { id } of [later, together]) {
        expect((await get({ statementId: id })).status).toBe(404);
        expect((await get({ voidedStatementId: id })).status).toBe(200);
      }
    });

    test('a voiding statement cannot be voided, whichever comes first', async () => {
      const gone = statement();
      const first = voiding(gone.id);
      await store(gone, first);
      await store(voiding(first.id));
      const second = voiding(v4());
      await store(voiding(second.id));
      await store(second);
      for (const { id } of [first, second]) expect((await get({ statementId: id })).status).toBe(200);
      expect((await get({ statementId: gone.id })).status).toBe(404);
    });

    test('only a reference can be voided', async () => {
      expect((await post(statement({ verb: voiding('').verb }))).status).toBe(400);
    });
  });

  describe('filters and references (1.0.3: Communication 2.1.3)', () => {
    test('are followed over any number of steps, in whatever order they came, and in circles', async () => {
      const [end, round] = [statement(), v4()];
      const near = statement({ object: reference(end.id) });
      const far = statement({ object: reference(near.id) });
      const circle = statement({ id: round, object: reference(round) });
      await store(far, near, circle);
      await store(end);
      const query = { activity: (end.object as { id: string }).id };
      expect(await ids({ ...query, ascending: true })).toEqual([far.id, near.id, end.id]);
      expect(await ids({ verb: (circle.verb as { id: string }).id })).toEqual([round]);
      expect(await ids({ ...query, verb: (end.verb as { id: string }).id })).toHaveLength(3);
      expect(await ids({ ...query, verb: (far.verb as { id: string }).id })).toEqual([]);
    });
  });
}

function homes(lrs: XapiClient): void {
  describe('a box and the records of other homes', () => {
    const person = (name: string) => ({ account: { homePage: `${homePage}/people`, name } });

    test('what it finds is its own, whatever else it is about', async () => {
      const box = await newBox(lrs.url);
      const own = { ...person(box.person) };
      const { store } = statementsOf(lrs);
      const mine = statement({ actor: own, verb: { id: iri('verbs') } });
      const foreign = statement({ actor: person(`v-${v4()}`), context: { instructor: own } });
      const referring = statement({ actor: own, object: reference(foreign.id) });
      await store(mine, foreign, referring);
      const found = async (query: Sent) => {
        const params = new URLSearchParams(
          Object.entries(query).map(([name, value]) => [
            name,
            typeof value === 'string' ? value : JSON.stringify(value),
          ]),
        );
        const { status, body } = await box.get<{ statements: { id: string }[] }>(
          `/xapi/statements?${params.toString()}`,
        );
        return status === 200 ? body.statements.map(({ id }) => id) : status;
      };
      expect(await found({})).toEqual([referring.id, mine.id]);
      expect(await found({ related_agents: true })).toEqual([referring.id, mine.id]);
      expect(await found({ agent: own, related_agents: true })).toEqual([referring.id, mine.id]);
      expect(await found({ agent: foreign.actor, related_agents: true })).toBe(403);
      expect(await found({ verb: (foreign.verb as { id: string }).id })).toEqual([]);
      expect(await found({ statementId: foreign.id })).toBe(403);
    });

    test('it voids its own, not those of others', async () => {
      const box = await newBox(lrs.url);
      const { store } = statementsOf(lrs);
      const actor = person(box.person);
      const mine = statement({ actor });
      const foreign = statement({ actor: person(`v-${v4()}`) });
      await store(mine, foreign);
      const send = async (body: object) => (await box.post('/xapi/statements', body)).status;
      expect(await send(voiding(foreign.id, { actor }))).toBe(403);
      expect(await send(voiding(mine.id, { actor }))).toBe(200);
      expect((await box.get(`/xapi/statements?statementId=${mine.id}`)).status).toBe(404);
      expect((await box.get(`/xapi/statements?voidedStatementId=${mine.id}`)).status).toBe(200);
    });
  });
}
