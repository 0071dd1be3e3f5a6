/** Where the study-credit service and the county's content are to be had. */
export interface ServiceAddress {
  /** Without a slash at the end; calls to the service begin with it. */
  readonly base: string;
  /** The absolute address of what a manifest names relative to the county's folder. */
  readonly content: (path: string) => string;
}

/**
 * @param service `device.service` of settings.json: absolute, or relative to the page; nothing means beside the page
 * @param page address of the page itself
 * @throws TypeError, naming the field, when it is no address, or one that nothing can be fetched from
 */
export function serviceAddress(service: string | undefined, page: string): ServiceAddress {
  const base = (service ? absolute(service, page) : new URL('.', page).href).replace(/\/+$/, '');
  return { base, content: (path) => new URL(path, `${base}/catalogue/`).href };
}

function absolute(service: string, page: string): string {
  let url: URL | undefined;
  try {
    url = new URL(service, page);
  } catch {
    // Told below, in the same words as any other that cannot be used.
  }
  if (!url || !/^https?:$/.test(url.protocol))
    throw new TypeError(`settings.json device.service: no http(s) address: ${service}`);
  return url.origin + url.pathname;
}
