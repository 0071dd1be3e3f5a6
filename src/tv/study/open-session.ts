import { v5 } from 'uuid';
import type { EvidenceLink, SessionEvidence } from '../../domain/credit/evidence.ts';
import type { PlayedFacts, SessionFacts } from '../../domain/statements/build-statement.ts';
import { formatPlayedSegments } from '../../domain/watching/played-segments.ts';
import {
  sessionCoverage,
  watchSession,
  type WatchEffect,
  type WatchSession,
} from '../../domain/watching/watch-session.ts';
import type { Stamp } from './clock.ts';
import { checkpointRowId, type OutboxRow } from './rows.ts';
import type { Kept } from './store.ts';

/** A watch session as it is kept while it lasts, so that a later start can close it. */
export interface OpenSession extends Kept {
  facts: SessionFacts;
  begun: Stamp;
  /** When it was last kept. */
  last: Stamp;
  watch: WatchSession;
}

type Unordered<Row> = Row extends unknown ? Omit<Row, 'order'> : never;

/** What the service has to be told of the effects, in that order. */
export function sessionRows(
  { facts, begun, watch }: OpenSession,
  effects: readonly WatchEffect[],
  stampOf: (mono: number) => Stamp,
): Unordered<OutboxRow>[] {
  const { sessionId, person, lessonId } = facts;
  const segments = formatPlayedSegments(watch.played);
  const played: PlayedFacts = {
    position: watch.position,
    progress: sessionCoverage(watch),
    segments,
    playSeconds: watch.playSeconds,
  };
  const rows: Unordered<OutboxRow>[] = [];
  const claim = (verb: 'paused' | 'completed' | 'terminated', at: number): void => {
    // There is one of each in a session: a repeated closing makes the same ids and no second statement.
    const id = v5(verb, sessionId);
    rows.push({
      id,
      kind: 'statement',
      stamp: stampOf(at),
      begun,
      draft: { id, verb, session: facts, played },
    });
  };
  for (const effect of effects)
    switch (effect.type) {
      case 'initialized':
        rows.push({
          id: sessionId,
          kind: 'statement',
          stamp: begun,
          begun,
          draft: { id: sessionId, verb: 'initialized', session: facts },
        });
        break;
      case 'checkpoint': {
        const { at, seq, rate } = effect;
        const mono = Math.round(at * 1000) / 1000;
        rows.push({
          id: checkpointRowId(sessionId, seq),
          kind: 'checkpoint',
          stamp: stampOf(at),
          begun,
          draft: { sessionId, person, lessonId, seq, bootId: begun.bootId, mono, segments, rate },
        });
        break;
      }
      case 'completed':
        claim('completed', effect.at);
        break;
      case 'closed':
        claim('paused', effect.at);
        claim('terminated', effect.at);
    }
  return rows;
}

/** Closes a session that an earlier start left open, where it was last kept: nothing after that is known. */
export function closeLeftOpen(open: OpenSession): Unordered<OutboxRow>[] {
  const { session, effects } = watchSession(open.watch, { type: 'finished', at: open.last.mono });
  return sessionRows({ ...open, watch: session }, effects, (mono) => ({ ...open.last, mono }));
}

/**
 * The session as proof for provisional credit: its beginning and all it has come to, which prove as much
 * as the checkpoints between them.
 *
 * @param ms when it began and when it was last kept, milliseconds since 1970, as well as is known.
 */
export function sessionEvidence(
  { id, begun, last, watch }: OpenSession,
  ms: { begun: number; last: number },
): SessionEvidence {
  const link = (source: EvidenceLink['source'], stamp: Stamp, at: number): EvidenceLink => ({
    source,
    bootId: stamp.bootId,
    mono: stamp.mono,
    segments: source === 'initialized' ? [] : watch.played,
    at,
  });
  return {
    sessionId: id,
    links: [link('initialized', begun, ms.begun), link('terminated', last, ms.last)],
  };
}
