/** Rows in one command: databases limit its parameters, SQLite to 32,766; no table has 60 columns. */
export const ROWS_PER_COMMAND = 500;

/** The rows in their order, in lists that one command can hold. */
export function slices<Row>(rows: readonly Row[], size: number = ROWS_PER_COMMAND): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
}
