import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { Transform } from 'node:stream';

/** What a test wants a request to meet; null lets it through. */
export type MediaFault =
  | { kind: 'status'; status: number }
  /** Takes the connection and never answers. */
  | { kind: 'hang' }
  /** Cuts the connection. */
  | { kind: 'reset' }
  | { kind: 'body'; type: string; body: string };

export interface MediaServer {
  url: string;
  /** Paths asked for, in order. */
  requests: string[];
  /** Asked for every request; replace it at any time. */
  fault: (path: string) => MediaFault | null;
  /** Bytes per second for each answer; null for as fast as it goes. */
  throttle: number | null;
  /** Milliseconds before each answer. */
  latency: number;
  /** While true every connection is cut, open ones at once: the server is down. */
  setDown(down: boolean): void;
  close(): Promise<void>;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.ts': 'video/mp2t',
  '.m4s': 'video/iso.segment',
  '.mp4': 'video/mp4',
  '.vtt': 'text/vtt; charset=utf-8',
};

/**
 * A static server for players to be tested against: ranges, CORS, a slow line, faults by request.
 * @param folder served under `/`
 * @param pages files made up by the test, by path
 */
export async function startMediaServer(
  folder: string,
  pages: Record<string, string> = {},
): Promise<MediaServer> {
  const sockets = new Set<Socket>();
  let down = false;
  const media: MediaServer = {
    url: '',
    requests: [],
    fault: () => null,
    throttle: null,
    latency: 0,
    setDown(value) {
      down = value;
      if (down) for (const socket of sockets) socket.destroy();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) =>
        server.close(() => {
          resolve();
        }),
      );
    },
  };

  const server = createServer((request, response) => {
    if (down) {
      request.socket.destroy();
      return;
    }
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname);
    media.requests.push(path);
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Expose-Headers', 'Content-Length, Content-Range');
    const fault = media.fault(path);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reset') {
      request.socket.destroy();
      return;
    }
    const serve = () => {
      if (fault?.kind === 'status') response.writeHead(fault.status).end();
      else if (fault?.kind === 'body')
        response.writeHead(200, { 'Content-Type': fault.type }).end(fault.body);
      else void answer(request, response, path);
    };
    if (media.latency > 0) setTimeout(serve, media.latency);
    else serve();
  });

  async function answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    const page = pages[path];
    if (page !== undefined) {
      response.writeHead(200, { 'Content-Type': type }).end(page);
      return;
    }
    const file = join(folder, normalize(path));
    const size = await stat(file).then(
      (found) => (found.isFile() ? found.size : null),
      () => null,
    );
    if (size === null) {
      response.writeHead(404).end();
      return;
    }
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const start = range ? Number(range[1]) : 0;
    const end = range?.[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
    if (start > end && size > 0) {
      response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end();
      return;
    }
    response.writeHead(range ? 206 : 200, {
      'Content-Type': type,
      'Content-Length': size === 0 ? 0 : end - start + 1,
      'Accept-Ranges': 'bytes',
      ...(range ? { 'Content-Range': `bytes ${start}-${end}/${size}` } : {}),
    });
    if (size === 0) {
      response.end();
      return;
    }
    const content = createReadStream(file, { start, end });
    const out = media.throttle === null ? content : content.pipe(slowly(media.throttle));
    out.pipe(response);
    response.on('close', () => {
      content.destroy();
    });
  }

  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      resolve();
    }),
  );
  media.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return media;
}

/** Hands bytes on in pieces of a tenth of a second. */
function slowly(bytesPerSecond: number): Transform {
  const piece = Math.max(1, Math.floor(bytesPerSecond / 10));
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const next = (from: number): void => {
        if (from >= chunk.length) {
          done();
          return;
        }
        this.push(chunk.subarray(from, from + piece));
        setTimeout(() => {
          next(from + piece);
        }, 100);
      };
      next(0);
    },
  });
}
