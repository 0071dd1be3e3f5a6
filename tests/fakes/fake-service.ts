import type { Statement } from '../../src/domain/statements/statement.ts';

interface Request {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** The study-credit service as the TV sees it: keeps what it is sent, once, and can be told to fail. */
export interface FakeService {
  fetch: typeof window.fetch;
  /** By id, the exact text. */
  statements: Map<string, string>;
  /** By session and number. */
  checkpoints: Map<string, { sessionId: string; seq: number; segments: string; registration: string }>;
  boxes: Map<string, string>;
  requests: Request[];
  /** Statement ids that are refused as bad. */
  bad: Set<string>;
  /** Instead of its own answer to a request: a status, or no answer at all. */
  instead: ((request: Request) => Response | 'down' | undefined) | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
  /** The answer to a person's year. */
  year: unknown;
  verbs(): string[];
  statement(verb: string): Statement;
}

export function fakeService(now: () => number): FakeService {
  const service: FakeService = {
    statements: new Map(),
    checkpoints: new Map(),
    boxes: new Map(),
    requests: [],
    bad: new Set(),
    instead: undefined,
    now,
    year: undefined,
    fetch: (input, init) => {
      const request: Request = {
        method: init?.method ?? 'GET',
        path: input as string,
        headers: (init?.headers ?? {}) as Record<string, string>,
        body: String((init?.body as string | undefined) ?? ''),
      };
      service.requests.push(request);
      const instead = service.instead?.(request);
      if (instead === 'down') return Promise.reject(new TypeError('Failed to fetch'));
      return Promise.resolve(instead ?? answer(service, request));
    },
    verbs: () =>
      [...service.statements.values()].map((text) =>
        (JSON.parse(text) as Statement).verb.id.split('/').pop()!,
      ),
    statement(verb) {
      const found = [...service.statements.values()]
        .map((text) => JSON.parse(text) as Statement)
        .find(({ verb: { id } }) => id.endsWith(`/${verb}`));
      if (!found) throw new Error(`no ${verb}`);
      return found;
    },
  };
  return service;
}

function answer(service: FakeService, { method, path, headers, body }: Request): Response {
  const reply = (status: number, json: unknown): Response =>
    new Response(JSON.stringify(json), {
      status,
      headers: { Date: new Date(service.now()).toUTCString(), 'Content-Type': 'application/json' },
    });
  if (path === '/api/v1/time') return reply(200, { now: new Date(service.now()).toISOString() });
  if (path === '/api/v1/boxes') {
    const { boxId, boxKey } = JSON.parse(body) as { boxId: string; boxKey: string };
    if ((service.boxes.get(boxId) ?? boxKey) !== boxKey) return reply(409, { code: 'box-key-mismatch' });
    service.boxes.set(boxId, boxKey);
    return reply(200, { boxId });
  }
  const [boxId = '', boxKey] = (headers.Authorization ?? '').replace('Bearer ', '').split('.');
  if (!boxKey || service.boxes.get(boxId) !== boxKey) return reply(401, { code: 'unauthorized' });

  if (path.startsWith('/xapi/statements')) {
    if (headers['X-Experience-API-Version'] !== '1.0.3') return reply(400, { code: 'version' });
    if (method === 'GET') {
      const text = service.statements.get(new URLSearchParams(path.split('?')[1]).get('statementId') ?? '');
      return text ? reply(200, JSON.parse(text)) : reply(404, {});
    }
    const batch = JSON.parse(body) as (Statement & { id: string })[];
    if (batch.some(({ id }) => service.bad.has(id))) return reply(400, { code: 'invalid', detail: 'bad' });
    const other = ({ id }: { id: string }, text: string): boolean =>
      (service.statements.get(id) ?? text) !== text;
    if (batch.some((statement) => other(statement, JSON.stringify(statement)))) return reply(409, {});
    for (const statement of batch) service.statements.set(statement.id, JSON.stringify(statement));
    return reply(
      200,
      batch.map(({ id }) => id),
    );
  }
  if (path === '/api/v1/checkpoints') {
    const { checkpoints } = JSON.parse(body) as {
      checkpoints: { sessionId: string; seq: number; segments: string; registration: string }[];
    };
    return reply(200, {
      results: checkpoints.map((checkpoint) => {
        const { sessionId, seq } = checkpoint;
        const id = `${sessionId}:${seq}`;
        if (!service.statements.has(sessionId))
          return { sessionId, seq, status: 'rejected', code: 'unknown-session' };
        const status = service.checkpoints.has(id) ? 'duplicate' : 'stored';
        service.checkpoints.set(id, checkpoint);
        return { sessionId, seq, status };
      }),
    });
  }
  if (path.includes('/study?')) return reply(service.year ? 200 : 503, service.year ?? {});
  return reply(404, {});
}
