import { createHmac } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

/** What a room's box has told of its session, as it went over the wire. */
export interface Told {
  session: string;
  secret: string;
  /** Session seconds then. */
  seconds: number;
  /** `performance.now()` then. */
  at: number;
}

/**
 * Stands before the service as a box's cache does: the app and the content are at hand while the service is
 * away; calls to it are passed on, and find nobody then.
 */
export interface Front {
  readonly url: string;
  /** The last that the service was told of a room. */
  told(room: string): Told | undefined;
  close(): Promise<void>;
}

interface Kept {
  type: string;
  body: Buffer;
}

const sessionPath = /^\/api\/v1\/groups\/sessions\/([0-9a-f-]{36})$/;

/** @param app folder of the built app @param content files of the county's folder to have at hand */
export async function startFront(service: string, app: string, content: readonly string[]): Promise<Front> {
  const rooms = new Map<string, Told>();
  const kept = new Map<string, Kept>();
  const files = readdirSync(app, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && !/\.(gz|br|map)$/.test(one.name))
    .map((one) => `${one.parentPath.slice(app.length)}/${one.name}`);
  for (const path of ['/', ...files, ...content.map((file) => `/catalogue/${file}`)])
    kept.set(path, await keep(service + path));

  function answer(incoming: IncomingMessage, response: ServerResponse): void {
    const at = kept.get(incoming.url?.replace(/\?.*/, '') ?? '');
    if (at && incoming.method === 'GET') response.setHeader('content-type', at.type).end(at.body);
    else void passOn(incoming, response);
  }

  async function passOn(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '/', headers } = incoming;
    const body = await buffer(incoming);
    const id = method === 'PUT' ? sessionPath.exec(url)?.[1] : undefined;
    const onward = request(service + url, { method, headers }, (back) => {
      if (id !== undefined && back.statusCode === 200) note(id, body);
      response.writeHead(back.statusCode ?? 502, back.headers);
      back.pipe(response);
      back.on('error', () => response.destroy());
    });
    onward.on('error', () => response.destroy());
    onward.end(body);
  }

  function note(session: string, body: Buffer): void {
    const { room, secret, seconds } = JSON.parse(body.toString()) as Omit<Told, 'session'> & { room: string };
    rooms.set(room, { session, secret, seconds, at: performance.now() });
  }

  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    told: (room) => rooms.get(room),
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function keep(url: string): Promise<Kept> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  return {
    type: response.headers.get('content-type') ?? 'application/octet-stream',
    body: Buffer.from(await response.arrayBuffer()),
  };
}

/** Session seconds now, as a watch beside the screen would say. */
export function secondsOf({ seconds, at }: Told): number {
  return seconds + (performance.now() - at) / 1000;
}

/** The six digits on the room's screen: RFC 4226, 5.3 with SHA-256, a new one every 20 s of session time. */
export function digitsOf({ secret }: Told, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha256', Buffer.from(secret, 'hex')).update(counter).digest();
  const number = mac.readUInt32BE(mac[mac.length - 1]! & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** Every file of a folder, by its path in it. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(folder.length + 1));
}
