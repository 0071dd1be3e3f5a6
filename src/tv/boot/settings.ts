import type { KeyProfile } from '../../domain/remote/key-profile.ts';
import { fileBeside } from './file-beside.ts';

/** `settings.json`, which a technician may edit beside the built app. */
export interface SettingsFile {
  appSettings: { stage: Record<string, unknown> };
  platformSettings: Record<string, unknown>;
  device: { service?: string; keyProfiles: Record<string, KeyProfile> };
}

/** Reads the settings. Rejects when they cannot be had or are no JSON. */
export async function loadSettings(): Promise<SettingsFile> {
  return JSON.parse(await fileBeside('settings.json')) as SettingsFile;
}
