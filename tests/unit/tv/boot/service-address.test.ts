import { describe, expect, it } from 'vitest';
import { serviceAddress } from '../../../../src/tv/boot/service-address.ts';

describe('the address of the service', () => {
  it.each([
    ['', 'http://box.test/', 'http://box.test'],
    [undefined, 'http://box.test/epg/tv/index.html?UserID=1#home', 'http://box.test/epg/tv'],
    ['/', 'http://box.test/epg/tv/', 'http://box.test'],
    ['../credit/', 'http://box.test/epg/tv/', 'http://box.test/epg/credit'],
    ['http://10.0.0.7:8080', 'file:///android_asset/www/index.html', 'http://10.0.0.7:8080'],
  ])('%j seen from %s', (service, page, base) => {
    const address = serviceAddress(service, page);
    expect(address.base).toBe(base);
    expect(address.content('media/a/master.m3u8')).toBe(`${base}/catalogue/media/a/master.m3u8`);
    expect(address.content('http://cdn.test/a.m3u8')).toBe('http://cdn.test/a.m3u8');
  });

  it.each(['http://', 'ftp://box.test/', '../www'])(
    'refuses %s in a package, and names the field',
    (service) => {
      expect(() => serviceAddress(service, 'file:///app/index.html')).toThrow('device.service');
    },
  );
});
