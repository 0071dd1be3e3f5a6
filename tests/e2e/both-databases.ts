import { afterAll, beforeAll, describe, test } from 'vitest';
import { postgresPrograms, startPostgres, type PostgresServer } from './postgres-server.ts';

/**
 * Runs tests on SQLite and, where it is installed, on a PostgreSQL of their own.
 *
 * @param tests given what tells the database's address, or `undefined` for the embedded one, once tests run.
 */
export function onBothDatabases(name: string, tests: (database: () => string | undefined) => void): void {
  describe(`${name}, on SQLite`, () => {
    tests(() => undefined);
  });

  const programs = postgresPrograms();
  describe.skipIf(programs === undefined)(`${name}, on PostgreSQL`, () => {
    let server: PostgresServer;
    let url: string;

    beforeAll(async () => {
      server = await startPostgres(programs!, ['fsync=off']);
      url = server.createDatabase('tests');
    });
    afterAll(() => server?.stop());

    tests(() => url);
  });
  if (programs === undefined) test.skip('PostgreSQL is not installed (apt-get install postgresql)');
}
