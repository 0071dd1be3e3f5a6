/** The slot of all play since the service first heard of the box; other slots are local days before that. */
export const SINCE = 'since';

/** Seconds of a box's time by slot: {@link SINCE}, or the local day of play before. */
export type Slots = Readonly<Record<string, number>>;

/** The figures anew, to thousandths; those that come to nothing are left out. */
export function mapSlots(slots: Slots, figure: (seconds: number, slot: string) => number): Slots {
  const mapped: Record<string, number> = {};
  for (const [slot, seconds] of Object.entries(slots)) {
    const rounded = Math.round(figure(seconds, slot) * 1000) / 1000;
    if (rounded > 0) mapped[slot] = rounded;
  }
  return mapped;
}

/** The sum by slot. */
export function addSlots(a: Slots, b: Slots): Slots {
  return mapSlots({ ...a, ...b }, (_, slot) => (a[slot] ?? 0) + (b[slot] ?? 0));
}
