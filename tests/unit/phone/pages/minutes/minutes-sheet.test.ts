// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { minutesSheet, type Minutes } from '../../../../../src/phone/pages/minutes/minutes-sheet.ts';

const minutes: Minutes = {
  kind: 'group',
  room: '枣园村活动室',
  host: '赵德福',
  from: '2026-11-18T17:00:00.000Z',
  to: '2026-11-18T18:30:00.000Z',
  timeZone: 'Asia/Urumqi',
  lessons: [],
  expected: 3,
  guests: 0,
  attendees: [],
  asked: [],
  notes: ['try-at-home', 'made-up-by-the-county'],
  words: '',
  corrections: [{ at: '2026-11-19T01:05:00.000Z', reason: '点错了名字', added: [], removed: ['孙长河'] }],
};

it('tells days and hours in the county’s time zone, wherever the phone thinks it is', () => {
  const words = minutesSheet(minutes).textContent;
  expect(words).toContain('2026/11/18 23:00 – 00:30');
  expect(words).toContain('2026/11/19 07:05');
  expect(minutesSheet({ ...minutes, timeZone: 'Asia/Shanghai' }).textContent).toContain(
    '2026/11/19 01:00 – 02:30',
  );
});

it('has words for the note cards, and shows a card it does not know by its name', () => {
  const words = minutesSheet(minutes).textContent;
  expect(words).toContain('回去试一试');
  expect(words).toContain('made-up-by-the-county');
});
