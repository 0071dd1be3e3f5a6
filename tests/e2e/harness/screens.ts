/**
 * Takes pictures of every page, in both languages and at 720p and 1080p, for people to look at:
 * `npx tsx tests/e2e/harness/screens.ts FOLDER`. Needs a build (`npm run build`).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { sampleCounty } from './sample-county.ts';
import { startServiceProcess } from './service.ts';
import { openTv, type Key } from './tv.ts';

const languages = ['zh-CN', 'en'] as const;
const sizes = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
];
/** Milliseconds until pictures have come and movements are over. */
const settle = 900;

const county = sampleCounty();
const short = 'remote-basics';
const broken = 'orchard-winter';
const duty = county.playlists.find(({ kind }) => kind === 'duty')!;
const withChapters = [...county.lessons.values()].find(({ chapters }) => (chapters?.length ?? 0) > 2)!.id;

/** Every page as a viewer meets them in one evening, the first with an empty box. */
async function evening(
  browser: Browser,
  url: string,
  language: (typeof languages)[number],
  size: (typeof sizes)[number],
  folder: string,
): Promise<void> {
  const tv = await openTv(browser, url, {
    size,
    prepare: async (context) => {
      await context.addInitScript(
        (preferences) => localStorage.setItem('field-classroom.preferences', preferences),
        JSON.stringify({ language }),
      );
      await context.route(`**/media/${broken}/**/*.m3u8`, (route) => route.fulfill({ status: 404 }));
      await context.route(`**/media/${broken}/*.m3u8`, (route) => route.fulfill({ status: 404 }));
    },
  });
  const shoot = async (name: string): Promise<void> => {
    await tv.page.waitForTimeout(settle);
    await tv.page.screenshot({ path: join(folder, `${name}-${language}-${size.height}.png`) });
  };
  const at = async (name: string, hash: string, ...keys: Key[]): Promise<void> => {
    await tv.restart(hash);
    await tv.press(...keys);
    await shoot(name);
  };

  await shoot('home');
  await at('home-tabs', '', 'Up', 'Left');
  await at('home-down', '', 'Down', 'Right');
  await at('home-end', '', 'Up', 'Up');
  await at('farm-talk', '#farm-talk', 'Right');
  for (const { id } of county.playlists) await at(`playlist-${id}`, `#playlist/${id}`);
  for (const id of county.lessons.keys()) await at(`lesson-${id}`, `#lesson/${id}`);
  await at('my-study-empty', '#my-study');
  await at('settings', '#settings');
  await at('settings-network', '#settings', 'Down', 'Down', 'Down', 'Down', 'Enter');
  await at('help', '#help');
  await at('lesson-gone', '#lesson/none');
  await at('playlist-gone', '#playlist/none');
  await at('player-error', `#play/${broken}`);

  await tv.restart(`#play/${withChapters}`);
  await tv.plays();
  await tv.page.waitForTimeout(2000);
  await shoot('player-captions');
  await tv.press('Enter');
  await shoot('player-controls');
  await tv.press('Right', 'Right', 'Enter');
  await shoot('player-chapters');
  await tv.press('Back', 'Up', 'Right');
  await shoot('player-seek');

  await tv.restart(`#play/${duty.lessons[0]!}`);
  await tv.plays();
  await tv.press('Enter');
  await shoot('player-duty');

  await tv.restart(`#play/${short}`);
  const { length } = await tv.plays().then(() => tv.video());
  await tv.page.waitForTimeout(length * 1000 + 500);
  await shoot('player-end');
  await at('home-resume', '');
  await tv.press('Back');
  await shoot('home-leave');
  await at('my-study', '#my-study', 'Down');
  await tv.close();
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Where to? npx tsx tests/e2e/harness/screens.ts FOLDER');
mkdirSync(folder, { recursive: true });
const [browser, service] = await Promise.all([launchBrowser(), startServiceProcess()]);
for (const language of languages)
  for (const size of sizes) await evening(browser, service.url, language, size, folder);
await browser.close();
await service.remove();
