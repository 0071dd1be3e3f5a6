import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textIn } from '../../domain/catalogue/texts.ts';
import { webVtt } from './captions.ts';
import type { Camera } from './chromium.ts';
import { speak } from './espeak.ts';
import { encodeHls } from './ffmpeg.ts';
import { readLesson, withMedia, writeLesson } from './lesson-manifest.ts';
import { posterPage, slidePage, type Footer } from './slide.ts';
import { readStoryboard, type Storyboard } from './storyboard.ts';
import { layTimeline, type Timeline } from './timeline.ts';
import { wavOf } from './wav.ts';

export interface Workshop {
  camera: Camera;
  /** Folder with the storyboards. */
  storyboards: URL;
  /** The county's content folder: lessons/ is read and updated, media/ is written. */
  manifests: string;
  /** Told what is being done, one step at a time. */
  report: (step: string) => void;
}

/**
 * Makes one lesson's media from its storyboard and writes the lengths and chapters into its manifest. The old
 * media stay until the new ones are whole.
 */
export async function makeLesson(
  id: string,
  { camera, storyboards, manifests, report }: Workshop,
): Promise<void> {
  const board = readStoryboard(storyboards, id);
  const manifest = join(manifests, 'lessons', `${id}.json`);
  const lesson = readLesson(manifest);
  const footer: Footer = {
    station: textIn(lesson.presenter, 'zh-CN'),
    title: textIn(lesson.title, 'zh-CN'),
  };
  const made = mkdtempSync(join(tmpdir(), 'sample-media-'));
  try {
    report('speaking');
    const spoken = board.scenes.map(({ sentences }) =>
      sentences.map((sentence) => speak(sentence, board.pronounce)),
    );
    const sounds = spoken.flat();
    const timeline = layTimeline(
      board,
      spoken.map((scene) => scene.map(({ rate, samples }) => samples.length / rate)),
    );
    const parts = timeline.cues.map(({ start }, n) => ({ start, sound: sounds[n]! }));
    const narration = join(made, 'narration.wav');
    writeFileSync(narration, wavOf(sounds[0]!.rate, timeline.length, parts));

    report(`filming and encoding ${timeline.length.toFixed(1)} s`);
    const hls = join(made, 'media');
    mkdirSync(hls);
    const length = await encodeHls(film(board, timeline, footer, camera), narration, hls);

    report('poster and captions');
    writeFileSync(join(hls, 'zh.vtt'), webVtt(timeline.cues, 'zh'));
    writeFileSync(join(hls, 'en.vtt'), webVtt(timeline.cues, 'en'));
    const size = { width: 640, height: 360 };
    writeFileSync(join(hls, 'poster.jpg'), await camera.photograph(posterPage(board), size, 88));

    const media = join(manifests, 'media', id);
    rmSync(media, { recursive: true, force: true });
    cpSync(hls, media, { recursive: true });
    await writeLesson(manifest, withMedia(lesson, length, timeline.chapters));
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

async function* film(
  board: Storyboard,
  timeline: Timeline,
  footer: Footer,
  camera: Camera,
): AsyncGenerator<Buffer> {
  let chapter = { number: 0, title: '' };
  for (const [index, scene] of board.scenes.entries()) {
    if (scene.chapter) chapter = { number: chapter.number + 1, title: scene.chapter['zh-CN'] };
    const times = timeline.scenes[index]!;
    yield* camera.film(slidePage(board, scene, times, chapter, footer), times.endFrame - times.firstFrame);
  }
}
