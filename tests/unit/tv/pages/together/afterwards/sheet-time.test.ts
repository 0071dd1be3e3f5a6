import { describe, expect, it } from 'vitest';
import { lastHour, turned } from '../../../../../../src/tv/pages/together/afterwards/sheet-time.ts';

// The box's own zone, whatever it is.
const now = new Date(2026, 10, 26, 14, 50);
const at = (month: number, day: number, hour: number, year = 2026) => new Date(year, month - 1, day, hour);

describe('when a sheet was signed', () => {
  it('begins with the full hour that has gone by', () => {
    expect(lastHour(now)).toEqual(at(11, 26, 14));
  });

  it('turns one thing and leaves the others', () => {
    expect(turned(at(11, 20, 14), 'day', -1, now)).toEqual(at(11, 19, 14));
    expect(turned(at(11, 20, 14), 'month', -1, now)).toEqual(at(10, 20, 14));
    expect(turned(at(11, 20, 0), 'hour', -1, now)).toEqual(at(11, 20, 23));
    expect(turned(at(11, 20, 23), 'hour', 1, now)).toEqual(at(11, 20, 0));
  });

  it('goes over the ends of months and years, and keeps a day that the month has', () => {
    expect(turned(at(11, 1, 9), 'day', -1, now)).toEqual(at(10, 31, 9));
    expect(turned(at(10, 31, 9), 'month', -1, now)).toEqual(at(9, 30, 9));
    expect(turned(at(1, 31, 9), 'month', -1, now)).toEqual(at(12, 31, 9, 2025));
    expect(turned(at(3, 31, 9), 'month', -1, now)).toEqual(at(2, 28, 9));
  });

  it('never leads past the hour that has gone by', () => {
    expect(turned(at(11, 26, 14), 'day', 1, now)).toEqual(at(11, 26, 14));
    expect(turned(at(11, 26, 14), 'hour', 1, now)).toEqual(at(11, 26, 14));
    expect(turned(at(11, 10, 9), 'month', 1, now)).toEqual(at(11, 26, 14));
  });
});
