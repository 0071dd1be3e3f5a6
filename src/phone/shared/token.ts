/** Where a visit keeps what opens the service to it: until the page is closed, or the service says it is over. */
const KEPT = 'token';
const LINK = /^(link_[\w-]{43})(?:&waiting=(\d{1,4}))?$/;

/** What a link from the TV's screen brought. */
export interface Opened {
  token: string;
  /** Records that wait on the TV to be uploaded, where the link says so. */
  waiting: number;
}

/** The link in the address, taken out of it: no history keeps it, and no address that is passed on. */
export function takeLink(): Opened | undefined {
  const [, token, waiting = '0'] = LINK.exec(location.hash.slice(1)) ?? [];
  history.replaceState(null, '', location.pathname);
  if (token !== undefined) sessionStorage.setItem(KEPT, token);
  const kept = sessionStorage.getItem(KEPT);
  return kept?.startsWith('link_') ? { token: kept, waiting: Number(waiting) } : undefined;
}

/** Of a person who signed in on one of the pages. */
export function signedInToken(): string | undefined {
  const kept = sessionStorage.getItem(KEPT);
  return kept?.startsWith('phone_') ? kept : undefined;
}

export function keepToken(token: string): void {
  sessionStorage.setItem(KEPT, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(KEPT);
}
