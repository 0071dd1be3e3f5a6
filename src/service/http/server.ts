import fastifyCompress from '@fastify/compress';
import Fastify, { LogController, type FastifyError, type FastifyInstance } from 'fastify';
import { constants } from 'node:zlib';
import { catalogueRoutes } from '../catalogue/catalogue-routes.ts';
import type { ContentFolder } from '../catalogue/content-folder.ts';
import { checkpointRoutes } from '../credit/checkpoint-routes.ts';
import { correctionRoutes } from '../credit/correction-routes.ts';
import { Nonces } from '../credit/nonces.ts';
import { studyRoutes } from '../credit/study-routes.ts';
import { whyRoutes } from '../credit/why-routes.ts';
import type { OpenDatabase } from '../db/open-database.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import { exportRoutes } from '../export/export-routes.ts';
import { forwardingRoutes } from '../forwarding/forwarding-routes.ts';
import type { ForwardingState } from '../forwarding/forwarding-state.ts';
import { checkInRoutes } from '../groups/check-in-routes.ts';
import { groupRoutes } from '../groups/group-routes.ts';
import { metricsRoute } from '../operations/metrics-route.ts';
import { observeRequests, requestId } from '../operations/observe-requests.ts';
import { bindingRoutes } from '../roster/binding-routes.ts';
import { boxRoutes } from '../roster/box-routes.ts';
import { Boxes } from '../roster/boxes.ts';
import { boxViewRoutes } from '../roster/box-view-routes.ts';
import { DeviceAuthorizations } from '../roster/device-authorizations.ts';
import { oauthRoutes } from '../roster/oauth-routes.ts';
import { rosterRoutes } from '../roster/roster-routes.ts';
import { Tokens } from '../roster/tokens.ts';
import { branchRoutes } from '../phone/branch-routes.ts';
import { linkRoutes } from '../phone/link-routes.ts';
import { minutesRoutes } from '../phone/minutes-routes.ts';
import { paperRoutes } from '../phone/paper-routes.ts';
import { PhoneLinks } from '../phone/phone-links.ts';
import { recordRoutes } from '../phone/record-routes.ts';
import { PhoneSessions } from '../roster/phone-sessions.ts';
import { phoneBindRoutes } from '../roster/phone-bind-routes.ts';
import { pinRoutes } from '../roster/pin-routes.ts';
import { Pins } from '../roster/pins.ts';
import { rosterFileRoutes } from '../roster/roster-file-routes.ts';
import { takeMethodFromAddress } from '../xapi/alternate-request-syntax.ts';
import { xapiRoutes } from '../xapi/xapi-routes.ts';
import { appFiles } from './app-files.ts';
import { Authenticator } from './auth.ts';
import { healthRoutes } from './health-routes.ts';
import { Idempotency } from './idempotency.ts';
import { Integrations, type Integration } from './integrations.ts';
import { countFailures, limitRequests, prepareLimits, type Limits } from './limits.ts';
import { describeRoutes } from './openapi.ts';
import { phoneFiles } from './phone-files.ts';
import { answerWithProblems, badAddress, noHttp, refuseOddRequests } from './problems.ts';
import { schemasWhenNeeded } from './schemas-when-needed.ts';

export interface ServerParts {
  database: OpenDatabase;
  writes: WriteQueue;
  content: ContentFolder;
  /** Folder of the built TV app. */
  appFolder: string | undefined;
  /** Folder of the built phone pages. */
  phoneFolder: string | undefined;
  integrations: readonly Integration[];
  /** Pino level. */
  logLevel: string;
  limits: Limits;
  /** Proxies whose word about the caller's address is taken, as Fastify's `trustProxy`. */
  trustProxy: string | undefined;
  /** Where the service is reached from outside, without a slash at the end. */
  publicUrl: string | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
  /** `undefined` when statements are not passed on. */
  forwarding: ForwardingState | undefined;
  /** Bearer token that opens `/metrics` from other machines. */
  metricsToken: string | undefined;
  /** Whether the service has been told to stop. */
  stopping: () => boolean;
}

