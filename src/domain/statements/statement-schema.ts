/**
 * The shape of an xAPI statement as JSON Schema, for 1.0.3 and 2.0: what must be there, of which type, and that
 * nothing else is. Rules that a schema cannot say plainly are in `statement-rules.ts`. Formats are those of
 * `statement-formats.ts`.
 *
 * Sources: https://github.com/adlnet/xAPI-Spec/blob/1.0.3/xAPI-Data.md and xAPI 2.0 (IEEE 9274.1.1), 4.2
 */

/** The versions that are spoken: the newest of each line. */
export type XapiVersion = '1.0.3' | '2.0.0';

const iri = { type: 'string', format: 'iri' } as const;
const uuid = { type: 'string', format: 'uuid' } as const;
const text = { type: 'string' } as const;
const languageMap = { $ref: '#/definitions/languageMap' } as const;
const extensions = { $ref: '#/definitions/extensions' } as const;
const actor = { $ref: '#/definitions/actor' } as const;
const verb = { $ref: '#/definitions/verb' } as const;
const result = { $ref: '#/definitions/result' } as const;
const context = { $ref: '#/definitions/context' } as const;
const attachments = { type: 'array', items: { $ref: '#/definitions/attachment' } } as const;

const identifiers = {
  mbox: { type: 'string', format: 'mailto' },
  mbox_sha1sum: { type: 'string', pattern: '^[0-9a-fA-F]{40}$' },
  openid: iri,
  account: {
    type: 'object',
    required: ['homePage', 'name'],
    additionalProperties: false,
    properties: { homePage: iri, name: text },
  },
} as const;

const interactionComponents = {
  type: 'array',
  items: {
    type: 'object',
    required: ['id'],
    additionalProperties: false,
    properties: { id: text, description: languageMap },
  },
} as const;

const activities = {
  if: { type: 'array' },
  then: { type: 'array', items: { $ref: '#/definitions/activity' } },
  else: { $ref: '#/definitions/activity' },
} as const;

/** Sections 2.4.4 and following: which kind of object `objectType` announces. */
function byObjectType(kinds: Readonly<Record<string, object>>, otherwise: object): object {
  return Object.entries(kinds).reduce<object>(
    (rest, [objectType, schema]) => ({
      if: {
        type: 'object',
        required: ['objectType'],
        properties: { objectType: { const: objectType } },
      },
      then: schema,
      else: rest,
    }),
    otherwise,
  );
}

const simpleObjects = {
  Agent: { $ref: '#/definitions/agent' },
  Group: { $ref: '#/definitions/group' },
  StatementRef: { $ref: '#/definitions/statementRef' },
};

/** An agent or a group and the kinds of activity for which it matters: only in xAPI 2.0, 4.2.2.5 */
function inContext(objectType: string, key: 'agent' | 'group') {
  return {
    type: 'array',
    items: {
      type: 'object',
      required: ['objectType', key],
      additionalProperties: false,
      properties: {
        objectType: { const: objectType },
        [key]: { $ref: `#/definitions/${key}` },
        relevantTypes: { type: 'array', minItems: 1, items: iri },
      },
    },
  } as const;
}

const contextProperties = {
  registration: uuid,
  instructor: actor,
  team: { $ref: '#/definitions/group' },
  contextActivities: {
    type: 'object',
    additionalProperties: false,
    properties: { parent: activities, grouping: activities, category: activities, other: activities },
  },
  revision: text,
  platform: text,
  language: { type: 'string', format: 'language-tag' },
  statement: { $ref: '#/definitions/statementRef' },
  extensions,
};

const contextProperties2 = {
  ...contextProperties,
  contextAgents: inContext('contextAgent', 'agent'),
  contextGroups: inContext('contextGroup', 'group'),
};

