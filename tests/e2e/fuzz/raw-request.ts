import { connect } from 'node:net';

/** A request as bytes; whatever can be sent can be said. */
export interface RawRequest {
  /** What is wrong with it, in words. */
  fault: string;
  head: string;
  body: Buffer;
}

export interface RawAnswer {
  status: number;
  head: string;
  body: string;
}

/** Longer than any answer takes, milliseconds. */
const PATIENCE = 20_000;

/**
 * A larger body is announced and not sent: the service refuses it unread, and an answer to a connection that
 * is closed over unread bytes may be lost.
 */
const ANNOUNCED = 1024 * 1024;

/** Writes a request to a connection of its own and reads the answer; status 0 if there is none. */
export function sendRaw(port: number, { head, body }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let received: Buffer = Buffer.alloc(0);
    socket.setTimeout(PATIENCE, () => socket.destroy());
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (isWhole(received)) socket.destroy();
    });
    socket.on('close', () => {
      resolve(read(received));
    });
    socket.on('error', () => undefined);
    socket.write(Buffer.concat([Buffer.from(head, 'latin1'), ...(body.length > ANNOUNCED ? [] : [body])]));
  });
}

function isWhole(received: Buffer): boolean {
  const blank = received.indexOf('\r\n\r\n');
  const length =
    blank < 0 ? undefined : /^content-length: (\d+)/im.exec(received.toString('latin1', 0, blank));
  return Boolean(length) && received.length >= blank + 4 + Number(length![1]);
}

function read(received: Buffer): RawAnswer {
  const text = received.toString('utf8');
  const blank = text.indexOf('\r\n\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0);
  return { status, head: text.slice(0, blank), body: text.slice(blank + 4) };
}
