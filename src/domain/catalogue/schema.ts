/**
 * The county's content files as JSON Schema 2020-12. The types in `types.ts` are inferred from these
 * objects, and `media-manifests/schemas/*.json` is written from them, so there is one source.
 */
const dialect = 'https://json-schema.org/draft/2020-12/schema';

const id = { type: 'string', pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' } as const;

/** One text for every language, or one text by language tag (BCP 47). */
const text = {
  anyOf: [
    { type: 'string', minLength: 1, maxLength: 400 },
    {
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: '^[a-z]{2,3}(-[A-Za-z0-9]+)*$' },
      additionalProperties: { type: 'string', minLength: 1, maxLength: 400 },
    },
  ],
} as const;

/** A path relative to the manifests folder (no leading slash, no `..`), or an absolute http(s) address. */
const address = {
  type: 'string',
  pattern: '^(https?://[^\\s\\\\]+|(?!/)(?!.*\\.\\.)(?!.*://)[^\\s\\\\]+)$',
} as const;

const date = { type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' } as const;
const month = { type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' } as const;
const words = { type: 'array', items: id, uniqueItems: true } as const;
const language = { type: 'string', pattern: '^[a-z]{2,3}(-[A-Za-z0-9]+)*$' } as const;

/** What the schemas have in common, by name. */
export const sharedParts = { id, text, address, date, month, words, language };

export const countySchema = {
  $schema: dialect,
  $id: 'urn:field-classroom-tv:county',
  title: 'County',
  type: 'object',
  required: ['id', 'name'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    id,
    name: text,
    /** Base of the IRIs in statements; a county sets its own address. */
    homePage: { type: 'string', pattern: '^https?://[^\\s]+[^/\\s]$' },
    publisher: text,
    contact: text,
    revision: { type: 'integer', minimum: 1 },
    updated: date,
    /** Playlists in the order in which Home shows them; any other playlist follows by id. */
    playlists: words,
  },
} as const;

export const playlistSchema = {
  $schema: dialect,
  $id: 'urn:field-classroom-tv:playlist',
  title: 'Playlist',
  type: 'object',
  required: ['id', 'title', 'lessons'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    id,
    title: text,
    summary: text,
    kind: { enum: ['season', 'crop', 'livestock', 'duty', 'general'] },
    crops: words,
    solarTerms: words,
    /** Lesson ids in teaching order. */
    lessons: { type: 'array', minItems: 1, items: id, uniqueItems: true },
  },
} as const;

export const lessonSchema = {
  $schema: dialect,
  $id: 'urn:field-classroom-tv:lesson',
  title: 'Lesson',
  type: 'object',
  required: ['id', 'title', 'length', 'media'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    id,
    title: text,
    summary: text,
    /** Duty lessons count towards a yearly study duty and are played at normal speed only. */
    kind: { enum: ['farming', 'duty'], default: 'farming' },
    /** Seconds. */
    length: { type: 'number', exclusiveMinimum: 0, maximum: 36000 },
    presenter: text,
    source: text,
    reviewed: date,
    expires: date,
    topics: words,
    crops: words,
    solarTerms: words,
    poster: address,
    /** `hls` is a master or media playlist (.m3u8); `mp4` a progressive file for engines without HLS. */
    media: {
      type: 'object',
      minProperties: 1,
      additionalProperties: false,
      properties: { hls: address, mp4: address },
    },
    captions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['lang', 'src'],
        additionalProperties: false,
        properties: { lang: language, src: address, label: text },
      },
    },
    chapters: {
      type: 'array',
      items: {
        type: 'object',
        required: ['start', 'title'],
        additionalProperties: false,
        /** Seconds from the lesson's beginning. */
        properties: { start: { type: 'number', minimum: 0 }, title: text },
      },
    },
    /** What the host of a group may say before the lesson, a card each. */
    cueCards: { type: 'array', minItems: 1, maxItems: 6, items: text },
    /** Where the picture stops for a group to talk, in the order of the lesson. */
    discussion: {
      type: 'array',
      minItems: 1,
      maxItems: 10,
      items: {
        type: 'object',
        required: ['at', 'question'],
        additionalProperties: false,
        /** Seconds from the lesson's beginning. */
        properties: { at: { type: 'number', exclusiveMinimum: 0 }, question: text },
      },
    },
    /** Share of the lesson that must really be played; overrides the policy's. */
    threshold: { type: 'number', minimum: 0.1, maximum: 1 },
    license: { type: 'string', minLength: 1, maxLength: 200 },
  },
} as const;

export const farmTalkIssueSchema = {
  $schema: dialect,
  $id: 'urn:field-classroom-tv:farm-talk-issue',
  title: 'Farm talk issue',
  type: 'object',
  required: ['id', 'month', 'issue', 'title', 'lessons'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    id,
    month,
    /** Running number of the monthly column. */
    issue: { type: 'integer', minimum: 1 },
    title: text,
    summary: text,
    lessons: { type: 'array', minItems: 1, items: id, uniqueItems: true },
  },
} as const;
