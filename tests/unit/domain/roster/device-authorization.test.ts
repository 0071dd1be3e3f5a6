import { expect, test } from 'vitest';
import { answerPoll, type DeviceAuthorization } from '../../../../src/domain/roster/device-authorization.ts';
import {
  cardNumbers,
  codePrefix,
  makeCode,
  readCode,
  showCode,
  userCodes,
} from '../../../../src/domain/roster/binding-code.ts';

const waiting: DeviceAuthorization = {
  status: 'pending',
  expiresAt: 600_000,
  intervalSeconds: 5,
  polledAt: null,
};

test.each([
  ['the first question', waiting, 0, 'authorization_pending'],
  ['in time', { ...waiting, polledAt: 0 }, 5000, 'authorization_pending'],
  ['in time, the one before was late', { ...waiting, polledAt: 300 }, 5000, 'authorization_pending'],
  ['too soon', { ...waiting, polledAt: 0 }, 4000, 'slow_down'],
  ['too soon, though confirmed', { ...waiting, polledAt: 0, status: 'approved' }, 4000, 'slow_down'],
  ['confirmed', { ...waiting, status: 'approved' }, 1000, 'approved'],
  ['refused', { ...waiting, status: 'denied', polledAt: 0 }, 1000, 'access_denied'],
  ['too late', waiting, 600_000, 'expired_token'],
  ['back after a night without power', { ...waiting, status: 'approved' }, 43_200_000, 'approved'],
  ['back after a month', { ...waiting, status: 'approved' }, 30 * 86_400_000, 'expired_token'],
] as const)('%s', (_, authorization, now, answer) => {
  expect(answerPoll(authorization, now).answer).toBe(answer);
});

test('who asks too soon waits five seconds longer from then on', () => {
  const { intervalSeconds } = answerPoll({ ...waiting, polledAt: 0 }, 100);
  expect(intervalSeconds).toBe(10);
  expect(answerPoll({ ...waiting, polledAt: 100, intervalSeconds }, 6000).answer).toBe('slow_down');
  expect(answerPoll({ ...waiting, polledAt: 100, intervalSeconds }, 10_100).answer).toBe(
    'authorization_pending',
  );
});

test('codes are read as people type them', () => {
  const code = makeCode(userCodes, (below) => below - 1);
  expect(code).toBe('ZZZZZZZZ');
  expect(showCode('BCDFGHJK')).toBe('BCDF-GHJK');
  expect(readCode(userCodes, ' bcdf-ghjk ')).toBe('BCDFGHJK');
  expect(codePrefix('BCDFGHJK')).toBe('BCDF');
  for (const none of ['', 'BCDFGHJ', 'BCDFGHJKL', 'ABCDFGHJ', 'BCDFGHJ\0'])
    expect(readCode(userCodes, none)).toBeUndefined();
  expect(readCode(cardNumbers, '1234 5678-9012')).toBe('123456789012');
});
