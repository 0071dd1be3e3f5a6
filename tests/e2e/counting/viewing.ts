import type { BrowserContext } from 'playwright-core';
import type { Lesson } from '../../../src/domain/catalogue/types.ts';
import type { Viewer } from '../harness/viewer.ts';
import type { Stage } from './stage.ts';

/** One scripted viewing; the list of them is the table of the counting test. */
export interface Viewing {
  /** A line for people. */
  name: string;
  /** A variation of another; `VIEWINGS=all` plays these too. */
  variation?: true;
  play: (tv: Viewer, stage: Stage) => Promise<void>;
  /** Sessions that it takes; one if left out. */
  sessions?: number;
  /** Whether the lesson is credited in the end; it is if left out. */
  credited?: boolean;
  /** The sample lesson it is made from; the one of about 20 s if left out. */
  like?: string;
  lesson?: Partial<Lesson>;
  /** Where its pictures come from when not from the service: a server of its own on the sample or odd streams. */
  media?: { from: 'sample' | 'odd-streams'; path: string };
  /** A service of its own, to be stopped. */
  ownService?: boolean;
  /** A box of its own, to be unplugged. */
  unpluggable?: boolean;
  /** It ends with a power cut: up to 30 s of it may be lost. */
  mayLose?: boolean;
  prepare?: (context: BrowserContext) => Promise<unknown>;
}

/** The lesson of about a minute, for what takes longer than a checkpoint. */
export const MINUTE = 'how-hours-count';

export const pathOf = (lesson: string): string => `media/${lesson}/master.m3u8`;
