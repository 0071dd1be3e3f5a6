/**
 * Cuts the power of the service's disk again and again under load, on each database, and counts what is lost
 * of the statements it had acknowledged; then the same with databases that sync less, which must lose some.
 * Needs root and loop devices.
 *
 *   npx tsx tests/bench/power-cut.ts [cuts]
 */
import { canCutPower } from '../e2e/cuttable-disk.ts';
import { postgresPrograms } from '../e2e/postgres-server.ts';
import { cutPower, type PowerCutOptions } from '../e2e/power-cuts.ts';
import { machine } from './machine.ts';

const CUTS = Number(process.argv[2] ?? 10);
const CONTROL = Math.min(3, CUTS);

if (!canCutPower()) {
  console.error('A disk whose power can be cut needs root, loop devices, mkfs.ext4 and fsfreeze.');
  process.exit(1);
}
console.log(machine());
const postgres = postgresPrograms();
const runs: [string, PowerCutOptions][] = [
  ['SQLite, synchronous=FULL', { name: 'power-sqlite', cuts: CUTS }],
  ['SQLite, synchronous=NORMAL (control)', { name: 'power-control', cuts: CONTROL, careless: true }],
];
if (postgres !== undefined)
  runs.push(
    ['PostgreSQL', { name: 'power-postgres', postgres, cuts: CUTS }],
    [
      'PostgreSQL, synchronous_commit=off (control)',
      { name: 'power-control', postgres, cuts: CONTROL, careless: true },
    ],
  );
let failed = false;
for (const [title, options] of runs) {
  const { acknowledged, lost, differences } = await cutPower(options);
  const { statements, checkpoints, credits } = acknowledged;
  console.log(
    `${title}: ${options.cuts} cuts, ${statements} statements, ${checkpoints} checkpoints, ${credits} credits ` +
      `acknowledged; lost ${lost.statements} statements, ${lost.credits} credits; ${differences} ledger differences`,
  );
  failed ||= options.careless ? lost.statements === 0 : lost.statements + lost.credits + differences > 0;
}
if (failed) {
  console.error('Something acknowledged was lost, or a control lost nothing.');
  process.exitCode = 1;
}
