import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

/** What the sending process is told: where to, as whom, and which bodies. */
export interface ClientOrder {
  url: string;
  authorization: string;
  /** JSON: the bodies as texts. */
  file: string;
  connections: number;
}

/** Sends all bodies over some connections, as fast as they are answered; milliseconds from first to last. */
async function send({ url, authorization, file, connections }: ClientOrder): Promise<number> {
  const bodies = (JSON.parse(readFileSync(file, 'utf8')) as string[]).map((text) => Buffer.from(text));
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);
  const post = (body: Buffer): Promise<void> =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization,
        'content-type': 'application/json',
        'content-length': body.length,
        'x-experience-api-version': '1.0.3',
      };
      const options = { hostname, port, path: '/xapi/statements', method: 'POST', agent, headers };
      request(options, (response) => {
        response.resume();
        response.on('end', () => {
          if (response.statusCode === 200) resolve();
          else reject(new Error(`refused: ${response.statusCode ?? 0}`));
        });
      })
        .on('error', reject)
        .end(body);
    });
  const start = performance.now();
  const waiting = bodies.values();
  const connection = async (): Promise<void> => {
    for (const body of waiting) await post(body);
  };
  await Promise.all(Array.from({ length: connections }, connection));
  agent.destroy();
  return performance.now() - start;
}

process.once('message', (order: ClientOrder) => {
  send(order).then(
    (ms) => process.send!({ ms }, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
