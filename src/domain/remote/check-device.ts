import { Validator, type Schema } from '@cfworker/json-schema';
import { deviceSchema } from './device-schema.ts';

/** What is wrong with the part `device` of settings.json: each mistake with its field, in words for a technician. */
export function checkDevice(device: unknown): string[] {
  const { errors } = new Validator(deviceSchema as Schema, '2020-12', false).validate(device);
  // The deepest places are the mistakes themselves; those above only say that something is inside.
  const inside = (place: string): boolean =>
    errors.some(({ instanceLocation }) => instanceLocation.startsWith(`${place}/`));
  const mistakes = errors
    .filter(({ instanceLocation }) => !inside(instanceLocation))
    .map(({ instanceLocation, error }) => `device${instanceLocation.slice(1).replace(/\//g, '.')}: ${error}`);
  return [...new Set(mistakes)];
}
