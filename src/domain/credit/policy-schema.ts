const date = { type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' } as const;
const seconds = { type: 'number', minimum: 0 } as const;
const share = { type: 'number', minimum: 0.1, maximum: 1 } as const;
const rate = { type: 'number', minimum: 0.5, maximum: 4 } as const;
const mode = { enum: ['individual', 'group', 'live', 'replay', 'paper'] } as const;

const trustSchema = {
  type: 'object',
  required: ['budget', 'beforeContact', 'overlapSeconds', 'online'],
  additionalProperties: false,
  properties: {
    /**
     * Play that a box reports may exceed the service's own time since its last report by this factor and
     * slack. What a gap leaves over stays open for `uploadDays` after the report that ended it, so that a box
     * with much to tell may take its time.
     */
    budget: {
      type: 'object',
      required: ['factor', 'slackSeconds', 'uploadDays'],
      additionalProperties: false,
      properties: {
        factor: { type: 'number', minimum: 1, maximum: 2 },
        slackSeconds: seconds,
        uploadDays: { type: 'integer', minimum: 0, maximum: 90 },
      },
    },
    /**
     * Play from before the service first heard of a box: believed as far back, and up to as much a day; graded
     * C, for somebody to look at.
     */
    beforeContact: {
      type: 'object',
      required: ['days', 'daySeconds'],
      additionalProperties: false,
      properties: { days: { type: 'integer', minimum: 0, maximum: 90 }, daySeconds: seconds },
    },
    /** Seconds by which two sessions of a person may overlap without loss. */
    overlapSeconds: seconds,
    /** What makes a session's evidence that of an online chain, grade A. */
    online: {
      type: 'object',
      required: ['slackSeconds', 'nonceSeconds', 'unprovenSeconds', 'unprovenShare'],
      additionalProperties: false,
      properties: {
        /** How far the service's clock may show less than the session's. */
        slackSeconds: seconds,
        /** How long a nonce is good for. */
        nonceSeconds: seconds,
        /** Play that no nonce vouches for: at most so much, or such a share of the session's if that is more. */
        unprovenSeconds: seconds,
        unprovenShare: { type: 'number', minimum: 0, maximum: 1 },
      },
    },
  },
} as const;

const policySchema = {
  type: 'object',
  required: [
    'from',
    'minutesPerHour',
    'rounding',
    'threshold',
    'maxRate',
    'wallClock',
    'caps',
    'dutyModes',
    'targets',
    'presence',
  ],
  additionalProperties: false,
  properties: {
    /** First day on which these rules hold, in the county's time zone. */
    from: date,
    note: { type: 'string', maxLength: 1000 },
    /** Minutes of study in one 学时 (study hour). */
    minutesPerHour: { type: 'number', exclusiveMinimum: 0, maximum: 600 },
    /**
     * Instead of the straight division by `minutesPerHour`: a lesson earns the hours of the highest step
     * it reaches, below the lowest nothing.
     */
    steps: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['minutes', 'hours'],
        additionalProperties: false,
        properties: { minutes: { type: 'number', minimum: 0 }, hours: { type: 'number', minimum: 0 } },
      },
    },
    /** Of sums of hours as they are shown; ledger entries keep four decimals. */
    rounding: {
      type: 'object',
      required: ['to', 'way'],
      additionalProperties: false,
      properties: {
        to: { type: 'number', minimum: 0.0001, maximum: 1 },
        way: { enum: ['nearest', 'down'] },
      },
    },
    /** Share of a lesson that must really be played; a lesson may set its own. */
    threshold: share,
    /** Fastest rate at which play counts, by kind of lesson. */
    maxRate: {
      type: 'object',
      required: ['farming', 'duty'],
      additionalProperties: false,
      properties: { farming: rate, duty: rate },
    },
    /** Play reported over a span of the box's monotonic clock may exceed it by this factor and slack. */
    wallClock: {
      type: 'object',
      required: ['factor', 'slackSeconds'],
      additionalProperties: false,
      properties: { factor: { type: 'number', minimum: 1, maximum: 2 }, slackSeconds: seconds },
    },
    /** How far boxes are believed; the product's own figures where it is left out. */
    trust: trustSchema,
    /**
     * Evidence C above this share of a person's year is marked for review, and goes on counting; below `fromSeconds`
     * of it nothing is. The product's own figures where it is left out.
     */
    review: {
      type: 'object',
      required: ['share', 'fromSeconds'],
      additionalProperties: false,
      properties: { share: { type: 'number', minimum: 0, maximum: 1 }, fromSeconds: seconds },
    },
    caps: {
      type: 'object',
      required: ['sessionMinimumSeconds', 'lessonDaySeconds', 'daySeconds'],
      additionalProperties: false,
      properties: {
        /** Least play that counts; of a shorter lesson, its threshold's share. */
        sessionMinimumSeconds: seconds,
        /** Most that one lesson earns on one day. */
        lessonDaySeconds: seconds,
        /** Most that one person earns on one day. */
        daySeconds: seconds,
      },
    },
    /** Modes of study that count toward the yearly duty. */
    dutyModes: { type: 'array', items: mode, uniqueItems: true },
    /** Yearly target in 学时 by role; `null` for none. */
    targets: {
      type: 'object',
      required: ['villager'],
      additionalProperties: { type: ['number', 'null'], minimum: 0 },
      properties: { villager: { type: ['number', 'null'], minimum: 0 } },
    },
    /** When a duty lesson watched alone asks whether someone is there. */
    presence: {
      type: 'object',
      required: ['afterMinutes', 'answerSeconds'],
      additionalProperties: false,
      properties: {
        /** The question comes at a random moment between the two, counted from the last key. */
        afterMinutes: {
          type: 'array',
          minItems: 2,
          maxItems: 2,
          items: { type: 'number', exclusiveMinimum: 0 },
        },
        answerSeconds: { type: 'number', minimum: 60 },
      },
    },
    /** Minutes without a key after which nobody picked by name is taken to watch any more; 180 if left out. */
    guestAfterMinutes: { type: 'number', minimum: 5, maximum: 1440 },
  },
} as const;

/** `policy.json` as JSON Schema 2020-12; `policy.ts` has the type inferred from it. */
export const policyBookSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:field-classroom-tv:policy',
  title: 'Credit policy',
  type: 'object',
  required: ['timeZone', 'policies'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    /** IANA name of the zone in which days and years are counted. */
    timeZone: { type: 'string', minLength: 1, maxLength: 64 },
    /** Each holds from its date until the next one's; past records keep the rules of their day. */
    policies: { type: 'array', minItems: 1, items: policySchema },
  },
} as const;
