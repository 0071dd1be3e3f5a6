import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { v4 } from 'uuid';
import { openDatabase, type OpenDatabase } from '../../src/service/db/open-database.ts';
import { WriteQueue } from '../../src/service/db/write-queue.ts';
import { startService, type Service } from '../../src/service/service.ts';
import { postgresPrograms, startPostgres, type PostgresServer } from './postgres-server.ts';
import { Client, integration, temporaryFolder, viewing, writeContent } from './service-kit.ts';

const programs = postgresPrograms();

describe.skipIf(programs === undefined)(
  'X-Experience-API-Consistent-Through, two processes on PostgreSQL',
  () => {
    const folder = temporaryFolder();
    let server: PostgresServer;
    let service: Service;
    let other: OpenDatabase;
    let client: Client;

    beforeAll(async () => {
      server = await startPostgres(programs!, ['fsync=off']);
      const url = server.createDatabase('tests');
      writeContent(`${folder.path}/manifests`);
      service = await startService({
        port: 0,
        host: '127.0.0.1',
        data: folder.path,
        manifests: `${folder.path}/manifests`,
        databaseUrl: url,
        integration,
      });
      client = new Client(service.url);
      other = await openDatabase({ url, folder: folder.path }, () => undefined);
    });
    afterAll(async () => {
      await other?.db.destroy();
      await service?.close();
      await server?.stop();
      folder.remove();
    });

    const through = async (): Promise<number> => {
      const { headers } = await client.call('GET', '/xapi/statements?limit=1');
      return Date.parse(headers.get('x-experience-api-consistent-through')!);
    };

    test('is before what the other one is writing, until that is committed', async () => {
      // All that another process would share with the service: the database.
      const writes = new WriteQueue(other.db, other.dialect);
      let finish = (): void => undefined;
      const finished = new Promise<void>((resolve) => (finish = resolve));
      let tell: (at: number) => void = () => undefined;
      const told = new Promise<number>((resolve) => (tell = resolve));
      const written = writes.run([], async () => {
        tell(Date.now());
        await finished;
      });
      const at = await told;
      expect(await through()).toBeLessThan(at);

      // Its own writes, which go on meanwhile, bring it no further.
      await client.statements(
        viewing({ person: `v-${v4()}`, lessonId: 'long', length: 600, to: 60 }).statements,
      );
      expect(await through()).toBeLessThan(at);

      finish();
      await written;
      expect(await through()).toBeGreaterThanOrEqual(at);
    });
  },
);
