/** `npm run demo:together`: installs what is missing, builds what is stale, then plays an evening of studying together. */
import process from 'node:process';
import { build, install, installForTests, run, step } from './steps.mjs';

const help = `npm run demo:together [-- FOLDER] [--visible]

Plays an evening of studying together in a real Chromium, in Chinese, with the sample county and its invented
people: the TV of the activity room, phones, a power cut, a TV at home. Every screen becomes a numbered picture
in FOLDER (demo-together if none is named). Ends with 0 if all went as it should.

  --visible   show the browser on this machine's display
  --help      this text`;

await run(async () => {
  const args = process.argv.slice(2);
  if (args.includes('--help')) return console.log(help);
  await install();
  const chromium = await installForTests();
  await build();
  await step(
    'Playing the evening',
    process.execPath,
    ['node_modules/tsx/dist/cli.mjs', 'tests/e2e/together/demo.ts', ...args],
    { quiet: false, env: { CHROMIUM: chromium } },
  );
});