/** The HTTP side of the service, not yet listening. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const {
    database,
    writes,
    content,
    appFolder,
    phoneFolder,
    integrations,
    logLevel,
    limits,
    trustProxy,
    publicUrl,
  } = parts;
  const { now, forwarding } = parts;
  const { db } = database;
  const server = Fastify({
    bodyLimit: 512 * 1024,
    logger: { level: logLevel, serializers: { err: withoutData } },
    genReqId: requestId,
    // Addresses hold agents and people's names.
    logController: new LogController({ disableRequestLogging: true }),
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
    schemaController: { compilersFactory: schemasWhenNeeded },
    requestTimeout: 60_000,
    trustProxy: trustProxy ?? false,
    frameworkErrors: badAddress,
    clientErrorHandler: noHttp,
    http: { requireHostHeader: false },
    rewriteUrl: takeMethodFromAddress,
  });
  server.removeContentTypeParser('text/plain');
  answerWithProblems(server);
  refuseOddRequests(server);
  observeRequests(server);
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers({
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-request-id': request.id,
    });
    done();
  });

  await describeRoutes(server);
  await prepareLimits(server);
  const boxes = new Boxes(db);
  const tokens = new Tokens(db, writes, now);
  const failures = countFailures(server, limits.failures);
  const auth = new Authenticator({ boxes, tokens, integrations: new Integrations(integrations), failures });

  healthRoutes(server, { database, content, now, stopping: parts.stopping });
  metricsRoute(server, { database, writes, forwarding, now, token: parts.metricsToken });
  await server.register(async (api) => {
    await api.register(fastifyCompress, {
      encodings: ['br', 'gzip'],
      threshold: 1024,
      brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    });
    await limitRequests(api, limits);
    const idempotency = new Idempotency(writes, now);
    boxRoutes(api, { idempotency, perMinute: limits.newBoxes, now });
    exportRoutes(api, { auth, db, content, now });
    forwardingRoutes(api, { auth, forwarding, now });
    const devices = new DeviceAuthorizations(db, writes, now);
    await oauthRoutes(api, { boxes, devices, tokens, writes, failures, publicUrl, now });
    bindingRoutes(api, { auth, db, devices, idempotency, failures, now });
    rosterRoutes(api, { auth, db, writes, content, now });
    checkpointRoutes(api, { auth, idempotency, content, nonces: new Nonces(db), now });
    const pins = new Pins(db, writes, now);
    const phones = new PhoneSessions(db, writes, now);
    boxViewRoutes(api, { auth, db, writes, pins, failures });
    pinRoutes(api, { auth, pins });
    phoneBindRoutes(api, { db, writes, devices, pins, phones, failures, now });
    const links = new PhoneLinks(db, writes, now);
    linkRoutes(api, { auth, db, links, publicUrl });
    minutesRoutes(api, { db, writes, content, phones, links, now });
    paperRoutes(api, { db, writes, content, phones, now });
    branchRoutes(api, { db, writes, content, phones, now });
    recordRoutes(api, { db, content, phones, links, now });
    await rosterFileRoutes(api, { auth, db, writes, now });
    studyRoutes(api, { auth, db, content, now });
    whyRoutes(api, { auth, db, content });
    correctionRoutes(api, { auth, idempotency, content, now });
    groupRoutes(api, { auth, db, writes, content, now });
    checkInRoutes(api, { db, writes, pins, failures, now });
    await xapiRoutes(api, { auth, db, writes, content, now });
    api.get('/api/v1/openapi.json', { schema: { hide: true } }, () => server.swagger());
  });
  await catalogueRoutes(server, content);
  if (phoneFolder !== undefined) await phoneFiles(server, phoneFolder);
  if (appFolder !== undefined) await appFiles(server, appFolder);
  return server;
}

/** Errors of a database quote the rows they are about: only what went wrong is logged, not for whom. */
function withoutData({ name, message, stack, code }: FastifyError) {
  return { type: name, message, stack: stack ?? '', code };
}
