/** What the app reads of an event of an IPTV box. */
export interface VendorEvent {
  /** e.g. `EVENT_MEDIA_END`. */
  type: string;
  /** Which player it is about; undefined where the box does not say. */
  instance: number | undefined;
  /** `error_code` as text, empty without one. */
  code: string;
  /** `new_play_mode`: 0 stopped, 1 paused, 2 playing, 3 trick play, 4 buffering. */
  mode: number | undefined;
}

/**
 * Reads one answer of `Utility.getEvent()`. It is meant for `eval`, which is never used here: what is no JSON
 * is tried again with its names in quotes, and else left.
 */
export function parseVendorEvent(text: string): VendorEvent | undefined {
  const read = objectIn(text) ?? objectIn(quoted(text));
  if (!read || typeof read['type'] !== 'string') return undefined;
  const number = (value: unknown): number | undefined =>
    value === undefined || value === '' ? undefined : Number(value);
  const code = read['error_code'];
  return {
    type: read['type'],
    instance: number(read['instance_id']),
    code: typeof code === 'string' || typeof code === 'number' ? String(code) : '',
    mode: number(read['new_play_mode']),
  };
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function quoted(text: string): string {
  return text.replace(/'/g, '"').replace(/([{,]\s*)([A-Za-z_]\w*)\s*:/g, '$1"$2":');
}
