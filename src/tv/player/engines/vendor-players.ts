import type { CtcSettings } from '../../../domain/remote/box-settings.ts';
import type { EmitEngineEvent, PlayerEngine } from '../player-engine.ts';
import type { VendorPlayerName } from '../vendor-player.ts';
import { avplayDriver, isAvplayWorld } from './avplay.ts';
import { bridgeDriver, isBridgeWorld } from './bridge.ts';
import { ctcDriver, type CtcDeps } from './ctc.ts';
import { isCtcWorld } from './ctc-world.ts';
import { createVendorEngine, type MakeDriver } from './vendor-engine.ts';
import { createVideoPlane } from './video-plane.ts';

export interface VendorDeps {
  video: HTMLVideoElement;
  pip: boolean;
  ctc: CtcSettings;
  onNews: (listener: () => void) => () => void;
  onCtcPlayer?: CtcDeps['onPlayer'];
}

/** The engine on a box's own player; null when it is not there after all. */
export function createVendorPlayer(
  name: VendorPlayerName,
  deps: VendorDeps,
  emit: EmitEngineEvent,
): PlayerEngine | null {
  const make = driverOf(name, deps);
  const page = [document.documentElement, document.body];
  return make ? createVendorEngine(make, createVideoPlane(page, deps.video), emit) : null;
}

function driverOf(
  name: VendorPlayerName,
  { pip, ctc, onNews, onCtcPlayer }: VendorDeps,
): MakeDriver | undefined {
  const world: object = window;
  if (name === 'ctc' && isCtcWorld(world))
    return (tell) => ctcDriver({ world, settings: ctc, pip, onNews, onPlayer: onCtcPlayer }, tell);
  if (name === 'avplay' && isAvplayWorld(world))
    return (tell) => avplayDriver(document, world.webapis.avplay, tell);
  if (name === 'bridge' && isBridgeWorld(world)) return (tell) => bridgeDriver(world, tell);
  return undefined;
}
