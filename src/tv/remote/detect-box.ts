import type { BoxId } from '../../domain/remote/box-settings.ts';
import type {} from '../player/engines/bridge-contract.ts';

type Ask = (name: string) => unknown;

/** What tells one kind of box from another; the rest of `window` is not looked at. */
export interface BoxWorld {
  navigator: { userAgent: string };
  Authentication?: { CTCGetConfig?: Ask; CUGetConfig?: Ask };
  webOS?: unknown;
  PalmSystem?: unknown;
  tizen?: unknown;
  NativeHost?: { info(): string };
  iPanel?: unknown;
}

/** Told by the browser's name where the box puts no object into the page. */
const byUserAgent: readonly [RegExp, string][] = [
  [/web0s|webos/i, 'webos'],
  [/tizen/i, 'tizen'],
  [/ipanel|ranger/i, 'ipanel'],
  [/hbbtv|ce-html/i, 'hbbtv'],
  [/\bAFT[A-Z0-9]+\b/, 'firetv'],
];

/** The kind of box by what it offers, and its model where it says one. Order and names: see docs/devices.md. */
export function detectBox(world: BoxWorld): BoxId {
  const { Authentication, NativeHost, navigator } = world;
  if (Authentication?.CTCGetConfig || Authentication?.CUGetConfig)
    return { profile: 'ctc', model: iptvModel(Authentication) };
  if (world.webOS ?? world.PalmSystem) return { profile: 'webos', model: undefined };
  if (world.tizen) return { profile: 'tizen', model: undefined };
  if (NativeHost) return { profile: 'android', model: androidModel(NativeHost) };
  if (world.iPanel) return { profile: 'ipanel', model: undefined };
  const named = byUserAgent.find(([pattern]) => pattern.test(navigator.userAgent));
  return { profile: named?.[1], model: undefined };
}

/** What the address asks for: `?profile=ctc&model=EC2108V3`. */
export function askedBox(search: string): BoxId {
  const query = new URLSearchParams(search);
  return { profile: query.get('profile') || undefined, model: query.get('model') || undefined };
}

function iptvModel(box: NonNullable<BoxWorld['Authentication']>): string | undefined {
  const said = [
    () => box.CTCGetConfig?.('STBType'),
    () => box.CUGetConfig?.('STBType'),
    () => box.CUGetConfig?.('device.stbmodel'),
  ];
  for (const ask of said) {
    const model = asked(ask);
    if (model) return model;
  }
  return undefined;
}

function androidModel(host: { info(): string }): string | undefined {
  return asked(() => (JSON.parse(host.info()) as { model?: unknown }).model);
}

/** Host objects may throw at a question they do not know; then there is no answer. */
function asked(ask: () => unknown): string | undefined {
  try {
    const answer = ask();
    return typeof answer === 'string' && answer !== '' ? answer : undefined;
  } catch {
    return undefined;
  }
}
