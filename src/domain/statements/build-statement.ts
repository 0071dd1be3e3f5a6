import { videoExtensionIris, videoProfileIri, activityTypeIris, profileIris, verbIris } from './iris.ts';
import type { TimeQuality, VerbName, ViewerProof } from './iris.ts';
import type { Activity, LanguageMap, Statement, StatementResult } from './statement.ts';

/** What all statements of one watch session say alike. */
export interface SessionFacts {
  /** UUID; also the id of the `initialized` statement. */
  sessionId: string;
  /** The county's home page. */
  homePage: string;
  person: string;
  /** Of a person of the roster: how the box knows. */
  viewer?: ViewerProof;
  boxId: string;
  lessonId: string;
  lessonName: LanguageMap;
  playlist?: { id: string; name: LanguageMap };
  /** Seconds. */
  length: number;
  threshold: number;
  /** Name and version of the program. */
  platform: string;
  /** BCP 47 tag of what is spoken. */
  language: string;
}

/** What has been played up to the statement. */
export interface PlayedFacts {
  /** Seconds from the lesson's beginning. */
  position: number;
  /** Share of the lesson played in this registration, 0 to 1. */
  progress: number;
  /** Of this session, as the video profile writes them. */
  segments: string;
  /** Seconds of play in this session, repeats included. */
  playSeconds: number;
}

/** A statement before its time is known. */
export type StatementDraft = {
  id: string;
  session: SessionFacts;
} & ({ verb: 'initialized' } | { verb: Exclude<VerbName, 'initialized'>; played: PlayedFacts });

/** What is only known when a statement is sealed. */
export interface Sealing {
  registration: string;
  /** ISO 8601, UTC. */
  timestamp: string;
  timeQuality: TimeQuality;
}

/**
 * A statement of the xAPI video profile, complete with its time.
 *
 * Sources: https://w3id.org/xapi/video, https://github.com/adlnet/xAPI-Spec/blob/1.0.3/xAPI-Data.md
 */
export function buildStatement(draft: StatementDraft, sealing: Sealing): Statement {
  const { session } = draft;
  const iris = profileIris(session.homePage);
  const result = draft.verb === 'initialized' ? undefined : buildResult(draft.verb, draft.played);
  return {
    id: draft.id,
    actor: { objectType: 'Agent', account: { homePage: iris.people, name: session.person } },
    verb: { id: verbIris[draft.verb], display: { 'en-US': draft.verb } },
    object: activity(iris.lesson(session.lessonId), activityTypeIris.video, session.lessonName),
    ...(result ? { result } : {}),
    context: {
      registration: sealing.registration,
      platform: session.platform,
      language: session.language,
      contextActivities: {
        ...(session.playlist
          ? {
              parent: [
                activity(
                  iris.playlist(session.playlist.id),
                  activityTypeIris.playlist,
                  session.playlist.name,
                ),
              ],
            }
          : {}),
        category: [
          activity(videoProfileIri, activityTypeIris.profile),
          activity(iris.category, activityTypeIris.profile),
        ],
      },
      extensions: {
        [videoExtensionIris.sessionId]: session.sessionId,
        [videoExtensionIris.length]: session.length,
        [videoExtensionIris.completionThreshold]: session.threshold,
        [iris.extensions.device]: session.boxId,
        [iris.extensions.mode]: 'individual',
        [iris.extensions.timeQuality]: sealing.timeQuality,
        ...(session.viewer ? { [iris.extensions.viewer]: session.viewer } : {}),
      },
    },
    timestamp: sealing.timestamp,
  };
}

function buildResult(verb: Exclude<VerbName, 'initialized'>, played: PlayedFacts): StatementResult {
  return {
    ...(verb === 'completed' ? { completion: true, duration: `PT${Math.round(played.playSeconds)}S` } : {}),
    extensions: {
      [videoExtensionIris.time]: Math.round(played.position * 1000) / 1000,
      // Down, so that a lesson short of its threshold never reads as one that has reached it.
      [videoExtensionIris.progress]: Math.floor(played.progress * 1000) / 1000,
      [videoExtensionIris.playedSegments]: played.segments,
    },
  };
}

function activity(id: string, type: string, name?: LanguageMap): Activity {
  return { objectType: 'Activity', id, definition: name ? { type, name } : { type } };
}
