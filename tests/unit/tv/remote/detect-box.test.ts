import { describe, expect, it } from 'vitest';
import { askedBox, detectBox } from '../../../../src/tv/remote/detect-box.ts';

const from = (userAgent: string, objects: object = {}) => detectBox({ navigator: { userAgent }, ...objects });
const chrome = 'Mozilla/5.0 (X11; Linux) Chrome/66.0 Safari/537.36';

describe('the kind of a box', () => {
  it.each([
    ['webos', { webOS: {} }],
    ['webos', { PalmSystem: {} }],
    ['tizen', { tizen: {} }],
    ['ipanel', { iPanel: {} }],
    ['android', { NativeHost: { info: () => '' } }],
    ['ctc', { Authentication: { CTCGetConfig: () => '' } }],
    ['ctc', { Authentication: { CUGetConfig: () => '' } }],
  ])('is %s by its object', (profile, objects) => {
    expect(from(chrome, objects)).toEqual({ profile, model: undefined });
  });

  it.each([
    ['webos', 'Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 Chrome/38'],
    ['tizen', 'Mozilla/5.0 (SMART-TV; Linux; Tizen 2.4.0) AppleWebKit/538.1'],
    ['ipanel', 'iPanel/3.0'],
    ['hbbtv', 'Mozilla/5.0 (Linux) HbbTV/1.4.1 (+DRM; Vendor)'],
    ['firetv', 'Mozilla/5.0 (Linux; Android 5.1; AFTM Build/LMY47O) Chrome/41'],
    [undefined, chrome],
  ])('is %s by its name', (profile, agent) => {
    expect(from(agent).profile).toBe(profile);
  });

  it.each([
    ['EC6108V9', { CTCGetConfig: (name: string) => (name === 'STBType' ? 'EC6108V9' : '') }],
    ['B860', { CUGetConfig: (name: string) => (name === 'STBType' ? 'B860' : '') }],
    ['HG680', { CUGetConfig: (name: string) => (name === 'device.stbmodel' ? 'HG680' : undefined) }],
    [
      'S65',
      {
        CTCGetConfig: () => {
          throw new Error('unknown');
        },
        CUGetConfig: () => 'S65',
      },
    ],
  ])('comes with the model %s where an IPTV box tells it', (model, Authentication) => {
    expect(from(chrome, { Authentication })).toEqual({ profile: 'ctc', model });
  });

  it('comes with the model that the Android wrapper tells, and without one it cannot read', () => {
    expect(from(chrome, { NativeHost: { info: () => '{"model":"B860AV2.1"}' } }).model).toBe('B860AV2.1');
    expect(from(chrome, { NativeHost: { info: () => 'B860' } }).model).toBeUndefined();
  });

  it('is asked for in the address', () => {
    expect(askedBox('?profile=ctc&model=E900')).toEqual({ profile: 'ctc', model: 'E900' });
    expect(askedBox('?profile=')).toEqual({ profile: undefined, model: undefined });
  });
});
