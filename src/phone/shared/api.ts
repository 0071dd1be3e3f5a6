/** A mistake in what was typed: where, as a JSON pointer into what was sent, and in the service's words. */
export interface FieldTrouble {
  path: string;
  message: string;
}

/** A call that was not answered as wished: the service's code, or `offline`, or `slow`. */
export class Trouble extends Error {
  readonly code: string;
  /** How long to wait before the next try, seconds. */
  readonly wait: number;
  readonly fields: readonly FieldTrouble[];

  constructor(code: string, wait = 0, fields: readonly FieldTrouble[] = []) {
    super(code);
    this.code = code;
    this.wait = wait;
    this.fields = fields;
  }
}

/** Seconds: a village's 3G may take its time. */
const PATIENCE = 30;

/**
 * Calls the service.
 *
 * @param path below `/api/v1/`.
 * @param token of a signed-in person or of a link.
 * @throws {@link Trouble}
 */
export async function call<Answer>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  { body, token }: { body?: object | undefined; token?: string | undefined } = {},
): Promise<Answer> {
  let patience = 0;
  const late = new Promise<never>((_, reject) => {
    patience = window.setTimeout(() => reject(new Trouble('slow')), PATIENCE * 1000);
  });
  try {
    return await Promise.race([ask<Answer>(method, path, body, token), late]);
  } finally {
    clearTimeout(patience);
  }
}

async function ask<Answer>(method: string, path: string, body?: object, token?: string): Promise<Answer> {
  const response = await fetch(`../api/v1/${path}`, {
    method,
    cache: 'no-store',
    credentials: 'omit',
    headers: {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).catch(() => {
    throw new Trouble('offline');
  });
  if (response.status === 204) return undefined as Answer;
  const answer = (await response.json().catch(() => {
    throw new Trouble('offline');
  })) as Answer & { code?: string; errors?: FieldTrouble[] };
  if (response.ok) return answer;
  const wait = Number(response.headers.get('retry-after') ?? 0);
  throw new Trouble(answer.code ?? 'offline', wait, answer.errors);
}
