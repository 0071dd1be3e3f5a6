import type { Volume } from '../../../domain/remote/volume-steps.ts';
import type { CtcMediaPlayer, CtcWorld } from './ctc-world.ts';

/** The loudness of a box whose page has to turn it. */
export interface BoxVolume {
  get(): Volume;
  set(volume: Volume): void;
}

/** Where a box does not say how loud it is. */
const unknownLevel = 50;

/**
 * The loudness of an IPTV box, through whichever `MediaPlayer` plays. While nothing plays one is made that never
 * opens a decoder: the page standards call the volume the box's, not the lesson's.
 *
 * @param playing the player in use, if any
 */
export function ctcVolume(
  { MediaPlayer }: Pick<CtcWorld, 'MediaPlayer'>,
  playing: () => CtcMediaPlayer | undefined,
): BoxVolume {
  let spare: CtcMediaPlayer | undefined;
  const player = (): CtcMediaPlayer => playing() ?? (spare ??= new MediaPlayer());
  let known: Volume = { level: unknownLevel, muted: false };
  return {
    get() {
      const level = numberOf(player().getVolume());
      const muted = numberOf(player().getMuteFlag());
      return {
        level: level === undefined || level < 0 || level > 100 ? known.level : level,
        muted: muted === undefined ? known.muted : muted === 1,
      };
    },
    set(volume) {
      known = volume;
      // The page draws its own bar.
      player().setAudioVolumeUIFlag(0);
      player().setMuteUIFlag(0);
      player().setVolume(volume.level);
      player().setMuteFlag(volume.muted ? 1 : 0);
    },
  };
}

/** Boxes answer numbers as text here and there, and nothing before a player was opened. */
function numberOf(answer: unknown): number | undefined {
  if (typeof answer !== 'number' && (typeof answer !== 'string' || answer === '')) return undefined;
  const number = Number(answer);
  return Number.isFinite(number) ? number : undefined;
}
