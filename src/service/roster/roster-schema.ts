import { defaultViewerPattern } from '../../domain/roster/default-viewer.ts';

/** The county's own id of a village, branch, home, room or person: opaque, never a name. */
export const rosterId = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' } as const;
/** A person's id is also the account name in statements. */
const personId = {
  type: 'string',
  pattern: '^[A-Za-z0-9_-]{3,64}$',
  not: { pattern: defaultViewerPattern },
} as const;
const name = {
  type: 'string',
  minLength: 1,
  maxLength: 100,
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
} as const;
const optionalId = { type: ['string', 'null'], pattern: rosterId.pattern } as const;
/** A role that the policy has a yearly target for: `villager`, `party-member`, `branch-secretary`. */
const role = { type: 'string', pattern: '^[a-z][a-z-]{0,31}$' } as const;

function part<
  Id extends object,
  Properties extends Readonly<Record<string, object>>,
  Required extends keyof Properties & string,
>(id: Id, properties: Properties, required: readonly Required[]) {
  return {
    id,
    body: { type: 'object', required, additionalProperties: false, properties },
    answer: {
      type: 'object',
      required: ['id', ...Object.keys(properties)],
      properties: { id, ...properties },
    },
  } as const;
}

/** The parts of the roster: under their ids, what is said about each. */
export const rosterParts = {
  villages: part(rosterId, { name }, ['name']),
  branches: part(rosterId, { name, village: rosterId }, ['name', 'village']),
  homes: part(rosterId, { name, village: rosterId }, ['name', 'village']),
  rooms: part(rosterId, { name, village: rosterId, branch: optionalId }, ['name', 'village']),
  people: part(personId, { name, role, branch: optionalId, home: optionalId }, ['name', 'role']),
} as const;

export type RosterPart = keyof typeof rosterParts;

/** A home or room in words. */
export const placeSchema = {
  type: 'object',
  required: ['kind', 'id', 'name', 'village'],
  properties: {
    kind: { type: 'string', enum: ['home', 'room'] },
    id: { type: 'string' },
    name: { type: 'string' },
    village: {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'string' }, name: { type: 'string' } },
    },
  },
} as const;
