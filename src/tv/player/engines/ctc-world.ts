/** As much of an IPTV box's `MediaPlayer` as the app uses. Boxes answer numbers as text here and there. */
export interface CtcMediaPlayer {
  getNativePlayerInstanceID(): number | string;
  initMediaPlayer(
    id: number,
    playListFlag: number,
    displayMode: number,
    height: number,
    width: number,
    left: number,
    top: number,
    muteFlag: number,
    nativeUi: number,
    subtitle: number,
    alpha: number,
    cycle: number,
    random: number,
    autoDelete: number,
  ): unknown;
  setSingleMedia(media: string): unknown;
  setAllowTrickmodeFlag(flag: number): unknown;
  setNativeUIFlag(flag: number): unknown;
  setCycleFlag(flag: number): unknown;
  setVideoDisplayMode(mode: number): unknown;
  setVideoDisplayArea(left: number, top: number, width: number, height: number): unknown;
  refreshVideoDisplay(): unknown;
  playFromStart(): unknown;
  playByTime(type: number, seconds: number, speed: number): unknown;
  pause(): unknown;
  resume(): unknown;
  stop(): unknown;
  releaseMediaPlayer(id: number): unknown;
  getCurrentPlayTime(): number | string;
  getMediaDuration(): number | string;
  getVolume(): number | string | undefined;
  setVolume(level: number): unknown;
  getMuteFlag(): number | string | undefined;
  setMuteFlag(flag: number): unknown;
  setAudioVolumeUIFlag(flag: number): unknown;
  setMuteUIFlag(flag: number): unknown;
}

/** The part of `window` that makes a box one of these. */
export interface CtcWorld {
  MediaPlayer: new () => CtcMediaPlayer;
  Utility: { getEvent(): string | null | undefined };
}

export function isCtcWorld(world: object): world is CtcWorld {
  const { MediaPlayer, Utility } = world as Partial<CtcWorld>;
  return typeof MediaPlayer === 'function' && typeof Utility?.getEvent === 'function';
}
