import type { Storyboard } from './storyboard.ts';

/** Pictures per second of the finished video: enough for slides, and each costs a TS packet even when nothing moves. */
export const frameRate = 15;

/** Pauses in seconds, chosen for listeners who want time to read the slide. */
const pause = { beforeScene: 0.75, betweenSentences: 0.35, afterScene: 0.6 };

/** How long before its sentence an item starts to enter, in seconds: picture first, then the word. */
const entersBefore = 0.2;

/** Items of one sentence enter one after the other, this many seconds apart. */
const stagger = 0.9;

export interface Cue {
  start: number;
  end: number;
  zh: string;
  en: string;
}

export interface SceneTimes {
  /** First and one-past-last frame of the scene within the lesson. */
  firstFrame: number;
  endFrame: number;
  /** For each sentence of the scene, when it is spoken, in seconds from the scene's start. */
  sentences: { start: number; end: number }[];
  /** For each item of the scene, when it enters, in seconds from the scene's start. */
  items: number[];
}

/** When everything in a lesson happens; all times are seconds from the lesson's start unless said otherwise. */
export interface Timeline {
  frames: number;
  length: number;
  scenes: SceneTimes[];
  cues: Cue[];
  chapters: { start: number; title: { 'zh-CN': string; en: string } }[];
}

/**
 * Lays sentences, scenes and chapters out in time. Scenes start and end on whole frames, so picture and
 * sound cannot drift apart.
 *
 * @param durations for each scene, the spoken length of each sentence in seconds
 */
export function layTimeline(board: Storyboard, durations: readonly (readonly number[])[]): Timeline {
  const scenes: SceneTimes[] = [];
  const cues: Cue[] = [];
  const chapters: Timeline['chapters'] = [];
  let frame = 0;
  board.scenes.forEach((scene, index) => {
    const from = frame / frameRate;
    if (scene.chapter) chapters.push({ start: from, title: scene.chapter });
    let at = pause.beforeScene;
    const sentences = scene.sentences.map(({ zh, en }, n) => {
      if (n > 0) at += pause.betweenSentences;
      const start = at;
      at += durations[index]?.[n] ?? 0;
      cues.push({ start: from + start, end: from + at, zh, en });
      return { start, end: at };
    });
    const endFrame = frame + Math.ceil((at + pause.afterScene) * frameRate);
    const items = (scene.items ?? []).map(({ at }, n, all) => {
      const earlier = all.slice(0, n).filter((other) => other.at === at).length;
      return Math.max(0.3, sentences[at]!.start - entersBefore) + earlier * stagger;
    });
    scenes.push({ firstFrame: frame, endFrame, sentences, items });
    frame = endFrame;
  });
  return { frames: frame, length: frame / frameRate, scenes, cues, chapters };
}
