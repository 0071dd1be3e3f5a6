import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** How the way to the other store behaves. */
export type Weather =
  /** All goes through. */
  | 'fine'
  /** Connections break before anything is passed on. */
  | 'down'
  /** Requests are passed on; the answers are lost. */
  | 'deaf'
  /** 503 with `Retry-After`. */
  | 'busy';

export interface Road {
  url: string;
  weather: Weather;
  /** A request whose body has this text in it is answered with 400. */
  refuses: string | undefined;
  /** A request whose body has this text in it makes the store fail: 500. */
  breaksAt: string | undefined;
  /** A batch with a statement that is there already is answered with 409, as some stores do. */
  strict: boolean;
  /** How often each statement was taken and the sender heard of it. */
  taken: Map<string, number>;
  /** Requests with statements that arrived here, whatever became of them. */
  requests: number;
  close(): Promise<void>;
}

/** Stands before another Learning Record Store and makes its life hard. */
export async function roadTo(store: string): Promise<Road> {
  const known = new Set<string>();
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const { method = 'GET' } = request;
    if (method === 'POST') road.requests += 1;
    if (road.weather === 'down') return void request.socket.destroy();
    if (road.weather === 'busy') return void response.writeHead(503, { 'retry-after': '1' }).end();
    if (road.refuses !== undefined && body.includes(road.refuses))
      return void response.writeHead(400).end('not here');
    if (road.breaksAt !== undefined && body.includes(road.breaksAt))
      return void response.writeHead(500).end('oops');
    const ids = method === 'POST' ? idsIn(body) : [];
    if (road.strict && ids.some((id) => known.has(id))) return void response.writeHead(409).end('taken');
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
      ['host', 'connection', 'content-length', 'transfer-encoding'].includes(name) || value === undefined
        ? []
        : [[name, String(value)] as [string, string]],
    );
    const answer = await fetch(store + (request.url ?? ''), {
      method,
      headers,
      ...(method === 'POST' ? { body } : {}),
    });
    const text = await answer.text();
    if (answer.ok) for (const id of ids) known.add(id);
    if ((road.weather as Weather) === 'deaf') return void request.socket.destroy();
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(text);
    if (answer.ok) for (const id of ids) road.taken.set(id, (road.taken.get(id) ?? 0) + 1);
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => {
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const road: Road = {
    url: `http://127.0.0.1:${port}`,
    weather: 'fine',
    refuses: undefined,
    breaksAt: undefined,
    strict: false,
    taken: new Map(),
    requests: 0,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return road;
}

/** Ids of the statements in a body, in one part or in several. */
function idsIn(body: Buffer): string[] {
  const text = body.toString('latin1');
  const json = text.startsWith('[') ? text : (/\r\n\r\n(\[.*?\])\r\n--/s.exec(text)?.[1] ?? '[]');
  return (JSON.parse(json) as { id: string }[]).map(({ id }) => id);
}
