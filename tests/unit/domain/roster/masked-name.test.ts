import { expect, test } from 'vitest';
import { maskedName } from '../../../../src/domain/roster/masked-name.ts';

test.each([
  ['王桂兰', '王○○'],
  ['石磊', '石○'],
  ['欧阳春', '欧阳○'],
  ['欧阳', '欧○'],
  ['诸葛小明', '诸葛○○'],
  ['阿依古丽·买买提', '阿依古丽○'],
  ['Zhao Defu', 'Zhao○'],
  ['Prince', 'P○○'],
  ['王', '王○'],
])('%s is shown as %s', (name, masked) => {
  expect(maskedName(name)).toBe(masked);
});
