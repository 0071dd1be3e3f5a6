import { describe, expect, it } from 'vitest';
import { newOutbox, outbox, type OutboxEvent, type OutboxState } from '../../../../src/tv/study/outbox.ts';
import type { OutboxRow } from '../../../../src/tv/study/rows.ts';
import type { SessionFacts } from '../../../../src/domain/statements/build-statement.ts';

const session: SessionFacts = {
  sessionId: 's',
  homePage: 'https://c.example',
  person: 'v-1',
  boxId: 'b-1',
  lessonId: 'rice',
  lessonName: { 'zh-CN': '水稻' },
  length: 100,
  threshold: 0.9,
  platform: 'tv',
  language: 'zh-CN',
};
const played = { position: 1, progress: 0.01, segments: '0[.]1', playSeconds: 1 };

let order = 0;
function statement(
  id: string,
  verb: 'initialized' | 'paused' | 'completed' | 'terminated' = 'paused',
  extra: Partial<OutboxRow> = {},
): OutboxRow {
  const stamp = { bootId: 'now', mono: order, box: 0 };
  return {
    id,
    order: ++order,
    stamp,
    begun: stamp,
    sealed: `{"id":"${id}"}`,
    bytes: 1000,
    kind: 'statement',
    draft: { id, verb, session, played },
    ...extra,
  } as OutboxRow;
}
function checkpoint(id: string, extra: Partial<OutboxRow> = {}): OutboxRow {
  return { ...statement(id), kind: 'checkpoint', draft: {}, ...extra } as OutboxRow;
}
const earlier = { bootId: 'before', mono: 1, box: 0 };

function box(...rows: OutboxRow[]): OutboxState {
  return { ...newOutbox('now'), registered: true, rows };
}
function after(state: OutboxState, ...events: OutboxEvent[]): ReturnType<typeof outbox> {
  return events.reduce<ReturnType<typeof outbox>>((step, event) => outbox(step.state, event), {
    state,
    effects: [],
  });
}
const wake = (at = 1000): OutboxEvent => ({ type: 'woken', at });
const answer = (
  ids: string[],
  status: number,
  extra: Partial<Extract<OutboxEvent, { type: 'answered' }>> = {},
): OutboxEvent => ({ type: 'answered', at: 1000, ids, status, detail: 'why', random: 0.5, ...extra });
const ids = (rows: readonly OutboxRow[]): string[] => rows.map(({ id }) => id);
const many = (count: number, make: (id: string) => OutboxRow): OutboxRow[] =>
  Array.from({ length: count }, (_, index) => make(`r${index}`));

describe('what goes when', () => {
  it('nothing leaves before the box is registered, and nothing is asked for without need', () => {
    expect(after(newOutbox('now'), wake()).effects).toEqual([]);
    const step = after(newOutbox('now'), { type: 'added', rows: [statement('a')] }, wake());
    expect(step.effects).toEqual([{ type: 'register' }]);
    expect(after(step.state, wake()).effects).toEqual([]);
    expect(after(step.state, { type: 'registered' }, wake()).effects).toEqual([
      { type: 'send', kind: 'statement', ids: ['a'] },
    ]);
  });

  it('an unsealed row first gets the time', () => {
    const row = statement('a', 'paused', { sealed: undefined });
    expect(after(box(row), wake()).effects).toEqual([{ type: 'register' }]);
  });

  it('one request is in flight', () => {
    const { state } = after(box(statement('a')), wake());
    expect(after(state, { type: 'added', rows: [statement('b')] }, wake()).effects).toEqual([]);
  });

  it('beginnings first, then checkpoints, then the rest', () => {
    const rows = [checkpoint('c1'), statement('end', 'terminated'), statement('begin', 'initialized')];
    const first = after(box(...rows), wake());
    expect(first.effects).toEqual([{ type: 'send', kind: 'statement', ids: ['begin'] }]);
    const second = after(first.state, answer(['begin'], 200, { taken: ['begin'] }), wake());
    expect(second.effects).toEqual([{ type: 'send', kind: 'checkpoint', ids: ['c1'] }]);
    const third = after(second.state, answer(['c1'], 200, { taken: ['c1'] }), wake());
    expect(third.effects).toEqual([{ type: 'send', kind: 'statement', ids: ['end'] }]);
  });

  it('checkpoints alone go every 60 s, with a statement at once', () => {
    const { state } = after(box(checkpoint('c1')), wake(1000), answer(['c1'], 200, { taken: ['c1'] }), {
      type: 'added',
      rows: [checkpoint('c2')],
    });
    expect(after(state, wake(1030)).effects).toEqual([{ type: 'wake', at: 1060 }]);
    expect(after(state, wake(1060)).effects).toEqual([{ type: 'send', kind: 'checkpoint', ids: ['c2'] }]);
    expect(after(state, { type: 'added', rows: [statement('end')] }, wake(1030)).effects).toEqual([
      { type: 'send', kind: 'checkpoint', ids: ['c2'] },
    ]);
  });

  it('a request carries 25 statements or 48 KiB, 100 checkpoints', () => {
    const sent = (state: OutboxState): number => {
      const effect = after(state, wake()).effects[0];
      return effect?.type === 'send' ? effect.ids.length : 0;
    };
    expect(sent(box(...many(30, statement)))).toBe(25);
    expect(sent(box(...many(30, (id) => statement(id, 'paused', { bytes: 8000 }))))).toBe(6);
    expect(sent(box(...many(2, (id) => statement(id, 'paused', { bytes: 90_000 }))))).toBe(1);
    expect(sent(box(...many(130, (id) => checkpoint(id, { bytes: 100 }))))).toBe(100);
  });

  it('a backlog of an earlier start waits its random time; what is watched now goes at once', () => {
    const found = after(
      { ...newOutbox('now'), registered: true },
      { type: 'found', rows: [statement('old', 'paused', { stamp: earlier })], at: 10, random: 0.5 },
    );
    expect(after(found.state, wake(11)).effects).toEqual([{ type: 'wake', at: 100 }]);
    expect(after(found.state, wake(100)).effects).toEqual([
      { type: 'send', kind: 'statement', ids: ['old'] },
    ]);
    const live = after(found.state, { type: 'added', rows: [statement('new')] }, wake(11));
    expect(live.effects).toEqual([{ type: 'send', kind: 'statement', ids: ['new'] }]);
    expect(after(found.state, { type: 'retried' }, wake(11)).effects).toEqual([
      { type: 'send', kind: 'statement', ids: ['old'] },
    ]);
  });
});

