/** `npm run bench`: installs what is missing, builds what is stale, then measures the TV's speed. */
import process from 'node:process';
import { build, install, installForTests, run, step } from './steps.mjs';

const help = `Usage: npm run bench -- [options] [part…]

Measures the TV's speed beside two yardsticks of the same run (docs/performance.md); about a quarter of an hour.
Parts: bytes, load, keys, hold, endurance, rest, video, rebuffering; all when none is named.

  --quick         fewer rounds, for development
  --query '?…'    appended to the app's address: another bundle
  --scripts KB    goal for the scripts until the first focus, gzip (default: 150)
  --help          this text

The exit code is 0 when everything was measured, whether the targets hold or not: the last line says which do.`;

await run(async () => {
  if (process.argv.includes('--help')) return console.log(help);
  await install();
  const chromium = await installForTests();
  await build();
  await step(
    'Measuring',
    process.execPath,
    ['node_modules/tsx/dist/cli.mjs', 'tests/bench/tv/main.ts', ...process.argv.slice(2)],
    { quiet: false, env: { CHROMIUM: chromium } },
  );
});
