import type { Catalogue, LocalText } from '../../domain/catalogue/types.ts';
import type { CaptionSize } from '../ui/theme.ts';
import type { WatchEvent } from '../../domain/watching/watch-events.ts';
import type { Cue } from '../player/captions.ts';
import type { WatchingView } from '../identity/watching.ts';
import type { Playback } from '../player/playback-shell.ts';
import type { RemoteControl } from '../remote/remote-control.ts';
import type { LessonProgress, Study } from '../study/study.ts';
import type { Route } from './routes.ts';

/** What the viewer chose, kept on the box. */
export interface Preferences {
  language: 'zh-CN' | 'en';
  captions: boolean;
  captionSize: CaptionSize;
  elder: boolean;
}

export interface NetworkReport {
  service: boolean;
  /** Milliseconds to the service's answer. */
  delayMs: number | undefined;
  /** kbit/s while fetching one piece of content; undefined when it could not be fetched. */
  kbps: number | undefined;
}

/** What the composition root hands to the pages: they never fetch and never touch storage. */
export interface Services {
  catalogue(): Catalogue;
  /** True when the catalogue is the last good copy because the network did not answer. */
  catalogueIsOld(): boolean;
  /** Content mistakes that were left out, for the technician. */
  catalogueProblems(): number;
  /** How far a lesson was watched; known from the first screen on. */
  progress(lessonId: string): LessonProgress | undefined;
  /** Lessons watched on this box, newest first. */
  recent(): readonly LessonProgress[];
  /** This TV stands in an activity room, as far as is known before the study code is there. */
  inRoom(): boolean;
  study(): Promise<Study>;
  /** Whose TV it is and who is watching; known from the first screen on. */
  watching(): WatchingView;
  /** A key was pressed: somebody is there. */
  keyPressed(): void;
  /** Whoever was picked is a guest again. */
  clearWatching(): void;
  /** Begins to fetch a lesson that will probably be played next, its first seconds only, where a player is at hand. */
  prepare(lessonId: string): void;
  /** A player of its own for one page. @param onWatch hears what is really played */
  playback(onWatch: (event: WatchEvent) => void): Promise<Playback>;
  /** The captions of a file of the catalogue. Rejects when they cannot be had. */
  captions(path: string): Promise<readonly Cue[]>;
  preferences(): Preferences;
  setPreferences(change: Partial<Preferences>): void;
  /** Absolute address of a piece of content. */
  address(path: string): string;
  /** A content text in the viewer's language. */
  text(text: LocalText | undefined): string;
  now(): Date;
  checkNetwork(): Promise<NetworkReport>;
  version: string;
  remote: RemoteControl;
}

/** How a page moves on. */
export interface Navigator {
  open(route: Route): void;
  /** Opens in place of the page that is shown: Back then skips it. */
  replace(route: Route): void;
  back(): void;
  /** A message of a few seconds; also announced. */
  toast(message: string): void;
  /** Puts a message into the live region. */
  say(message: string): void;
}
