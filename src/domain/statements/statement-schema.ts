/**
 * The shape of an xAPI 1.0.3 statement as JSON Schema: what must be there, of which type, and that nothing
 * else is. Rules that a schema cannot say plainly are in `statement-rules.ts`. Formats are those of
 * `statement-formats.ts`.
 *
 * Source: https://github.com/adlnet/xAPI-Spec/blob/1.0.3/xAPI-Data.md
 */

const iri = { type: 'string', format: 'iri' } as const;
const uuid = { type: 'string', format: 'uuid' } as const;
const text = { type: 'string' } as const;
const languageMap = { $ref: '#/definitions/languageMap' } as const;
const extensions = { $ref: '#/definitions/extensions' } as const;
const actor = { $ref: '#/definitions/actor' } as const;
const verb = { $ref: '#/definitions/verb' } as const;
const result = { $ref: '#/definitions/result' } as const;
const context = { $ref: '#/definitions/context' } as const;
const timestamp = { type: 'string', format: 'timestamp' } as const;
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

  subStatement: {
    type: 'object',
    required: ['objectType', 'actor', 'verb', 'object'],
    additionalProperties: false,
    properties: {
      objectType: { const: 'SubStatement' },
      actor,
      verb,
      object: byObjectType(simpleObjects, { $ref: '#/definitions/activity' }),
      result,
      context,
      timestamp,
      attachments,
    },
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

  context: {
    type: 'object',
    additionalProperties: false,
    properties: {
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
      contentType: text,
      length: { type: 'integer', minimum: 0 },
      sha2: { type: 'string', pattern: '^[0-9a-fA-F]{56,128}$' },
      fileUrl: iri,
    },
  },
};

export const statementSchema = {
  type: 'object',
  required: ['actor', 'verb', 'object'],
  additionalProperties: false,
  properties: {
    id: uuid,
    actor,
    verb,
    object: byObjectType(
      { ...simpleObjects, SubStatement: { $ref: '#/definitions/subStatement' } },
      { $ref: '#/definitions/activity' },
    ),
    result,
    context,
    timestamp,
    stored: timestamp,
    authority: actor,
    version: { type: 'string', pattern: '^1\\.0(\\.[0-9]+)?$' },
    attachments,
  },
  definitions,
};
