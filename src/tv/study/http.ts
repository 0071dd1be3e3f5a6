import type { Box } from './box.ts';

/** An answer of the service, or of whatever stands in its place. */
export interface Answer {
  status: number;
  /** The body as JSON; `undefined` when it is not JSON. */
  json: unknown;
  /** Seconds, from `Retry-After`. */
  retryAfter?: number;
}

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** @throws when there was no answer in time. */
export type Http = (call: Call) => Promise<Answer>;

const WITHIN_SECONDS = 30;

/**
 * Calls to the service.
 *
 * @param base address of the service without a slash at the end; empty for the page's own origin.
 * @param onDate hears the server's clock with every answer, milliseconds since 1970.
 */
export function createHttp(
  { fetch, later }: Pick<Box, 'fetch' | 'later'>,
  base: string,
  onDate: (serverMs: number) => void,
): Http {
  return async ({ method, path, headers, body }) => {
    // Chromium before 66 has none; there a late answer is merely not waited for.
    const abort = typeof AbortController === 'function' ? new AbortController() : undefined;
    let inTime = (): void => undefined;
    const tooLate = new Promise<never>((_, reject) => {
      inTime = later(() => {
        reject(new Error('no answer in time'));
        abort?.abort();
      }, WITHIN_SECONDS);
    });
    const asked = async (): Promise<Answer> => {
      const response = await fetch(base + path, {
        method,
        // A cached answer would bring an old Date.
        cache: 'no-store',
        // With credentials a browser may answer a 401 with a window that asks for a password.
        credentials: 'omit',
        ...(headers ? { headers } : {}),
        ...(body === undefined ? {} : { body }),
        ...(abort ? { signal: abort.signal } : {}),
      });
      const date = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(date)) onDate(date);
      const text = await response.text();
      const retryAfter = Number(response.headers.get('retry-after') ?? NaN);
      return {
        status: response.status,
        json: parsed(text),
        ...(retryAfter >= 0 ? { retryAfter } : {}),
      };
    };
    try {
      return await Promise.race([asked(), tooLate]);
    } finally {
      inTime();
    }
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
