/**
 * `npm run compat`: the built TV app in real browsers of past years. Installs what is missing, builds what is stale,
 * runs the tests under tests/e2e/compat and leaves their pictures in build/compat.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { installOldBrowsers } from './old-browsers.mjs';
import { Stop, build, hasOldBrowsers, install, installForTests, run, step } from './steps.mjs';

const help = `Usage: npm run compat -- [options]

Drives the built TV app in real Chromium 64 (WebGL, Canvas 2D) and 76 (H.264): the first screen beside that of
today's browser, keys by the codes of real remotes, a lesson to its credit. Pictures go to build/compat.

  --keys N   keys pressed in each browser (default 200)
  --seed N   another random walk (default 1)
  --help     this text`;

await run(async () => {
  const options = readOptions();
  if (options.help) return console.log(help);
  if (!hasOldBrowsers) throw new Stop('Chromium 64 and 76 are to be had for Linux on x64 only.');
  await install();
  const chromium = await installForTests();
  await installOldBrowsers();
  await build();
  await step(
    'Old browsers',
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'e2e', 'tests/e2e/compat/'],
    { quiet: false, env: { CHROMIUM: chromium, KEYS: options.keys, SEED: options.seed } },
  );
  console.log(
    `✓ compat: Chromium 64 (WebGL and Canvas 2D) and 76 start, show the same screen, take ${options.keys} keys each and play to the credit; pictures in build/compat.`,
  );
});

function readOptions() {
  const number = { type: /** @type {const} */ ('string') };
  try {
    const { values } = parseArgs({
      options: {
        keys: { ...number, default: '200' },
        seed: { ...number, default: '1' },
        help: { type: 'boolean', default: false },
      },
    });
    for (const name of /** @type {const} */ (['keys', 'seed']))
      if (!/^[1-9][0-9]*$/.test(values[name])) throw new Error(`--${name}: no number: ${values[name]}`);
    return values;
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : error}\n\n${help}`);
  }
}
