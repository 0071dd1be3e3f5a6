import { describe, expect, test } from 'vitest';
import { v4 } from 'uuid';
import { canCutPower } from './cuttable-disk.ts';
import { postgresPrograms } from './postgres-server.ts';
import { cutPower, type PowerCutOptions } from './power-cuts.ts';

/** Ten cuts and the controls of both databases: `npx tsx tests/bench/power-cut.ts`. */
const CUTS = 1;

const programs = postgresPrograms();
const databases: [string, Pick<PowerCutOptions, 'postgres'>][] = [['SQLite', {}]];
if (programs !== undefined) databases.push(['PostgreSQL', { postgres: programs }]);

describe.skipIf(!canCutPower())('a power cut under load', () => {
  test.each(databases)('loses nothing that was acknowledged: %s', async (_name, options) => {
    const report = await cutPower({ name: `power-cut-${v4()}`, cuts: CUTS, ...options });
    expect(report).toMatchObject({ lost: { statements: 0, credits: 0 }, differences: 0 });
    expect(report.acknowledged.credits).toBeGreaterThan(0);
  });

  test('is told apart from a mere crash: a database that syncs less loses some', async () => {
    const { lost } = await cutPower({ name: `power-cut-${v4()}`, cuts: 1, careless: true });
    expect(lost.statements).toBeGreaterThan(0);
  });
});