describe('what follows from an answer', () => {
  const sent = (...rows: OutboxRow[]): OutboxState => after(box(...rows), wake()).state;

  it('what was taken is forgotten', () => {
    const { state, effects } = after(sent(statement('a')), answer(['a'], 200, { taken: ['a'] }));
    expect(state.rows).toEqual([]);
    expect(effects).toEqual([{ type: 'forget', ids: ['a'] }]);
  });

  it('a 200 that does not name the rows takes none of them', () => {
    const { state } = after(sent(statement('a')), answer(['a'], 200));
    expect(ids(state.rows)).toEqual(['a']);
    expect(state.notBefore).toBeGreaterThan(1000);
  });

  it.each([400, 403, 409, 413, 422])(
    'a batch refused with %i is halved until the row at fault is alone',
    (status) => {
      let state = box(...['a', 'b', 'c', 'd', 'e'].map((id) => statement(id)));
      const lookedUp: string[] = [];
      for (let i = 0; i < 30; i++) {
        const step = after(state, wake());
        state = step.state;
        const effect = step.effects[0];
        if (effect?.type !== 'send') break;
        const bad = effect.ids.includes('d');
        const reply = after(
          state,
          answer([...effect.ids], bad ? status : 200, bad ? {} : { taken: effect.ids }),
        );
        state = reply.state;
        for (const follow of reply.effects)
          if (follow.type === 'look-up') {
            lookedUp.push(follow.id);
            state = after(state, { type: 'looked-up', id: follow.id, there: false }).state;
          }
      }
      expect(state.rows).toEqual([]);
      expect(ids(state.refused)).toEqual(['d']);
      expect(state.refused[0]?.refused?.code).toBe(String(status));
      expect(lookedUp).toEqual(status === 409 ? ['d'] : []);
    },
  );

  it('a conflict about a statement that is there is settled', () => {
    const conflict = after(sent(statement('a')), answer(['a'], 409));
    expect(conflict.effects).toEqual([{ type: 'look-up', id: 'a' }]);
    expect(after(conflict.state, wake()).effects).toEqual([]);
    const { state, effects } = after(conflict.state, { type: 'looked-up', id: 'a', there: true });
    expect(effects).toEqual([{ type: 'forget', ids: ['a'] }]);
    expect(state.refused).toEqual([]);
  });

  it('413 makes all further requests half as large', () => {
    const { state } = after(sent(...many(30, statement)), answer(ids(many(25, statement)), 413));
    expect(state.batch).toBe(12);
  });

  it('401 registers again, then waits longer and longer', () => {
    const first = after(sent(statement('a')), answer(['a'], 401), wake());
    expect(first.effects).toEqual([{ type: 'register' }]);
    const second = after(first.state, { type: 'registered' }, wake(), answer(['a'], 401), wake());
    expect(second.effects).toEqual([{ type: 'wake', at: second.state.notBefore }]);
    expect(second.state.notBefore).toBeGreaterThan(1000);
    expect(ids(second.state.rows)).toEqual(['a']);
  });

  it.each([429, 503])('%i waits for Retry-After if that is longer', (status) => {
    expect(after(sent(statement('a')), answer(['a'], status, { retryAfter: 77 })).state.notBefore).toBe(1077);
    expect(after(sent(statement('a')), answer(['a'], status, { retryAfter: 1 })).state.notBefore).toBe(
      1003.75,
    );
  });

  it.each([404, 500, 502])('%i and no answer wait from 5 s to 900 s, at least half of it', (status) => {
    let state = box(statement('a'));
    const waits: number[] = [];
    for (let i = 0; i < 12; i++) {
      const at = state.notBefore;
      const event: OutboxEvent =
        i % 2 ? { type: 'failed', at, random: 0 } : answer(['a'], status, { at, random: 1 });
      state = after(state, wake(at), event).state;
      waits.push(state.notBefore - at);
    }
    expect(waits).toEqual([5, 5, 20, 20, 80, 80, 320, 320, 900, 450, 900, 450]);
    expect(ids(state.rows)).toEqual(['a']);
  });

  it('success ends the waiting', () => {
    const failed = after(sent(statement('a')), { type: 'failed', at: 1000, random: 1 }).state;
    const { state } = after(failed, wake(2000), answer(['a'], 200, { taken: ['a'] }));
    expect(state.failures).toBe(0);
  });

  it('of checkpoints each has its own answer; one without is sent again', () => {
    const rows = [checkpoint('c1'), checkpoint('c2'), checkpoint('c3')];
    const { state, effects } = after(
      sent(...rows),
      answer(['c1', 'c2', 'c3'], 200, { taken: ['c1'], refused: { c2: { code: 'rate', detail: 'x' } } }),
    );
    expect(ids(state.rows)).toEqual(['c3']);
    expect(ids(state.refused)).toEqual(['c2']);
    expect(effects.map(({ type }) => type)).toEqual(['keep', 'forget']);
    expect(state.notBefore).toBeGreaterThan(1000);
  });

  it('a person can have what was refused sent once more', () => {
    const refused = after(sent(statement('a')), answer(['a'], 422)).state;
    expect(refused.rows).toEqual([]);
    const { state, effects } = after(refused, { type: 'retried' });
    expect(ids(state.rows)).toEqual(['a']);
    expect(state.rows[0]?.refused).toBeUndefined();
    expect(effects).toEqual([{ type: 'keep', rows: state.rows }]);
  });
});

