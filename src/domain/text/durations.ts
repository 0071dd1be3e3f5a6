/** `13:20` or `1:02:03`, whole seconds, for a progress bar. */
export function clockText(seconds: number): string {
  const total = Math.max(0, Math.floor(seconds));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${pad(minutes)}:${pad(rest)}`;
}

/** A length for people: seconds below a minute, then minutes rounded to the nearest. */
export function roughLength(seconds: number): { unit: 'second' | 'minute'; count: number } {
  return seconds < 59.5
    ? { unit: 'second', count: Math.max(1, Math.round(seconds)) }
    : { unit: 'minute', count: Math.round(seconds / 60) };
}

/** Study hours with as many places as tell something: `0.4`, `20.5`, but `0.01` for a short lesson. */
export function hoursText(hours: number): string {
  if (hours === 0) return '0';
  return hours < 0.1
    ? Math.max(0.01, Math.round(hours * 100) / 100).toFixed(2)
    : (Math.round(hours * 10) / 10).toFixed(1);
}
