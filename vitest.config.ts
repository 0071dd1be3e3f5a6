import { defineConfig } from 'vitest/config';
import { lanes } from './src/setup/lanes.mjs';

const everything = 'tests/e2e/**/*.test.ts';
/** `npm test` runs two parts of the end-to-end tests beside each other and names one here; by hand it is all. */
const lane = process.env['LANE'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          setupFiles: ['tests/unit/same-seed.ts'],
          environment: 'node',
          // Modules are loaded once for all files of a worker: most of the time went into loading them again.
          pool: 'threads',
          isolate: false,
          maxWorkers: 2,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: lane === 'service' ? lanes.service : [everything],
          exclude: lane === 'browser' ? lanes.service : [],
          environment: 'node',
          // One browser and one service at a time: the machine has two cores.
          fileParallelism: false,
          isolate: false,
          // A real browser on a shared machine may be late once; a defect fails twice.
          retry: 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
