/** `npm run bench`: installs what is missing, builds what is stale, then measures the TV's speed. */
import process from 'node:process';
import { build, install, installForTests, run, step } from './steps.mjs';

await run(async () => {
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
