import { expect, test } from 'vitest';
import { defaultLimits } from '../../../src/service/http/limits.ts';
import { readLimits, readPublicUrl, readTrustProxy } from '../../../src/service/limit-options.ts';

test('limits are the usual ones where the environment is silent', () => {
  expect(readLimits({})).toEqual(defaultLimits);
  expect(readLimits({ LIMIT_BOX: '0', LIMIT_DELAY: '500' })).toEqual({
    ...defaultLimits,
    perBox: 0,
    eventLoopDelay: 500,
  });
  expect(() => readLimits({ LIMIT_ADDRESS: '-1' })).toThrow(
    'LIMIT_ADDRESS must be a whole number, not "-1".',
  );
});

test('proxies are addresses, ranges or names of ranges', () => {
  for (const good of ['loopback', '10.0.0.0/8, ::1', 'fd00::/8', '192.168.1.2'])
    expect(readTrustProxy({ TRUST_PROXY: good })).toBe(good);
  expect(readTrustProxy({ TRUST_PROXY: '' })).toBeUndefined();
  for (const bad of ['true', '10.0.0.0/33', '10.0.0.0/8/8', 'proxy.example', ','])
    expect(() => readTrustProxy({ TRUST_PROXY: bad })).toThrow('TRUST_PROXY must be');
});

test("the service's address has no slash at its end", () => {
  expect(readPublicUrl({ PUBLIC_URL: 'https://study.example/' })).toBe('https://study.example');
  expect(readPublicUrl({ PUBLIC_URL: 'http://county.example:8080/study' })).toBe(
    'http://county.example:8080/study',
  );
  for (const bad of ['study.example', 'javascript:alert(1)', 'https://a.example/?x'])
    expect(() => readPublicUrl({ PUBLIC_URL: bad })).toThrow('PUBLIC_URL must be');
});
