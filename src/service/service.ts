import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ContentFolder } from './catalogue/content-folder.ts';
import { defaultPolicy } from './catalogue/default-policy.ts';
import { settleQuietSessions } from './credit/settle.ts';
import { openDatabase } from './db/open-database.ts';
import { makeMonths } from './db/statement-months.ts';
import { WriteQueue } from './db/write-queue.ts';
import { Forwarder } from './forwarding/forwarder.ts';
import type { ForwardingOptions } from './forwarding/forwarding-options.ts';
import { ForwardingState } from './forwarding/forwarding-state.ts';
import type { Integration, IntegrationCredential } from './http/integrations.ts';
import { defaultLimits, type Limits } from './http/limits.ts';
import { buildServer } from './http/server.ts';
import { loadSampleRoster } from './roster/sample-roster.ts';

export interface ServiceOptions {
  /** 0 takes any free port. */
  port: number;
  host: string;
  /** Folder of the embedded database. */
  data: string;
  /** Folder of the county's content. */
  manifests: string;
  /** Folder of the built TV app; without one only content and API are served. */
  app?: string | undefined;
  /** Folder of the built phone pages; without one there are none. */
  phone?: string | undefined;
  /** `postgres://` address instead of the embedded database. */
  databaseUrl?: string | undefined;
  /** A program that may do everything. */
  integration?: IntegrationCredential | undefined;
  /** Programs that may do some things. */
  integrations?: readonly Integration[] | undefined;
  logLevel?: string;
  /** What differs from the usual limits. */
  limits?: Partial<Limits>;
  trustProxy?: string | undefined;
  publicUrl?: string | undefined;
  /** The service's clock, milliseconds since 1970; the machine's if left out. */
  now?: () => number;
  /** Another Learning Record Store that gets all statements. */
  forwarding?: ForwardingOptions | undefined;
  /** Bearer token that opens `/metrics` from other machines. */
  metricsToken?: string | undefined;
  /** How long `/readyz` says 503 before the port closes. */
  drainSeconds?: number;
  /** CSV file for an embedded database that has no roster yet. */
  sampleRoster?: string | undefined;
}

export interface Service {
  /** Address to reach it at, without a slash at the end. */
  url: string;
  /**
   * Says 503 at `/readyz`, stops listening, finishes what was accepted, closes the database. Answers that
   * take longer than ten seconds (large media) are cut off; a write that was accepted never is.
   */
  close(): Promise<void>;
}

const SETTLE_EVERY = 60_000;
const DAY = 86_400_000;
/** How long answers under way may take when the service stops, milliseconds. */
const LAST_ANSWERS = 10_000;

/**
 * Starts the whole service: database brought to today's schema, content read, listening.
 *
 * @throws `DatabaseUnavailable`, or the error of the listening socket (`EADDRINUSE`, `EACCES`).
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  let idleError: (error: Error) => void = () => undefined;
  const database = await openDatabase({ url: options.databaseUrl, folder: options.data }, (error) => {
    idleError(error);
  });
  const { db, dialect } = database;
  const now = options.now ?? Date.now;
  let stopping = false;
  const writes = new WriteQueue(db, dialect, now);
  const forwarding =
    options.forwarding && new ForwardingState(db, writes, options.forwarding.url, randomUUID());
  const content = new ContentFolder(options.manifests, defaultPolicy);
  try {
    if (options.sampleRoster !== undefined && dialect === 'sqlite')
      await loadSampleRoster(writes, db, options.sampleRoster);
    const server = await buildServer({
      database,
      writes,
      content,
      appFolder: options.app,
      phoneFolder: options.phone,
      integrations: [
        ...(options.integration ? [{ ...options.integration, scopes: ['all'] as const }] : []),
        ...(options.integrations ?? []),
      ],
      logLevel: options.logLevel ?? 'warn',
      limits: { ...defaultLimits, ...options.limits },
      trustProxy: options.trustProxy,
      publicUrl: options.publicUrl,
      now,
      forwarding,
      metricsToken: options.metricsToken,
      stopping: () => stopping,
    });
    idleError = (error) => {
      server.log.warn({ err: error }, 'a connection to the database broke');
    };
    for (const trouble of (await content.current()).troubles) server.log.warn(trouble);
    const makeComingMonths = (): Promise<unknown> =>
      makeMonths(db, dialect, now()).catch((error: unknown) => {
        server.log.error({ err: error }, 'the partitions of the coming months could not be made');
      });
    await makeComingMonths();
    await server.listen({ port: options.port, host: options.host });

    const settle = setInterval(() => {
      settleQuietSessions({ db, writes, content }, now()).catch((error: unknown) => {
        server.log.error({ err: error }, 'quiet sessions could not be settled');
      });
    }, SETTLE_EVERY);
    settle.unref();
    const months = setInterval(() => void makeComingMonths(), DAY);
    months.unref();
    const forwarder =
      forwarding &&
      options.forwarding &&
      new Forwarder({ database, state: forwarding, options: options.forwarding, log: server.log, now });

    const { port } = server.server.address() as AddressInfo;
    const host = options.host.includes(':') ? `[${options.host}]` : options.host;
    return {
      url: `http://${host}:${port}`,
      close: async () => {
        stopping = true;
        clearInterval(settle);
        clearInterval(months);
        await sleep((options.drainSeconds ?? 0) * 1000);
        await closeServer(server);
        await forwarder?.stop();
        await writes.idle();
        await db.destroy();
      },
    };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** Resolves when the last request under way has been answered. */
async function closeServer(server: FastifyInstance): Promise<void> {
  // A connection that is kept alive would hold the server up for as long as its client likes.
  const idle = setInterval(() => {
    server.server.closeIdleConnections();
  }, 50);
  const patience = setTimeout(() => {
    server.server.closeAllConnections();
  }, LAST_ANSWERS);
  try {
    await server.close();
  } finally {
    clearInterval(idle);
    clearTimeout(patience);
  }
}
