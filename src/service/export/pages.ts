/** Rows read in one go: few enough to be little memory, many enough to be few queries. */
export const PAGE = 500;

/** A span of time, milliseconds since 1970: from its beginning up to, and without, its end. */
export interface Span {
  since: number;
  until: number;
}

/**
 * Reads a table of any size page by page.
 *
 * @param next the page after a row, or the first one.
 */
export async function* pages<Row>(
  next: (after: Row | undefined) => Promise<Row[]>,
): AsyncGenerator<Row[], void, void> {
  let after: Row | undefined;
  do {
    const page = await next(after);
    if (page.length > 0) yield page;
    after = page.length < PAGE ? undefined : page[page.length - 1];
  } while (after !== undefined);
}
