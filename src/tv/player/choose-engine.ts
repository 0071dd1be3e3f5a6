import type { BoxSettings, PlayerName } from '../../domain/remote/box-settings.ts';
import { createHlsEngine, type BandwidthMemory } from './engines/hlsjs.ts';
import { hlsConfig } from './engines/hls-config.ts';
import { createNativeEngine } from './engines/native.ts';
import { practise } from './engines/practise.ts';
import { prepareStream } from './engines/prepared-stream.ts';
import { hlsIfLoaded, preloadHls, type HlsClass } from './hls-library.ts';
import type { VendorDeps } from './engines/vendor-players.ts';
import type { EmitEngineEvent, OpenEngine, PlayerEngine, PlayerSource } from './player-engine.ts';
import { vendorPlayerOf } from './vendor-player.ts';

export interface EngineDeps {
  /** The one picture of the app; engines take turns with it. Its parent is the stage's box. */
  video: HTMLVideoElement;
  bandwidth: BandwidthMemory;
  /** False on boxes whose browser cannot run hls.js in a worker. */
  worker?: boolean;
  /** What is special about this box; nothing when left out. */
  box?: Pick<BoxSettings, 'player' | 'pip' | 'ctc'> | undefined;
  /** Calls when an IPTV box says that its player has news. @returns ends it */
  onNews?: ((listener: () => void) => () => void) | undefined;
  /** Hears which player of an IPTV box is in use. */
  onCtcPlayer?: VendorDeps['onCtcPlayer'];
}

/**
 * Engines for this box: what its settings name; else the player that the box itself puts into the page; else
 * hls.js wherever it can run, else the browser's own player. Not the other way round: Chromium from 147 says it
 * plays HLS by itself and fails on half of the odd streams that hls.js plays, as do many WebViews.
 */
export function createOpenEngine(deps: EngineDeps): OpenEngine {
  return (source, emit) => {
    const asked = deps.box?.player ?? 'auto';
    const vendor = vendorPlayerOf(window, asked);
    if (vendor) return openVendor(vendor, deps, emit);
    const native = () => {
      return deps.video.canPlayType(typeOf(source)) === '' ? null : createNativeEngine(deps.video, emit);
    };
    // Without MediaSource the library is not worth fetching.
    if (asked === 'native' || source.kind === 'file' || !hasMediaSource()) return native();
    const choose = (Hls: HlsClass) => (Hls.isSupported() ? createHlsEngine(Hls, deps, emit) : native());
    const Hls = hlsIfLoaded();
    return Hls ? choose(Hls) : preloadHls().then(choose);
  };
}

/**
 * Makes ready what will probably be played next, where hls.js is at hand and will play it.
 *
 * @param startAt seconds
 */
export function prepare(deps: EngineDeps, source: PlayerSource, startAt: number): void {
  const player = deps.box?.player ?? 'auto';
  const Hls = hlsIfLoaded();
  if (source.kind === 'file' || player === 'native' || vendorPlayerOf(window, player)) return;
  if (!Hls?.isSupported()) return;
  prepareStream(Hls, source.url, hlsConfig(startAt, deps.bandwidth.get(), deps.worker ?? true));
}

/** Fetches ahead of need what this box plays with, and nothing else. Rejects when that fails. */
export async function preloadEngine(asked: PlayerName): Promise<void> {
  if (vendorPlayerOf(window, asked)) await vendorPlayers();
  else if (asked !== 'native' && hasMediaSource()) {
    const Hls = await preloadHls();
    if (Hls.isSupported()) practise(Hls);
  }
}

const vendorPlayers = () => import(/* webpackChunkName: "vendor-players" */ './engines/vendor-players.ts');

/** A piece of its own: no box fetches it that does not need it. */
async function openVendor(
  name: 'ctc' | 'avplay' | 'bridge',
  { video, box, onNews, onCtcPlayer }: EngineDeps,
  emit: EmitEngineEvent,
): Promise<PlayerEngine | null> {
  const { createVendorPlayer } = await vendorPlayers();
  const news = onNews ?? (() => () => undefined);
  const own = { pip: box?.pip ?? true, ctc: box?.ctc ?? {} };
  return createVendorPlayer(name, { video, ...own, onNews: news, onCtcPlayer }, emit);
}

/** What to ask the browser about. */
function typeOf({ url, kind }: PlayerSource): string {
  if (kind === 'hls') return 'application/vnd.apple.mpegurl';
  return /\.webm([?#]|$)/i.test(url) ? 'video/webm' : 'video/mp4';
}

function hasMediaSource(): boolean {
  return ['MediaSource', 'ManagedMediaSource', 'WebKitMediaSource'].some((name) => name in window);
}
