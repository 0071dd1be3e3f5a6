import { randomUUID } from 'node:crypto';
import type { Statement } from '../../domain/statements/statement.ts';
import { sameStatement } from '../xapi/statements/same-statement.ts';
import type { ForwardingOptions } from './forwarding-options.ts';
import { versionOf, type Outgoing } from './select-statements.ts';

/** A file that came with a statement. */
export interface OutgoingFile {
  sha2: string;
  content: Buffer;
}

/** What the other store made of a batch. `later`: it, or the way there, is in trouble; the batch is not. */
export type Answer =
  | { kind: 'stored' }
  | { kind: 'conflict'; status: number; reason: string }
  | { kind: 'refused'; status: number; reason: string }
  | { kind: 'later'; reason: string; retryAfterSeconds: number; status?: number };

const TIMEOUT = 60_000;
/** How much of what it said is kept. */
const WORDS = 300;
const CONFLICT = 409;
/** What stands against the statements themselves, not against us. */
const refusals = [400, 413, 422];

/** The other Learning Record Store, by HTTP. */
export class OtherStore {
  readonly #options: ForwardingOptions;
  readonly #signal: AbortSignal;

  /** @param signal ends requests under way. */
  constructor(options: ForwardingOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
  }

  /** `POST statements`: the batch is of one version, see `firstBatch`. */
  async send(batch: readonly Outgoing[], files: readonly OutgoingFile[]): Promise<Answer> {
    const json = `[${batch.map((row) => row.json).join()}]`;
    const [type, body] = files.length === 0 ? ['application/json', json] : multipart(batch, json, files);
    const response = await this.#request('/statements', versionOf(batch[0]!), {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    if ('kind' in response) return response;
    if (response.ok) return { kind: 'stored' };
    const { status } = response;
    const reason = response.text.replace(/\s+/g, ' ').slice(0, WORDS);
    if (status === CONFLICT) return { kind: 'conflict', status, reason };
    if (refusals.includes(status)) return { kind: 'refused', status, reason };
    return later(response);
  }

  /**
   * Whether the other store has this statement with the same content, voided or not: xAPI leaves it open
   * whether a second sending is a 200 or a 409.
   */
  async has(row: Outgoing): Promise<boolean | Extract<Answer, { kind: 'later' }>> {
    for (const parameter of ['statementId', 'voidedStatementId']) {
      const response = await this.#request(`/statements?${parameter}=${row.id}`, versionOf(row), {});
      if ('kind' in response) return response;
      if (response.ok)
        return sameStatement(JSON.parse(response.text) as Statement, JSON.parse(row.json) as Statement);
      if (response.status !== 404) return later(response);
    }
    return false;
  }

  /** Whether it is up and answers what has nothing to do with statements. */
  async answers(): Promise<boolean> {
    const response = await this.#request('/about', '1.0.3', {});
    return !('kind' in response) && response.ok;
  }

  async #request(
    path: string,
    version: string,
    init: { method?: string; headers?: Record<string, string>; body?: string | Buffer<ArrayBuffer> },
  ): Promise<Received | Extract<Answer, { kind: 'later' }>> {
    const { url, authorization } = this.#options;
    try {
      const response = await fetch(url + path, {
        ...init,
        headers: {
          ...init.headers,
          'x-experience-api-version': version,
          ...(authorization === undefined ? {} : { authorization }),
        },
        redirect: 'manual',
        signal: AbortSignal.any([this.#signal, AbortSignal.timeout(TIMEOUT)]),
      });
      const { ok, status, headers } = response;
      return { ok, status, retryAfter: headers.get('retry-after'), text: await response.text() };
    } catch (error) {
      this.#signal.throwIfAborted();
      const { cause, name } = error as Error;
      const code = (cause as { code?: string } | undefined)?.code;
      return { kind: 'later', reason: code ?? name, retryAfterSeconds: 0 };
    }
  }
}

interface Received {
  ok: boolean;
  status: number;
  retryAfter: string | null;
  text: string;
}

function later({ status, retryAfter }: Received): Extract<Answer, { kind: 'later' }> {
  return { kind: 'later', reason: `HTTP ${status}`, retryAfterSeconds: secondsUntil(retryAfter), status };
}

/** RFC 9110, 10.2.3: seconds, or a date. */
function secondsUntil(retryAfter: string | null): number {
  if (retryAfter === null) return 0;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter);
  const moment = Date.parse(retryAfter);
  return Number.isNaN(moment) ? 0 : Math.max(0, (moment - Date.now()) / 1000);
}

/** xAPI 1.0.3 Communication 1.5.2: the statements first, then each file under its hash. */
function multipart(
  batch: readonly Outgoing[],
  json: string,
  files: readonly OutgoingFile[],
): [type: string, body: Buffer<ArrayBuffer>] {
  const boundary = randomUUID();
  const types = new Map(
    batch.flatMap((row) =>
      attachmentsOf(JSON.parse(row.json)).map(({ sha2, contentType }) => [sha2, contentType] as const),
    ),
  );
  const part = (headers: readonly string[], content: string | Buffer): (string | Buffer)[] => [
    `--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n`,
    content,
    '\r\n',
  ];
  const pieces = [
    ...part(['Content-Type: application/json'], json),
    ...files.flatMap(({ sha2, content }) =>
      part(
        [
          `Content-Type: ${types.get(sha2) ?? 'application/octet-stream'}`,
          'Content-Transfer-Encoding: binary',
          `X-Experience-API-Hash: ${sha2}`,
        ],
        content,
      ),
    ),
    `--${boundary}--\r\n`,
  ];
  return [
    `multipart/mixed; boundary=${boundary}`,
    Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece))),
  ];
}

interface Attachment {
  sha2: string;
  contentType: string;
}

/** Of the statement and, if its object is one, of its sub-statement. */
function attachmentsOf(value: unknown): Attachment[] {
  const { attachments = [], object } = value as { attachments?: Attachment[]; object?: unknown };
  return [...attachments, ...(typeof object === 'object' && object !== null ? attachmentsOf(object) : [])];
}
