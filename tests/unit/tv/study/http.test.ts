import { describe, expect, it } from 'vitest';
import { createHttp, type Http } from '../../../../src/tv/study/http.ts';
import { fakeBox, fakeDisk, type FakeBox } from '../../../fakes/fake-box.ts';

function http(answer: () => Promise<Response>): {
  http: Http;
  box: FakeBox;
  calls: unknown[][];
  dates: number[];
} {
  const calls: unknown[][] = [];
  const dates: number[] = [];
  const box = fakeBox((...call) => {
    calls.push(call);
    return answer();
  }, fakeDisk());
  return { http: createHttp(box, 'https://s.example', (ms) => dates.push(ms)), box, calls, dates };
}

describe('a call to the service', () => {
  it('brings status, JSON, Retry-After and the date', async () => {
    const {
      http: call,
      calls,
      dates,
    } = http(() =>
      Promise.resolve(
        new Response('{"a":1}', {
          status: 503,
          headers: { Date: 'Fri, 20 Nov 2026 04:00:00 GMT', 'Retry-After': '120' },
        }),
      ),
    );
    expect(await call({ method: 'POST', path: '/x', body: 'text' })).toEqual({
      status: 503,
      json: { a: 1 },
      retryAfter: 120,
    });
    expect(dates).toEqual([Date.UTC(2026, 10, 20, 4)]);
    expect(calls).toMatchObject([
      ['https://s.example/x', { method: 'POST', body: 'text', cache: 'no-store', credentials: 'omit' }],
    ]);
  });

  it('without JSON, date or Retry-After has none', async () => {
    const { http: call, dates } = http(() => Promise.resolve(new Response('<html>')));
    expect(await call({ method: 'GET', path: '/x' })).toEqual({ status: 200, json: undefined });
    expect(dates).toEqual([]);
  });

  it('that is not answered within 30 s fails', async () => {
    const { http: call, box, calls } = http(() => new Promise(() => undefined));
    const answer = call({ method: 'GET', path: '/x' });
    box.pass(30);
    await expect(answer).rejects.toThrow('no answer in time');
    expect((calls[0]?.[1] as RequestInit).signal?.aborted).toBe(true);
  });

  it('fails with the network', async () => {
    const { http: call } = http(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(call({ method: 'GET', path: '/x' })).rejects.toThrow('Failed to fetch');
  });
});
