/**
 * `npm test`: installs what is missing, then lint, layers, types, unit tests and end-to-end tests in a real
 * Chromium against the real service. Stops at the first step that fails.
 */
import process from 'node:process';
import { build, install, installForTests, run, step } from './steps.mjs';

const vitest = 'node_modules/vitest/vitest.mjs';
/**
 * @param {string} tool file under node_modules
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
const node = (tool, ...args) => [process.execPath, [`node_modules/${tool}`, ...args]];

await run(async () => {
  await install();
  const chromium = await installForTests();
  await step('Lint', ...node('eslint/bin/eslint.js', '.'));
  await step('Format', ...node('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'));
  await step(
    'Layers',
    ...node('dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', 'src'),
  );
  await step('Types', ...node('typescript/bin/tsc', '--noEmit'));
  await step('Types of what old boxes run', ...node('typescript/bin/tsc', '--noEmit', '-p', 'src/tv'));
  await step('Types of what old phones run', ...node('typescript/bin/tsc', '--noEmit', '-p', 'src/phone'));
  await build();
  const tests = { quiet: false, env: { CHROMIUM: chromium } };
  await step('Unit tests', process.execPath, [vitest, 'run', '--project', 'unit'], tests);
  // After the unit tests, not beside them: browsers need the machine to themselves.
  await step('End-to-end tests', process.execPath, [vitest, 'run', '--project', 'e2e'], tests);
});
