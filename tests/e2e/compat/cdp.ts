import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A page driven by the browser's own protocol, which browsers of all years speak: today's drivers do not go back so far. */
export interface Cdp {
  /** Sends a command and waits for its answer. Rejects with the browser's own words, or when none comes. */
  send<Answer = unknown>(method: string, params?: object): Promise<Answer>;
  on(event: string, listener: (params: unknown) => void): void;
  /** Resolves when it happens next. */
  next(event: string): Promise<void>;
  close(): void;
}

/** Milliseconds. Old browsers forget a command that meets the change of a page. */
const patience = 30_000;

interface Message {
  id?: number;
  result?: unknown;
  error?: { message: string };
  method?: string;
  params?: unknown;
}

/** @param address of the page's debugger, `ws://…` */
export async function connect(address: string): Promise<Cdp> {
  const socket = new WebSocket(address, { perMessageDeflate: false });
  await once(socket, 'open');
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (reason: Error) => void }>();
  const listeners: { event: string; listener: (params: unknown) => void }[] = [];
  let last = 0;
  socket.on('message', (data: Buffer) => {
    const { id, result, error, method, params } = JSON.parse(data.toString()) as Message;
    if (id === undefined) {
      for (const { event, listener } of [...listeners]) if (event === method) listener(params);
      return;
    }
    const call = waiting.get(id);
    waiting.delete(id);
    if (error) call?.reject(new Error(error.message));
    else call?.resolve(result);
  });
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The browser is gone.'));
    waiting.clear();
  });
  return {
    send: <Answer>(method: string, params: object = {}) =>
      new Promise<Answer>((resolve, reject) => {
        const id = ++last;
        const late = setTimeout(() => reject(new Error(`${method}: no answer`)), patience);
        const settled = (): void => clearTimeout(late);
        waiting.set(id, {
          resolve(result) {
            settled();
            resolve(result as Answer);
          },
          reject(reason) {
            settled();
            reject(reason);
          },
        });
        socket.send(JSON.stringify({ id, method, params }));
      }),
    on: (event, listener) => void listeners.push({ event, listener }),
    next: (event) =>
      new Promise((resolve) => {
        const once = {
          event,
          listener: () => {
            listeners.splice(listeners.indexOf(once), 1);
            resolve();
          },
        };
        listeners.push(once);
      }),
    close: () => socket.close(),
  };
}
