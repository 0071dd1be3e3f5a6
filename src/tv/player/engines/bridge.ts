import { decodeFault, networkFault, unsupportedFault, type Fault } from '../player-error.ts';
import type { NativeHostBridge, NativePlayerBridge, NativePlayerEvent } from './bridge-contract.ts';
import type { VendorDriver, VendorNews } from './vendor-engine.ts';

export interface BridgeWorld {
  NativePlayer: NativePlayerBridge;
  NativeHost?: NativeHostBridge;
  __nativePlayerEvent?: ((text: string) => void) | undefined;
}

export function isBridgeWorld(world: object): world is BridgeWorld {
  return 'NativePlayer' in world && Boolean(world.NativePlayer);
}

/** Names every load, also over engines: a late event of the lesson before has another number. */
let loads = 0;

/** The player of our own Android wrapper (see `bridge-contract.ts`). */
export function bridgeDriver(world: BridgeWorld, tell: (news: VendorNews) => void): VendorDriver {
  const native = world.NativePlayer;
  let id = 0;

  function onEvent(text: string): void {
    const event = eventIn(text);
    if (event?.id !== id) return;
    if (event.type === 'buffering') tell({ type: 'waiting' });
    else if (event.type === 'error') tell({ type: 'failed', fault: bridgeFault(event), fatal: event.fatal });
    else if (event.type !== 'playing') tell({ type: event.type });
  }

  return {
    name: 'bridge',
    caps: capabilitiesOf(native),
    wholeSeconds: false,
    open({ url, kind }, startAt) {
      id = ++loads;
      world.__nativePlayerEvent = onEvent;
      world.NativeHost?.keepScreenOn(true);
      native.load(id, url, kind, Math.round(startAt * 1000));
    },
    play: () => native.play(),
    pause: () => native.pause(),
    seek: (position) => native.seek(Math.round(position * 1000)),
    setRate: (rate) => native.setRate(rate),
    setRect: ({ x, y, width, height }) => native.setRect(x, y, width, height),
    position: () => secondsOf(native.position()),
    duration: () => secondsOf(native.duration()),
    close() {
      // The next engine may have put itself there already.
      if (world.__nativePlayerEvent === onEvent) world.__nativePlayerEvent = undefined;
      id = 0;
      world.NativeHost?.keepScreenOn(false);
      native.release();
    },
  };
}

function secondsOf(milliseconds: string): number | undefined {
  const value = parseFloat(milliseconds);
  return Number.isFinite(value) && value >= 0 ? value / 1000 : undefined;
}

function capabilitiesOf(native: NativePlayerBridge): { rate: boolean; rect: boolean } {
  const said = jsonIn(native.capabilities()) as { rate?: unknown; rect?: unknown } | null | undefined;
  return { rate: said?.rate === true, rect: said?.rect === true };
}

function eventIn(text: string): NativePlayerEvent | undefined {
  return (jsonIn(text) as NativePlayerEvent | null | undefined) ?? undefined;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function bridgeFault({ code, status = 0, detail }: Extract<NativePlayerEvent, { type: 'error' }>): Fault {
  if (code === 'decode') return decodeFault('BRIDGE', detail);
  if (code === 'unsupported') return unsupportedFault('CODEC', detail);
  return networkFault(status, detail);
}
