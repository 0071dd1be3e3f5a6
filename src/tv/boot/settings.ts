import { fileBeside } from '../file-beside.ts';

/** `settings.json`, which a technician may edit beside the built app. */
export interface SettingsFile {
  appSettings: {
    stage: Record<string, unknown> & {
      /** Pixels of all textures, on a screen of 1280×720, beyond which those that nothing shows are let go. */
      memoryPressure: number;
    };
  };
  platformSettings: Record<string, unknown>;
  /** Not checked yet. */
  device: unknown;
}

/** What holds where the file cannot be read: enough to start, with a browser's own keys. */
const defaults: SettingsFile = {
  appSettings: { stage: { autostart: false, clearColor: 0, useImageWorker: false, memoryPressure: 3.5e6 } },
  platformSettings: { path: './static' },
  device: {},
};

/**
 * Reads the settings. A mistake never takes the app down: it is told, and what is missing is the default.
 *
 * @param read gives the file's text
 */
export async function loadSettings(
  read: (name: string) => Promise<string> = fileBeside,
): Promise<{ settings: SettingsFile; problems: string[] }> {
  try {
    const found = JSON.parse(await read('settings.json')) as Partial<SettingsFile> | null;
    const stage = { ...defaults.appSettings.stage, ...found?.appSettings?.stage };
    const settings = { ...defaults, ...found, appSettings: { ...found?.appSettings, stage } };
    return { settings, problems: [] };
  } catch (reason) {
    return { settings: defaults, problems: [`settings.json: ${String(reason)}`] };
  }
}

/** `device.service` as it stands; anything but a text is passed over here and told by `checkDevice`. */
export function serviceIn(device: unknown): string | undefined {
  const service = (device as { service?: unknown } | null | undefined)?.service;
  return typeof service === 'string' ? service : undefined;
}