describe('what the box can keep', () => {
  it('checkpoints make room first, then other statements, completions never', () => {
    const rows = [
      ...many(1500, (id) => statement(`done-${id}`, 'completed')),
      ...many(300, (id) => statement(`other-${id}`)),
      ...many(250, (id) => checkpoint(`check-${id}`)),
    ];
    const { state, effects } = after(box(), { type: 'added', rows });
    expect(state.rows).toHaveLength(2000);
    expect(effects).toEqual([{ type: 'forget', ids: ids(rows.slice(1800, 1850)) }]);
    const full = after(box(), { type: 'added', rows: many(2100, (id) => statement(id, 'completed')) });
    expect(full.state.rows).toHaveLength(2100);
  });

  it('5 MB', () => {
    const rows = many(10, (id) => statement(id, 'paused', { bytes: 600_000 }));
    expect(ids(after(box(), { type: 'added', rows }).state.rows)).toEqual(ids(rows.slice(2)));
  });

  it('90 days', () => {
    const day = 24 * 3600 * 1000;
    const rows = [
      statement('old', 'completed', { at: 0 }),
      statement('young', 'paused', { at: 2 * day }),
      statement('unknown', 'paused', { at: undefined }),
    ];
    const { state, effects } = after(box(...rows), { type: 'dated', ms: 91 * day });
    expect(ids(state.rows)).toEqual(['young', 'unknown']);
    expect(effects).toEqual([{ type: 'forget', ids: ['old'] }]);
  });

  it('a row that is found twice is there once', () => {
    const row = statement('a');
    const { state } = after(box(row), { type: 'found', rows: [row], at: 0, random: 0 });
    expect(state.rows).toHaveLength(1);
  });
});
