/** Every page of the app, by the address it has. */
export type Route =
  | { page: 'home' }
  | { page: 'playlist'; id: string }
  | { page: 'lesson'; id: string }
  | { page: 'play'; id: string; playlist?: string | undefined }
  | { page: 'farm-talk'; issue?: string | undefined }
  | { page: 'my-study' }
  | { page: 'who' }
  | { page: 'together' }
  | { page: 'together-past' }
  | { page: 'together-paper' }
  | { page: 'settings' }
  | { page: 'binding' }
  | { page: 'help' }
  /** `teach`: asks at once which key is which. */
  | { page: 'remote'; teach?: boolean | undefined };

const plainPages = [
  'home',
  'my-study',
  'who',
  'together',
  'together-past',
  'together-paper',
  'settings',
  'binding',
  'help',
] as const;

/**
 * Reads a deep link: `#playlist/<id>`, `#lesson/<id>`, `#play/<lessonId>[/<playlistId>]`, `#farm-talk[/<issueId>]`,
 * `#remote[/teach]`, …
 *
 * @returns `undefined` for an address this app does not have.
 */
export function parseRoute(hash: string): Route | undefined {
  const [page = '', ...rest] = hash.replace(/^#\/?/, '').split('/').map(decode);
  if (page === '') return { page: 'home' };
  const plain = plainPages.find((name) => name === page);
  if (plain) return { page: plain };
  const [id, playlist] = rest;
  if (page === 'farm-talk') return { page, ...(id ? { issue: id } : {}) };
  if (page === 'remote') return { page, ...(id === 'teach' ? { teach: true } : {}) };
  if (!id) return undefined;
  if (page === 'playlist' || page === 'lesson') return { page, id };
  if (page === 'play') return { page, id, ...(playlist ? { playlist } : {}) };
  return undefined;
}

/** The address of a page, with `#`. */
export function formatRoute(route: Route): string {
  const parts: string[] = [route.page];
  if ('id' in route) parts.push(encodeURIComponent(route.id));
  if (route.page === 'farm-talk' && route.issue) parts.push(encodeURIComponent(route.issue));
  if (route.page === 'play' && route.playlist) parts.push(encodeURIComponent(route.playlist));
  if (route.page === 'remote' && route.teach) parts.push('teach');
  return `#${parts.join('/')}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
