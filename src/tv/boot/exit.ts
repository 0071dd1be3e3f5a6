import type {} from '../player/engines/bridge-contract.ts';

/** What boxes offer to leave an app by; each is there on its own kind of box only. */
interface ExitWorld {
  location: Location;
  close(): void;
  NativeHost?: Window['NativeHost'];
  tizen?: { application?: { getCurrentApplication(): { exit(): void } } };
  webOS?: { platformBack?: () => void };
  Authentication?: Partial<Record<'CTCGetConfig' | 'CUGetConfig', (name: string) => unknown>>;
}

/**
 * Leaves the app as the box wants it: to the operator's page when the address named it, by the box's own way
 * out, to the portal of an IPTV box, else by closing the window. Where even that does nothing the app stays.
 */
export function leaveApp(world: ExitWorld): void {
  const query = new URLSearchParams(world.location.search);
  const back = query.get('returnUrl') ?? query.get('ReturnURL');
  if (isAddress(back)) return go(world, back);
  if (world.NativeHost) return world.NativeHost.exit();
  if (world.tizen?.application) return world.tizen.application.getCurrentApplication().exit();
  if (world.webOS?.platformBack) return world.webOS.platformBack();
  const portal = portalOf(world);
  if (isAddress(portal)) return go(world, portal);
  world.close();
}

/** Address of the operator's portal, by either operator's name for the question. */
function portalOf({ Authentication }: ExitWorld): unknown {
  return Authentication?.CTCGetConfig?.('EPGDomain') ?? Authentication?.CUGetConfig?.('EPGDomain');
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\//.test(value);
}

function go({ location }: ExitWorld, address: string): void {
  location.href = address;
}
