import { describe, expect, it, vi } from 'vitest';
import { leaveApp } from '../../../../src/tv/boot/exit.ts';

const start = 'http://box/';

/** Where leaving leads from an address with this query, and what was called on the way. */
function leaving(search: string, box: object = {}): string {
  const close = vi.fn();
  const location = { search, href: start } as Location;
  leaveApp({ location, close, ...box });
  return close.mock.calls.length > 0 ? 'closed' : location.href;
}

describe('leaving the app', () => {
  it.each([
    ['the operator’s page', '?returnUrl=http%3A%2F%2Fepg.local%2Fhome%3Fa%3D1', 'http://epg.local/home?a=1'],
    ['it by the other name boxes use', '?profile=ctc&ReturnURL=https://epg.local/', 'https://epg.local/'],
  ])('goes back to %s', (_, search, href) => {
    expect(leaving(search)).toBe(href);
  });

  it.each([
    ['no address', ''],
    ['an empty address', '?returnUrl='],
    ['a script', '?returnUrl=javascript:alert(1)'],
    ['data', '?returnUrl=data:text/html,x'],
    ['a path', '?returnUrl=//elsewhere'],
  ])('closes the window where there is %s', (_, search) => {
    expect(leaving(search)).toBe('closed');
  });

  it('asks the Android wrapper, a Tizen and a webOS set their own way', () => {
    const exit = vi.fn();
    expect(leaving('', { NativeHost: { exit } })).toBe(start);
    expect(leaving('', { tizen: { application: { getCurrentApplication: () => ({ exit }) } } })).toBe(start);
    expect(leaving('', { webOS: { platformBack: exit } })).toBe(start);
    expect(exit).toHaveBeenCalledTimes(3);
  });

  it.each(['CTCGetConfig', 'CUGetConfig'])('goes to the portal of an IPTV box, asked by %s', (ask) => {
    const portal = (name: string) => (name === 'EPGDomain' ? 'http://10.0.0.1/epg' : '');
    expect(leaving('', { Authentication: { [ask]: portal } })).toBe('http://10.0.0.1/epg');
  });

  it('closes where the portal has no address, and prefers the page it came from', () => {
    expect(leaving('', { Authentication: { CTCGetConfig: () => '' } })).toBe('closed');
    const box = { Authentication: { CTCGetConfig: () => 'http://portal/' } };
    expect(leaving('?returnUrl=http://here/', box)).toBe('http://here/');
  });
});
