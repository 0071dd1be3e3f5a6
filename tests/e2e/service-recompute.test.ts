import fc from 'fast-check';
import { expect, test } from 'vitest';
import { v4 } from 'uuid';
import { onBothDatabases } from './credit/world.ts';
import { viewing } from './service-kit.ts';

const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

const step = fc.record({
  what: fc.constantFrom(
    'watch' as const,
    'watch' as const,
    'watch' as const,
    'void' as const,
    'correct' as const,
  ),
  lesson: fc.constantFrom('short' as const, 'long' as const, 'duty' as const),
  from: fc.integer({ min: 0, max: 500 }),
  to: fc.integer({ min: 20, max: 600 }),
  /** Seconds that pass before it is sent. */
  wait: fc.integer({ min: 0, max: 2000 }),
  /** When it is said to have begun, seconds before it is sent. */
  ago: fc.integer({ min: -100, max: 90_000 }),
  inOrder: fc.boolean(),
  half: fc.boolean(),
  boot: fc.constantFrom('boot-1', 'boot-2'),
  /** Of whatever is voided or corrected. */
  pick: fc.nat(),
});

onBothDatabases('recomputing', (world) => {
  test('whatever came in, and in which order, deciding anew gives the same ledger', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
        const box = await world().newBox();
        const { person } = box;
        const sent: { id: string; actor: unknown }[] = [];
        const registrations = { short: v4(), long: v4(), duty: v4() };
        for (const { what, lesson, from, to, wait, ago, inOrder, half, boot, pick } of steps) {
          world().pass(wait);
          const ledger = await world().ledger(person);
          if (what === 'void') {
            const target = sent[pick % Math.max(1, sent.length)];
            if (target)
              await box.post('/xapi/statements', {
                actor: target.actor,
                verb: { id: VOIDED },
                object: { objectType: 'StatementRef', id: target.id },
              });
            continue;
          }
          if (what === 'correct') {
            const entry = ledger[pick % Math.max(1, ledger.length)];
            await world().county.post('/api/v1/ledger/corrections', {
              person,
              ...(entry ? { entry: entry.id } : { lessonId: lesson }),
              seconds: (pick % 400) - 150,
              reason: 'x',
              by: 'clerk-7',
            });
            continue;
          }
          const length = lesson === 'short' ? 20 : 600;
          const session = viewing({
            person,
            lessonId: lesson,
            length,
            from: Math.min(from, length - 1),
            to: Math.min(length, Math.max(to, Math.min(from, length - 1) + 1)),
            registration: registrations[lesson],
            bootId: boot,
            mono: wait + (pick % 5000),
            startedAt: world().now() - ago * 1000,
          });
          const parts = [
            () => box.statements(session.initialized),
            () => (session.checkpoints.length > 0 ? box.checkpoints(session.checkpoints) : Promise.resolve()),
            () => box.statements([...session.completed, ...session.closing]),
          ];
          for (const part of inOrder ? parts : parts.reverse()) await part();
          if (half) await box.statements(session.closing);
          sent.push(...session.statements.map(({ id, actor }) => ({ id: id!, actor })));
        }
        world().pass(7 * 3600);
        await world().settle();
        const total = new Map<string, number>();
        for (const { lessonId, creditedSeconds } of await world().ledger(person))
          total.set(lessonId, (total.get(lessonId) ?? 0) + creditedSeconds);
        for (const seconds of total.values()) expect(seconds).toBeGreaterThanOrEqual(-0.001);
        expect(await world().differences()).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
