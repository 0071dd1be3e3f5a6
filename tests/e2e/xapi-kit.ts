import { afterAll, beforeAll } from 'vitest';
import { startService, type Service } from '../../src/service/service.ts';
import { basic, integration, temporaryFolder, writeContent } from './service-kit.ts';

export const versions = ['1.0.3', '2.0.0'] as const;

export interface XapiAnswer {
  status: number;
  headers: Headers;
  bytes: Buffer;
  text: string;
  /** Throws when the body is no JSON. */
  json: <Body = unknown>() => Body;
}

export interface XapiRequest {
  method?: string;
  query?: Readonly<Record<string, unknown>>;
  /** Added to an integration's credential and the version; `undefined` leaves one of them out. */
  headers?: Readonly<Record<string, string | undefined>>;
  /** Objects are sent as JSON. */
  body?: object | string | Buffer;
  version?: string;
}

/** Asks an xAPI resource as a program of the county would. */
export class XapiClient {
  readonly #service: () => Service;

  constructor(service: () => Service) {
    this.#service = service;
  }

  get url(): string {
    return this.#service().url;
  }

  async ask(
    path: string,
    { method = 'GET', query = {}, headers = {}, body, version = '1.0.3' }: XapiRequest = {},
  ): Promise<XapiAnswer> {
    const isRaw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
    const all: Record<string, string | undefined> = {
      authorization: basic,
      'x-experience-api-version': version,
      'content-type': isRaw ? undefined : 'application/json',
      ...headers,
    };
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    // Bytes: fetch would give a text a type of its own.
    const bytes = body === undefined ? undefined : Buffer.from(isRaw ? body : JSON.stringify(body));
    const response = await fetch(`${this.url}/xapi${path}${search(query)}`, {
      method,
      headers: given,
      ...(bytes === undefined ? {} : { body: new Uint8Array(bytes) }),
    });
    const answer = Buffer.from(await response.arrayBuffer());
    return {
      status: response.status,
      headers: response.headers,
      bytes: answer,
      text: answer.toString('utf8'),
      json: <Body>() => JSON.parse(answer.toString('utf8')) as Body,
    };
  }

  async status(path: string, request: XapiRequest): Promise<number> {
    return (await this.ask(path, request)).status;
  }
}

/** Parameters as the xAPI sends them: objects are JSON. */
export function search(query: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
  return params.size > 0 ? `?${params.toString()}` : '';
}

/**
 * A service of the tests around, on a database.
 *
 * @param now its clock, milliseconds since 1970.
 */
export function serviceOn(database: () => string | undefined, now: () => number = Date.now): XapiClient {
  const data = temporaryFolder();
  const manifests = temporaryFolder();
  let service: Service;
  beforeAll(async () => {
    writeContent(manifests.path);
    service = await startService({
      port: 0,
      host: '127.0.0.1',
      data: data.path,
      manifests: manifests.path,
      databaseUrl: database(),
      integration,
      logLevel: 'error',
      now,
    });
  });
  afterAll(async () => {
    await service?.close();
    data.remove();
    manifests.remove();
  });
  return new XapiClient(() => service);
}
