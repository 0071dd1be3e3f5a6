/** A call that was not answered as wished: the service's code, or `offline`. */
export class Trouble extends Error {
  readonly code: string;
  /** How long to wait before the next try, seconds. */
  readonly wait: number;

  constructor(code: string, wait = 0) {
    super(code);
    this.code = code;
    this.wait = wait;
  }
}

/** Seconds: a village's 3G may take its time. */
const PATIENCE = 30;

/**
 * Calls the service.
 *
 * @param path below `/api/v1/`.
 * @param token of a signed-in person.
 * @throws {@link Trouble}
 */
export async function call<Answer>(
  method: 'GET' | 'POST',
  path: string,
  { body, token }: { body?: object; token?: string | undefined } = {},
): Promise<Answer> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Trouble('offline')), PATIENCE * 1000);
  });
  const response = await Promise.race([
    fetch(`../api/v1/${path}`, {
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
    }),
    late,
  ]);
  const answer = (await response.json().catch(() => ({}))) as Answer & { code?: string };
  if (response.ok) return answer;
  throw new Trouble(answer.code ?? 'offline', Number(response.headers.get('retry-after') ?? 0));
}