const definitions = {
  languageMap: {
    type: 'object',
    propertyNames: { format: 'language-tag' },
    additionalProperties: text,
  },
  /** Keys are IRIs, values anything. */
  extensions: { type: 'object', propertyNames: { format: 'iri' } },

  agent: {
    type: 'object',
    additionalProperties: false,
    properties: { objectType: { const: 'Agent' }, name: text, ...identifiers },
  },
  group: {
    type: 'object',
    required: ['objectType'],
    additionalProperties: false,
    properties: {
      objectType: { const: 'Group' },
      name: text,
      ...identifiers,
      member: { type: 'array', items: { $ref: '#/definitions/agent' } },
    },
  },
  actor: byObjectType({ Group: { $ref: '#/definitions/group' } }, { $ref: '#/definitions/agent' }),

  verb: {
    type: 'object',
    required: ['id'],
    additionalProperties: false,
    properties: { id: iri, display: languageMap },
  },

  activity: {
    type: 'object',
    required: ['id'],
    additionalProperties: false,
    properties: {
      objectType: { const: 'Activity' },
      id: iri,
      definition: {
        type: 'object',
        additionalProperties: false,
        properties: {
          type: iri,
          name: languageMap,
          description: languageMap,
          moreInfo: iri,
          extensions,
          interactionType: {
            enum: [
              'true-false',
              'choice',
              'fill-in',
              'long-fill-in',
              'matching',
              'performance',
              'sequencing',
              'likert',
              'numeric',
              'other',
            ],
          },
          correctResponsesPattern: { type: 'array', items: text },
          choices: interactionComponents,
          scale: interactionComponents,
          source: interactionComponents,
          target: interactionComponents,
          steps: interactionComponents,
        },
      },
    },
  },

  statementRef: {
    type: 'object',
    required: ['objectType', 'id'],
    additionalProperties: false,
    properties: { objectType: { const: 'StatementRef' }, id: uuid },
  },

  result: {
    type: 'object',
    additionalProperties: false,
    properties: {
      score: {
        type: 'object',
        additionalProperties: false,
        properties: {
          scaled: { type: 'number', minimum: -1, maximum: 1 },
          raw: { type: 'number' },
          min: { type: 'number' },
          max: { type: 'number' },
        },
      },
      success: { type: 'boolean' },
      completion: { type: 'boolean' },
      response: text,
      duration: { type: 'string', format: 'duration' },
      extensions,
    },
  },

  attachment: {
    type: 'object',
    required: ['usageType', 'display', 'contentType', 'length', 'sha2'],
    additionalProperties: false,
    properties: {
      usageType: iri,
      display: languageMap,
      description: languageMap,
      contentType: { type: 'string', format: 'media-type' },
      length: { type: 'integer', minimum: 0 },
      sha2: {
        type: 'string',
        pattern: '^([0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})$',
      },
      fileUrl: iri,
    },
  },
};

/**
 * The schema of a statement of a version of xAPI. A version as a property says for which one a statement was
 * made; 2.0 takes older ones too.
 */
export function statementSchema(version: XapiVersion) {
  const second = version === '2.0.0';
  const timestamp = { type: 'string', format: second ? 'rfc-3339' : 'timestamp' } as const;
  const common = { actor, verb, result, context, timestamp, attachments };
  return {
    type: 'object',
    required: ['actor', 'verb', 'object'],
    additionalProperties: false,
    properties: {
      ...common,
      id: uuid,
      object: byObjectType(
        { ...simpleObjects, SubStatement: { $ref: '#/definitions/subStatement' } },
        { $ref: '#/definitions/activity' },
      ),
      stored: timestamp,
      authority: actor,
      version: { type: 'string', pattern: second ? '^[12]\\.0(\\.[0-9]+)?$' : '^1\\.0(\\.[0-9]+)?$' },
    },
    definitions: {
      ...definitions,
      context: {
        type: 'object',
        additionalProperties: false,
        properties: second ? contextProperties2 : contextProperties,
      },
      subStatement: {
        type: 'object',
        required: ['objectType', 'actor', 'verb', 'object'],
        additionalProperties: false,
        properties: {
          ...common,
          objectType: { const: 'SubStatement' },
          object: byObjectType(simpleObjects, { $ref: '#/definitions/activity' }),
        },
      },
    },
  } as const;
}
