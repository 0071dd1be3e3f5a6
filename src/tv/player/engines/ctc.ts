import type { CtcSettings } from '../../../domain/remote/box-settings.ts';
import type { PlayerSource, ScreenRect } from '../player-engine.ts';
import { decodeFault, networkFault, unsupportedFault, type Fault } from '../player-error.ts';
import { parseVendorEvent, type VendorEvent } from './ctc-event.ts';
import type { CtcMediaPlayer, CtcWorld } from './ctc-world.ts';
import type { VendorDriver, VendorNews } from './vendor-engine.ts';

export interface CtcDeps {
  world: CtcWorld;
  settings: CtcSettings;
  /** False on boxes whose picture only knows the full screen. */
  pip: boolean;
  /** Calls when the box says that there are events to be fetched. @returns ends it */
  onNews: (listener: () => void) => () => void;
  /** Hears which player is in use, for the volume keys. */
  onPlayer?: ((player: CtcMediaPlayer | undefined) => void) | undefined;
}

/** At most so many events are fetched at once; a box that never runs dry must not hang the page. */
const MOST_EVENTS = 8;
const NPT = 1;
const mode = { area: 0, full: 1 };

/** The player of China's IPTV boxes: `MediaPlayer` and `Utility` of the China Telecom and Unicom page standards. */
export function ctcDriver(deps: CtcDeps, tell: (news: VendorNews) => void): VendorDriver {
  const { world, settings } = deps;
  let player: CtcMediaPlayer | undefined;
  let id = 0;
  let begun = false;
  let startAt = 0;
  let rect: ScreenRect | undefined;
  let leave: (() => void) | undefined;

  function drain(): void {
    for (let i = 0; i < MOST_EVENTS; i++) {
      const text = world.Utility.getEvent();
      if (!text) return;
      const event = parseVendorEvent(text);
      if (event && (event.instance === undefined || event.instance === id)) hear(event);
    }
  }

  function hear(event: VendorEvent): void {
    if (event.type === 'EVENT_MEDIA_BEGINING' || event.type === 'EVENT_FIRST_I_FRAME')
      tell({ type: 'ready' });
    else if (event.type === 'EVENT_MEDIA_END') tell({ type: 'ended' });
    else if (event.type === 'EVENT_MEDIA_ERROR') fail(event.code);
    else if (event.type === 'EVENT_PLAYMODE_CHANGE') {
      if (event.mode === 1) tell({ type: 'paused' });
      if (event.mode === 4) tell({ type: 'waiting' });
    }
  }

  function fail(code: string): void {
    const kind = settings.errors?.[code] ?? 'network';
    tell({ type: 'failed', fault: ctcFault(kind, code), fatal: kind !== 'retry' });
  }

  function place(): void {
    if (!player) return;
    const { x, y, width, height } = rect ?? { x: 0, y: 0, width: 1280, height: 720 };
    const full = width >= 1280 && height >= 720;
    player.setVideoDisplayMode(full ? mode.full : mode.area);
    if (!full) {
      const [across, down] = [
        (Number(settings.pageWidth) || 1280) / 1280,
        (Number(settings.pageHeight) || 720) / 720,
      ];
      const [left, top] = [Math.round(x * across), Math.round(y * down)];
      player.setVideoDisplayArea(left, top, Math.round(width * across), Math.round(height * down));
    }
    // Nothing moves before this.
    player.refreshVideoDisplay();
  }

  return {
    name: 'ctc',
    caps: { rate: false, rect: deps.pip },
    wholeSeconds: true,
    open(source, at) {
      startAt = at;
      begun = false;
      leave = deps.onNews(drain);
      player = new world.MediaPlayer();
      deps.onPlayer?.(player);
      id = Number(player.getNativePlayerInstanceID());
      const [w, h] = [Number(settings.pageWidth) || 1280, Number(settings.pageHeight) || 720];
      // Height before width, and both before left and top.
      player.initMediaPlayer(id, 0, mode.full, h, w, 0, 0, 0, 0, 0, 0, 1, 0, 0);
      player.setSingleMedia(settings.media === 'url' ? source.url : mediaJson(source));
      player.setAllowTrickmodeFlag(0);
      player.setNativeUIFlag(0);
      player.setCycleFlag(1);
      place();
    },
    play() {
      if (begun) player?.resume();
      else if (startAt > 0) player?.playByTime(NPT, Math.floor(startAt), 1);
      else player?.playFromStart();
      begun = true;
    },
    pause: () => player?.pause(),
    seek: (position) => player?.playByTime(NPT, Math.floor(position), 1),
    setRate: () => undefined,
    setRect(next) {
      rect = next;
      place();
    },
    position() {
      drain();
      return secondsOf(player?.getCurrentPlayTime());
    },
    duration: () => secondsOf(player?.getMediaDuration()),
    close() {
      leave?.();
      leave = undefined;
      player?.stop();
      player?.releaseMediaPlayer(id);
      player = undefined;
      deps.onPlayer?.(undefined);
    },
  };
}

/** The list of one that Huawei's boxes want; their firmwares differ in how they spell the address. */
function mediaJson({ url }: PlayerSource): string {
  const common = { mediaCode: 'lesson', mediaType: 2, audioType: 1, videoType: 1, streamType: 1, drmType: 1 };
  const rest = { fingerPrint: 0, copyProtection: 1, allowTrickmode: 1, startTime: 0, entryID: 'lesson' };
  return JSON.stringify([{ mediaUrl: url, mediaURL: url, ...common, ...rest }]);
}

function ctcFault(kind: 'network' | 'decode' | 'unsupported' | 'retry', code: string): Fault {
  const detail = `MediaPlayer error ${code}`;
  if (kind === 'decode') return decodeFault(`CTC-${code}`, detail);
  if (kind === 'unsupported') return unsupportedFault('CODEC', detail);
  return { ...networkFault(0, detail), tag: `P-NET-CTC-${code}` };
}

/** Some boxes answer with text. */
function secondsOf(answer: unknown): number | undefined {
  if (answer === '' || answer === null || answer === undefined) return undefined;
  const seconds = Number(answer);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
