import type { Static } from 'typebox';
import type { countySchema, farmTalkIssueSchema, lessonSchema, playlistSchema } from './schema.ts';

export type County = Static<typeof countySchema>;
export type Playlist = Static<typeof playlistSchema>;
export type FarmTalkIssue = Static<typeof farmTalkIssueSchema>;
export type LessonKind = 'farming' | 'duty';
/** A lesson as the app uses it: the file's fields with defaults filled in. */
export type Lesson = Static<typeof lessonSchema> & { kind: LessonKind };
export type LocalText = Lesson['title'];

/** What a county publishes, checked: every lesson id in a playlist or issue resolves. */
export interface Catalogue {
  county: County;
  /** In the order Home shows them. */
  playlists: Playlist[];
  lessons: ReadonlyMap<string, Lesson>;
  /** Newest first. */
  farmTalk: FarmTalkIssue[];
}

/** One content file as it was found; `json` is untrusted, `error` says why it could not be read as JSON. */
export interface CatalogueFile {
  /** Path relative to the manifests folder, e.g. `lessons/remote-basics.json`. */
  file: string;
  json?: unknown;
  error?: string;
}

/** A mistake in the content, in words a curator can act on. */
export interface CatalogueProblem {
  file: string;
  /** JSON pointer to the field; empty for the file as a whole. */
  field: string;
  message: string;
}
