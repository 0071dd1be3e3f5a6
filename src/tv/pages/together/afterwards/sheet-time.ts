/** What can be turned about the beginning of a sheet. */
export type SheetDial = 'month' | 'day' | 'hour';

/** The beginning offered first: the full hour that has gone by. */
export function lastHour(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate(), now.getHours());
}

/**
 * One step on a dial, in the box's own zone. A month keeps the day where it has one, and nothing leads past
 * the full hour that has gone by: a sheet tells of what has been.
 */
export function turned(at: Date, dial: SheetDial, step: number, now: Date): Date {
  const [year, month, day, hour] = [at.getFullYear(), at.getMonth(), at.getDate(), at.getHours()];
  const daysIn = new Date(year, month + step + 1, 0).getDate();
  const next =
    dial === 'month'
      ? new Date(year, month + step, Math.min(day, daysIn), hour)
      : dial === 'day'
        ? new Date(year, month, day + step, hour)
        : new Date(year, month, day, (hour + step + 24) % 24);
  const latest = lastHour(now);
  return next > latest ? latest : next;
}
