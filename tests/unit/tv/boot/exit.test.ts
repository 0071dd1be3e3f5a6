// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import { leaveApp } from '../../../../src/tv/boot/exit.ts';

const start = 'http://box/';
let close: MockInstance<() => void>;

/** Where leaving leads from an address with this query; `closed` when the window is closed instead. */
function leavingFrom(search: string): string {
  const location = { search, href: start } as Location;
  leaveApp(location);
  return close.mock.calls.length > 0 ? 'closed' : location.href;
}

beforeEach(() => {
  close = vi.spyOn(window, 'close').mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

describe('leaving the app', () => {
  it.each([
    ['the operator’s page', '?returnUrl=http%3A%2F%2Fepg.local%2Fhome%3Fa%3D1', 'http://epg.local/home?a=1'],
    ['it by the other name boxes use', '?profile=ctc&ReturnURL=https://epg.local/', 'https://epg.local/'],
  ])('goes back to %s', (_, search, href) => {
    expect(leavingFrom(search)).toBe(href);
  });

  it.each([
    ['no address', ''],
    ['an empty address', '?returnUrl='],
    ['a script', '?returnUrl=javascript:alert(1)'],
    ['data', '?returnUrl=data:text/html,x'],
    ['a path', '?returnUrl=//elsewhere'],
  ])('closes the window where there is %s', (_, search) => {
    expect(leavingFrom(search)).toBe('closed');
  });
});
