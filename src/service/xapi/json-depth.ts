/** Nesting that nothing here needs; far below what would exhaust the stack. */
export const DEEPEST = 100;

/** Whether a JSON value is nested deeper than is taken. */
export function nestsDeeper(value: unknown, levels = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => nestsDeeper(inner, levels - 1));
}
