import type { PlayerName } from '../../domain/remote/box-settings.ts';

export type VendorPlayerName = 'ctc' | 'avplay' | 'bridge';

/** What a box puts into the page when it brings a player of its own. */
interface VendorWorld {
  MediaPlayer?: unknown;
  Utility?: unknown;
  webapis?: { avplay?: unknown };
  NativePlayer?: unknown;
}

/**
 * The box's own player to be used, if any. A name in the settings holds only where the box has that player:
 * a wrong one must not leave a village without a picture.
 */
export function vendorPlayerOf(world: object, asked: PlayerName): VendorPlayerName | undefined {
  const { MediaPlayer, Utility, webapis, NativePlayer } = world as VendorWorld;
  const there: VendorPlayerName[] = [];
  if (typeof MediaPlayer === 'function' && Utility) there.push('ctc');
  if (webapis?.avplay) there.push('avplay');
  if (NativePlayer) there.push('bridge');
  if (asked === 'hlsjs' || asked === 'native') return undefined;
  return there.find((name) => name === asked) ?? there[0];
}
