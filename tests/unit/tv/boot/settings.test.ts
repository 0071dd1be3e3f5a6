import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../../../src/tv/boot/settings.ts';

describe('settings.json', () => {
  it('is taken as it is, over what it leaves out', async () => {
    const text = '{"appSettings":{"stage":{"memoryPressure":1}},"device":{"profile":"ctc"}}';
    const { settings, problems } = await loadSettings(() => Promise.resolve(text));
    expect(problems).toEqual([]);
    expect(settings.device).toEqual({ profile: 'ctc' });
    expect(settings.appSettings.stage).toMatchObject({ memoryPressure: 1, autostart: false });
  });

  it.each([
    ['is missing', () => Promise.reject(new Error('HTTP 404'))],
    ['is no JSON', () => Promise.resolve('{"device":')],
  ])('that %s is told, and the app starts without', async (_, read) => {
    const { settings, problems } = await loadSettings(read);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^settings\.json: /);
    expect(settings.appSettings.stage['autostart']).toBe(false);
  });
});
