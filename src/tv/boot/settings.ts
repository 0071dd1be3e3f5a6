import type { KeyProfile } from '../../domain/remote/key-profile.ts';

/** `settings.json`, which a technician may edit beside the built app. */
export interface SettingsFile {
  appSettings: { stage: Record<string, unknown> };
  platformSettings: Record<string, unknown>;
  device: { keyProfiles: Record<string, KeyProfile> };
}

/** Reads the settings. Rejects when they cannot be had or are no JSON. */
export async function loadSettings(): Promise<SettingsFile> {
  const response = await fetch('settings.json');
  if (!response.ok) throw new Error(`settings.json: HTTP ${response.status}`);
  return (await response.json()) as SettingsFile;
}
