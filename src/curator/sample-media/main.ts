/** `npm run sample-media [-- <lessonId>…]`: makes the sample county's lessons from their storyboards. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Camera } from './chromium.ts';
import { makeLesson } from './make-lesson.ts';
import { findTools } from './tools.ts';

const storyboards = new URL('storyboards/', import.meta.url);
const home = fileURLToPath(new URL('../../../media-manifests', import.meta.url));

const help = `Makes the sample lessons: narration, slides, HLS in two renditions, captions, poster.

  npm run sample-media                     all lessons
  npm run sample-media -- <lessonId> ...   only these
  --manifests DIR   content folder to work in (default: media-manifests)
  --list            print the lessons that have a storyboard
  --help            print this

A lesson's words and pictures are in src/curator/sample-media/storyboards/<lessonId>.json, its title, presenter
and sources in <content folder>/lessons/<lessonId>.json, whose length, chapters and media are updated here.
Needs ffmpeg, espeak-ng, chromium and fonts-noto-cjk. Takes about a minute a lesson.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      manifests: { type: 'string' },
      list: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return console.log(help);
  const known = readdirSync(storyboards)
    .map((file) => file.replace(/\.json$/, ''))
    .sort();
  if (values.list) return console.log(known.join('\n'));
  const unknown = positionals.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new Error(`no storyboard for "${unknown}"; there are: ${known.join(', ')}`);
  const wanted = positionals.length > 0 ? positionals : known;

  const camera = await Camera.open(findTools().chromium);
  try {
    for (const [index, id] of wanted.entries()) {
      const report = (step: string): void => console.log(`[${index + 1}/${wanted.length}] ${id}: ${step}`);
      await makeLesson(id, { camera, storyboards, manifests: values.manifests ?? home, report });
    }
  } finally {
    await camera.close();
  }
}

try {
  await main();
} catch (error) {
  console.error(`sample-media: ${(error as Error).message.split('\n')[0]}`);
  process.exitCode = 1;
}
