/** Days without a sign of somebody after which the branch may look in: two months. Source: the product's branch view. */
const QUIET_DAYS = 61;
const DAY = 86_400_000;

/**
 * Whether somebody may need a visit. Who was never seen may as well.
 *
 * @param lastSeen the last study that is known, milliseconds since 1970.
 */
export function mayNeedVisit(lastSeen: number | undefined, now: number): boolean {
  return lastSeen === undefined || now - lastSeen >= QUIET_DAYS * DAY;
}
