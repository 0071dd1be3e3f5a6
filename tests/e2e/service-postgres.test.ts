import { afterAll, beforeAll, describe, test } from 'vitest';
import { postgresPrograms, startPostgres, type PostgresServer } from './postgres-server.ts';
import { accessContract } from './service-access-contract.ts';
import { serviceContract } from './service-contract.ts';

const programs = postgresPrograms();

describe.skipIf(programs === undefined)('the service on PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  let accessUrl: string;

  beforeAll(async () => {
    server = await startPostgres(programs!);
    url = server.createDatabase('contract');
    accessUrl = server.createDatabase('access');
  });
  afterAll(() => server?.stop());

  serviceContract(() => url);
  accessContract(() => accessUrl);
});

if (programs === undefined) test.skip('PostgreSQL is not installed (apt-get install postgresql)');
