import { readFileSync } from 'node:fs';

/** One spoken sentence; `zh` and `en` are its caption, `say` replaces `zh` for the voice only. */
export interface Sentence {
  zh: string;
  en: string;
  say?: string;
}

/** A thing that enters the picture when the sentence with index `at` of its scene is spoken. */
export interface Item {
  text: string;
  at: number;
  /** Icon name of the Noto emoji set, e.g. `droplet`. */
  icon?: string;
  /** Height of its bar, in the scene's unit (scenes of kind `bars`). */
  value?: number;
}

export interface Scene {
  kind: 'title' | 'points' | 'steps' | 'bars' | 'fact' | 'remote' | 'summary';
  heading: string;
  /** Small line above a title scene's heading. */
  eyebrow?: string;
  /** Second line: of a title, under a fact's figure, or the unit of bars. */
  sub?: string;
  /** The big figure of a fact scene, e.g. `3℃`. */
  figure?: string;
  icons?: string[];
  items?: Item[];
  sentences: Sentence[];
  /** Present when a chapter begins with this scene. */
  chapter?: { 'zh-CN': string; en: string };
}

/** Colour family of a lesson: its two background tones and its poster follow from it. */
export const themes = ['leaf', 'wheat', 'teal', 'sky', 'rust', 'plum', 'crimson'] as const;
export type Theme = (typeof themes)[number];

/** What is said and shown in one lesson; names, presenter and sources are in the lesson's manifest. */
export interface Storyboard {
  id: string;
  theme: Theme;
  /** One or two icons, the large one first; `handset` is the drawn remote control. */
  poster: string[];
  /** Words the voice misreads here, with pinyin and tone digits; `pronounce.json` has those of all lessons. */
  pronounce?: Record<string, string>;
  scenes: Scene[];
}

/**
 * Reads `<folder>/<id>.json` and checks what would otherwise show up as a wrong picture.
 *
 * @throws Error naming the file and the scene when the storyboard is missing, unreadable or inconsistent.
 */
export function readStoryboard(folder: URL, id: string): Storyboard {
  const file = new URL(`${id}.json`, folder);
  let board: Storyboard;
  try {
    board = JSON.parse(readFileSync(file, 'utf8')) as Storyboard;
  } catch (error) {
    throw new Error(`storyboard ${id}: ${(error as Error).message}`, { cause: error });
  }
  const complain = (where: string, what: string): never => {
    throw new Error(`storyboard ${id}, ${where}: ${what}`);
  };
  if (board.id !== id) complain('id', `is "${board.id}", but the file's name says "${id}"`);
  if (!themes.includes(board.theme)) complain('theme', `"${board.theme}" is none of ${themes.join(', ')}`);
  if (board.poster.length === 0) complain('poster', 'needs at least one icon');
  if (!board.scenes[0]?.chapter) complain('scene 1', 'the first scene must begin a chapter');
  board.scenes.forEach((scene, index) => {
    const where = `scene ${index + 1}`;
    if (scene.sentences.length === 0) complain(where, 'says nothing');
    for (const sentence of scene.sentences)
      if (!sentence.zh || !sentence.en) complain(where, 'a sentence lacks "zh" or "en"');
    for (const item of scene.items ?? [])
      if (!scene.sentences[item.at])
        complain(where, `"${item.text}" enters at sentence ${item.at}, which is not there`);
  });
  return board;
}
