import { expect, test } from 'vitest';
import { maskedList, maskedName } from '../../../../src/domain/roster/masked-name.ts';

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
  expect(maskedName(masked)).toBe(masked);
});

test('a list tells those who look the same apart by the end of their numbers, as short as will do', () => {
  const people = [
    { id: '100102', name: '王桂兰' },
    { id: '200102', name: '王秀英' },
    { id: '100103', name: '王小明' },
    { id: '100104', name: '孙长河' },
  ];
  expect(maskedList(people)).toEqual([
    { id: '100102', masked: '王○○', tail: '0102' },
    { id: '200102', masked: '王○○', tail: '0102' },
    { id: '100103', masked: '王○○', tail: '03' },
    { id: '100104', masked: '孙○○' },
  ]);
});
