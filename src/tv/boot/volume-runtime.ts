import type { Lightning } from '@lightningjs/sdk';
import { turnVolume, volumeKeys } from '../../domain/remote/volume-steps.ts';
import { VolumeBar } from '../app/VolumeBar.ts';
import { t } from '../locales/i18n.ts';
import { ctcVolume } from '../player/engines/ctc-volume.ts';
import { isCtcWorld, type CtcMediaPlayer } from '../player/engines/ctc-world.ts';
import type { KeyBridge } from '../remote/key-bridge.ts';
import { part } from '../ui/parts.ts';

/** Volume keys on IPTV boxes, whose page has to turn the volume itself; does nothing on others. */
export function installVolumeKeys(
  world: object,
  app: Lightning.Component,
  bridge: Pick<KeyBridge, 'onKey'>,
  playing: () => CtcMediaPlayer | undefined,
): void {
  if (!isCtcWorld(world)) return;
  const volume = ctcVolume(world, playing);
  app.patch({ Volume: { type: VolumeBar } });
  bridge.onKey(({ meaning, second }) => {
    const key = volumeKeys.find((name) => name === meaning);
    if (!key || second) return false;
    const now = turnVolume(volume.get(), key);
    volume.set(now);
    const words = now.muted ? t('volume.muted') : t('volume.level', { level: now.level });
    part<VolumeBar>(app, 'Volume').show(now, words);
    // The app hears it too: somebody is there.
    return false;
  });
}
