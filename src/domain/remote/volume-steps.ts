import type { KeyName } from './key-names.ts';

/** How loud a box is. */
export interface Volume {
  /** 0 to 100. */
  level: number;
  muted: boolean;
}

export const volumeKeys = ['VolumeUp', 'VolumeDown', 'Mute'] as const satisfies readonly KeyName[];
export type VolumeKey = (typeof volumeKeys)[number];

/** Twenty presses lead from silence to the loudest. */
const step = 5;

/** What a volume key makes of it: louder or softer is also heard again, as on every TV. */
export function turnVolume({ level, muted }: Volume, key: VolumeKey): Volume {
  if (key === 'Mute') return { level, muted: !muted };
  const turned = level + (key === 'VolumeUp' ? step : -step);
  return { level: Math.min(100, Math.max(0, turned)), muted: false };
}
