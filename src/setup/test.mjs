/**
 * `npm test`: installs what is missing, then lint, layers, types, unit tests and end-to-end tests in a real
 * Chromium against the real service. Stops at the first step that fails.
 */
import process from 'node:process';
import { installOldBrowsers } from './old-browsers.mjs';
import { Stop, build, buildAddons, fetchPackages, installForTests, run, step } from './steps.mjs';

const vitest = 'node_modules/vitest/vitest.mjs';
/**
 * @param {string} tool file under node_modules
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
const node = (tool, ...args) => [process.execPath, [`node_modules/${tool}`, ...args]];

await run(async () => {
  let chromium = '';
  await together(fetchPackages, async () => {
    chromium = await installForTests();
    await installOldBrowsers();
  });
  await together(
    // Nothing beside it needs the addons, and compiling them keeps only one core busy.
    buildAddons,
    async () => {
      await step('Lint', ...node('eslint/bin/eslint.js', '.'));
      await step('Format', ...node('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'));
    },
    async () => {
      await step(
        'Layers',
        ...node('dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', 'src'),
      );
      await step('Types', ...node('typescript/bin/tsc', '--noEmit'));
      await step('Types of what old boxes run', ...node('typescript/bin/tsc', '--noEmit', '-p', 'src/tv'));
      await step(
        'Types of what old phones run',
        ...node('typescript/bin/tsc', '--noEmit', '-p', 'src/phone'),
      );
      await build();
    },
  );
  await step('Unit tests', process.execPath, [vitest, 'run', '--project', 'unit'], { quiet: false });
  // After the unit tests, not beside them, and no more than one browser at a time: the machine has two cores.
  const endToEnd = [vitest, 'run', '--project', 'e2e'];
  await together(
    () =>
      step('End-to-end tests with a browser', process.execPath, endToEnd, {
        quiet: false,
        env: { CHROMIUM: chromium, LANE: 'browser' },
      }),
    () =>
      step('End-to-end tests of the service', process.execPath, endToEnd, {
        beside: true,
        env: { CHROMIUM: chromium, LANE: 'service' },
      }),
  );
});

/**
 * Runs steps beside each other and waits for all of them, so that nothing is left running when one fails.
 *
 * @param {(() => Promise<void>)[]} steps
 */
async function together(...steps) {
  const results = await Promise.allSettled(steps.map((begin) => begin()));
  const failed = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason);
  const other = failed.find((reason) => !(reason instanceof Stop));
  if (other) throw other;
  if (failed.length > 0) throw new Stop(failed.map(({ message }) => message).join(' '));
}
