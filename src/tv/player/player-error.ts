/** What went wrong, in the few kinds a page has words for. */
export type PlayerErrorCode = 'network' | 'decode' | 'unsupported' | 'not-found' | 'stalled' | 'bad-playlist';

export interface PlayerError {
  code: PlayerErrorCode;
  /** Short code for the technician on the phone, e.g. `P-NET-404`; the same in every language. */
  tag: string;
  /** The engine's own words, for a log; never shown to a viewer. */
  detail: string;
  /** True when the engine has given up; false when it is still trying to go on. */
  fatal: boolean;
}

export type Fault = Omit<PlayerError, 'fatal'>;

/**
 * The fault of a request that did not bring what was asked for.
 * @param status HTTP status; 0 when no answer came
 */
export function networkFault(status: number, detail: string): Fault {
  const gone = status === 404 || status === 410;
  return { code: gone ? 'not-found' : 'network', tag: `P-NET-${status}`, detail };
}

/** A server that took the connection and then kept silent. */
export function timeoutFault(detail: string): Fault {
  return { code: 'network', tag: 'P-NET-TIME', detail };
}

/** An answer that is not a playlist (a log-in page, say) or a playlist with nothing in it. */
export function playlistFault(kind: 'FORM' | 'EMPTY', detail: string): Fault {
  return { code: 'bad-playlist', tag: `P-LIST-${kind}`, detail };
}

/** @param at what choked: `3` is MediaError.MEDIA_ERR_DECODE, otherwise a word of ours */
export function decodeFault(at: string, detail: string): Fault {
  return { code: 'decode', tag: `P-DEC-${at}`, detail };
}

/** @param what what the box cannot do: `MSE`, `CODEC`, `DRM` or `SRC` */
export function unsupportedFault(what: 'MSE' | 'CODEC' | 'DRM' | 'SRC', detail: string): Fault {
  return { code: 'unsupported', tag: `P-SUP-${what}`, detail };
}

/** Nothing moved for long although nothing said it failed, and starting afresh did not help. */
export function stalledFault(detail: string): Fault {
  return { code: 'stalled', tag: 'P-STALL', detail };
}
