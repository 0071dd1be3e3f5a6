import { createHash } from 'node:crypto';
import { v4 } from 'uuid';
import type { AnyStatement } from '../../src/service/xapi/statements/any-statement.ts';
import type { XapiAnswer, XapiClient, XapiRequest } from './xapi-kit.ts';

export type Sent = Record<string, unknown>;

export const voided = { id: 'http://adlnet.gov/expapi/verbs/voided' };

/** An IRI that nobody else uses. */
export const iri = (name: string): string => `https://lms.example/${name}/${v4()}`;

/** An agent that nobody else is. */
export const agent = (): { mbox: string } => ({ mbox: `mailto:${v4()}@lms.example` });

/** A statement of its own, the least that is one, with what is added or changed. */
export function statement(more: Sent = {}): Sent & { id: string } {
  return { id: v4(), actor: agent(), verb: { id: iri('verbs') }, object: { id: iri('things') }, ...more };
}

/** A statement to be the object of another. */
export function subStatement(more: Sent = {}): Sent {
  return { ...statement(more), id: undefined, objectType: 'SubStatement' };
}

export const reference = (id: unknown): Sent => ({ objectType: 'StatementRef', id });

export const voiding = (id: string, more: Sent = {}): Sent & { id: string } =>
  statement({ verb: voided, object: reference(id), ...more });

/** The statement resource as tests use it. */
export function statementsOf(lrs: XapiClient, version = '1.0.3') {
  const ask = (request: XapiRequest): Promise<XapiAnswer> => lrs.ask('/statements', { version, ...request });
  return {
    ask,
    post: (body: object | string) => ask({ method: 'POST', body }),
    /** Stores and fails the test if that did not work. */
    store: async (...some: Sent[]): Promise<string[]> => {
      const answer = await ask({ method: 'POST', body: some });
      if (answer.status !== 200) throw new Error(answer.text);
      return answer.json<string[]>();
    },
    get: (query: Sent, headers: Record<string, string> = {}) => ask({ query, headers }),
    one: async (id: string, query: Sent = {}) =>
      (await ask({ query: { statementId: id, ...query } })).json<AnyStatement>(),
    /** Ids of the statements that a query finds, in their order. */
    ids: async (query: Sent): Promise<string[]> => {
      const answer = await ask({ query });
      if (answer.status !== 200) throw new Error(answer.text);
      return answer.json<{ statements: { id: string }[] }>().statements.map(({ id }) => id);
    },
    multipart: (parts: readonly Part[], { boundary = 'abc', method = 'POST', query = {} } = {}) =>
      ask({
        method,
        query,
        headers: { 'content-type': `multipart/mixed; boundary=${boundary}` },
        body: multipart(parts, boundary),
      }),
  };
}

export interface Part {
  headers: Record<string, string>;
  content: string | Buffer;
}

export function multipart(parts: readonly Part[], boundary: string, preamble = ''): Buffer {
  const head = (headers: Record<string, string>): string =>
    Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
  return Buffer.concat([
    Buffer.from(preamble),
    ...parts.flatMap(({ headers, content }) => [
      Buffer.from(`--${boundary}\r\n${head(headers)}\r\n`),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--`),
  ]);
}

export const statementPart = (body: object): Part => ({
  headers: { 'Content-Type': 'application/json' },
  content: JSON.stringify(body),
});

export function sha2(content: string | Buffer, algorithm = 'sha256'): string {
  return createHash(algorithm).update(content).digest('hex');
}

export function filePart(content: string | Buffer, headers: Record<string, string> = {}): Part {
  return {
    headers: {
      'Content-Type': 'text/plain',
      'Content-Transfer-Encoding': 'binary',
      'X-Experience-API-Hash': sha2(content),
      ...headers,
    },
    content,
  };
}

/** An attachment of a statement. */
export function attachment(content: string | Buffer, more: Sent = {}): Sent {
  return {
    usageType: 'https://lms.example/usage/test',
    display: { 'en-US': 'A test' },
    contentType: 'text/plain',
    length: Buffer.from(content).length,
    sha2: sha2(content),
    ...more,
  };
}
