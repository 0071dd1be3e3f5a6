import { describe, expect, test } from 'vitest';
import { v4 } from 'uuid';
import type { LedgerEntry } from '../../src/domain/credit/study-year.ts';
import { onBothDatabases } from './credit/world.ts';
import { viewing } from './service-kit.ts';

const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

interface Why {
  language: string;
  status: string;
  summary: string;
  reasons: { rule: string; passed: boolean; figure: number; limit: number; text: string; next?: string }[];
}

onBothDatabases('the ledger', (world) => {
  /** A box whose person has watched the long lesson, or part of it. */
  const watched = async (to = 600) => {
    const box = await world().newBox();
    world().pass(3600);
    const startedAt = world().now() - to * 1000;
    const session = viewing({ person: box.person, lessonId: 'long', length: 600, to, startedAt });
    await box.statements(session.initialized);
    await box.checkpoints(session.checkpoints);
    await box.statements([...session.completed, ...session.closing]);
    return { box, session, entries: await world().ledger(box.person) };
  };
  const correct = (correction: object) =>
    world().county.post<LedgerEntry & { code: string }>('/api/v1/ledger/corrections', correction);

  describe('corrections', () => {
    test('add to and take from an entry, with a reason and who decided', async () => {
      const { box, entries } = await watched();
      const [first] = entries;
      const correction = {
        id: v4(),
        person: box.person,
        entry: first!.id,
        seconds: -200,
        reason: '重复登记',
        by: 'clerk-7',
      };
      const { status, body } = await correct(correction);
      expect([status, body]).toEqual([
        201,
        expect.objectContaining({
          id: correction.id,
          lessonId: 'long',
          registration: first!.registration,
          creditedSeconds: -200,
          hours: -0.0741,
          evidence: 'C',
          corrects: first!.id,
          correction: { kind: 'person', reason: '重复登记', by: 'clerk-7' },
        }),
      ]);
      // Again is harmless; other content under its id is not taken.
      expect((await correct(correction)).status).toBe(200);
      expect(await correct({ ...correction, seconds: 5 })).toMatchObject({
        status: 409,
        body: { code: 'correction-conflict' },
      });
      expect(await world().credited(box.person)).toBe(400);
      // Late evidence of what counts already does not undo it.
      await box.statements(
        viewing({
          person: box.person,
          lessonId: 'long',
          length: 600,
          to: 600,
          registration: first!.registration,
          bootId: 'late',
        }).statements,
      );
      expect(await world().credited(box.person)).toBe(400);
      expect((await box.study(box.person, new Date(first!.at).getUTCFullYear())).total.seconds).toBe(400);
    });

    test('never leave a lesson with less than nothing', async () => {
      const { box, entries } = await watched();
      const more = { person: box.person, reason: 'x', by: 'clerk-7' };
      expect(await correct({ ...more, entry: entries[0]!.id, seconds: -601 })).toMatchObject({
        status: 422,
        body: { code: 'takes-too-much' },
      });
      expect((await correct({ ...more, lessonId: 'short', seconds: -1 })).status).toBe(422);
      expect((await correct({ ...more, seconds: 1 })).body.code).toBe('no-lesson');
      expect((await correct({ ...more, entry: v4(), seconds: 1 })).body.code).toBe('no-such-entry');
      expect((await correct({ person: box.person, lessonId: 'short', seconds: 1 })).status).toBe(400);
      expect(await world().ledger(box.person)).toEqual(entries);
    });

    test('what somebody entered from paper does not count again when it is watched', async () => {
      const box = await world().newBox();
      world().pass(3600);
      const paper = { person: box.person, lessonId: 'long', seconds: 600, reason: '纸质签到', by: 'clerk-7' };
      expect((await correct(paper)).body).toMatchObject({ mode: 'paper', corrects: null });
      const session = viewing({
        person: box.person,
        lessonId: 'long',
        length: 600,
        to: 600,
        startedAt: world().now() - 700_000,
      });
      await box.statements(session.statements);
      expect(await world().credited(box.person)).toBe(600);
    });
  });

  describe('weak evidence', () => {
    test('a lesson that the catalogue does not know counts as evidence C, and recomputes so', async () => {
      const box = await world().newBox();
      world().pass(3600);
      const session = viewing({
        person: box.person,
        lessonId: 'nobody-knows-it',
        length: 600,
        to: 600,
        startedAt: world().now() - 700_000,
      });
      await box.statements(session.statements);
      const [entry] = await world().ledger(box.person);
      expect(entry).toMatchObject({ evidence: 'C', creditedSeconds: 600 });
      expect(entry!.rules).toContainEqual({ rule: 'catalogue', passed: false, figure: 0, limit: 1 });
      expect(entry!.review).toBeUndefined();
    });

    test('above a share of the year is under review, counts all the same, and says why in both languages', async () => {
      const { box, session, entries } = await watched();
      const paper = { person: box.person, reason: '纸质签到', by: 'clerk-7' };
      const before = new Date(world().now() - 7_200_000).toISOString();
      expect((await correct({ ...paper, lessonId: 'short', seconds: 7000, at: before })).status).toBe(201);
      const year = new Date(world().now()).getUTCFullYear();
      expect((await box.study(box.person, year)).entries.filter(({ review }) => review)).toEqual([]);
      const { body: much } = await correct({ ...paper, entry: entries[0]!.id, seconds: 1000 });
      const study = await box.study(box.person, year);
      expect(study.total.seconds).toBe(8600);
      const looked = study.entries.filter(({ review }) => review);
      expect(looked.map(({ id }) => id)).toEqual([much.id]);
      expect(looked[0]!.review!.limit).toBe(0.25);
      expect(looked[0]!.review!.reason!['zh-CN']).toContain('93%');
      expect(looked[0]!.review!.reason!.en).toContain('Under review');
      const path = `/api/v1/people/${box.person}/registrations/${session.registration}/why?language=`;
      for (const language of ['zh-CN', 'en'] as const)
        expect((await box.get<{ review: string }>(path + language)).body.review).toBe(
          looked[0]!.review!.reason![language],
        );
    });
  });

  describe('voids', () => {
    const voidIt = (actor: unknown, id: string) =>
      world().county.post('/xapi/statements', {
        actor,
        verb: { id: VOIDED },
        object: { objectType: 'StatementRef', id },
      });

    test.each(['initialized', 'completed'] as const)('of "%s" take back its session', async (verb) => {
      const { box, session, entries } = await watched();
      const target = verb === 'initialized' ? session.initialized : session.completed[0]!;
      expect((await voidIt(target.actor, target.id!)).status).toBe(200);
      expect(await world().ledger(box.person)).toMatchObject([
        { creditedSeconds: 600 },
        {
          creditedSeconds: -600,
          corrects: entries[0]!.id,
          correction: { kind: 'void', reason: target.id },
        },
      ]);
      const year = new Date(entries[0]!.at).getUTCFullYear();
      expect((await box.study(box.person, year)).lessons[0]).toMatchObject({ status: 'in-progress' });
    });

    test('of what other evidence bears out take nothing', async () => {
      const { box, session } = await watched();
      await voidIt(session.initialized.actor, session.closing[0]!.id!);
      expect(await world().credited(box.person)).toBe(600);
    });
  });

  describe('why did this not count?', () => {
    const why = async (
      person: string,
      registration: string,
      headers: Record<string, string> = {},
      query = '',
    ) =>
      world().county.call<Why>(
        'GET',
        `/api/v1/people/${person}/registrations/${registration}/why${query}`,
        undefined,
        headers,
      );

    test('in Chinese and English, what stands against it first, and what to do', async () => {
      const { box, session } = await watched(300);
      const { body, headers } = await why(box.person, session.registration, {
        'accept-language': 'zh-CN,zh;q=0.9',
      });
      expect([body.language, headers.get('content-language')]).toEqual(['zh-CN', 'zh-CN']);
      expect(body.summary).toBe('这一课还没有看够，暂时没有计学时。');
      expect(body.reasons[0]).toEqual({
        rule: 'coverage',
        passed: false,
        figure: 0.5,
        limit: 0.9,
        text: '看了全课的 50%，要求看满 90%。',
        next: '从没看过的地方接着看，看够就会计上，前面看的都算数。',
      });
      const english = (await why(box.person, session.registration, {}, '?language=en')).body;
      expect(english.reasons[0]!.text).toBe('50% of the lesson was watched; 90% is asked for.');
      expect(english.reasons.map(({ rule }) => rule).sort()).toEqual(
        body.reasons.map(({ rule }) => rule).sort(),
      );
      expect(JSON.stringify([body, english])).not.toMatch(/\{\{|undefined|NaN|rules\./);
    });

    test('of a lesson that counts, how much', async () => {
      const { box, session } = await watched();
      const { body } = await why(box.person, session.registration, {}, '?language=en');
      expect(body).toMatchObject({ status: 'credited', summary: 'This lesson counts 0.2 study hours.' });
      expect(body.reasons.every(({ passed, next }) => passed && next === undefined)).toBe(true);
    });

    test('only to its own home, and only of what is known', async () => {
      const { box, session } = await watched(30);
      const stranger = await world().newBox();
      const path = `/api/v1/people/${box.person}/registrations/${session.registration}/why`;
      expect((await stranger.get(path)).status).toBe(403);
      expect((await box.get(path)).status).toBe(200);
      expect((await why(box.person, v4())).status).toBe(404);
      expect((await why(box.person, 'x')).status).toBe(400);
    });
  });
});
