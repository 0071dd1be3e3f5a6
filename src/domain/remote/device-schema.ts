const player = { enum: ['auto', 'hlsjs', 'native', 'ctc', 'avplay', 'bridge'] };
/** What a key means is checked line by line when profiles are merged: one bad line costs that line only. */
const keys = { type: 'object' };

const ctc = {
  type: 'object',
  additionalProperties: false,
  properties: {
    media: { enum: ['json', 'url'] },
    pageWidth: { type: 'integer', minimum: 1 },
    pageHeight: { type: 'integer', minimum: 1 },
    volume: { type: 'boolean' },
    errors: { type: 'object', additionalProperties: { enum: ['network', 'decode', 'unsupported', 'retry'] } },
  },
};

const model = {
  type: 'object',
  additionalProperties: false,
  properties: { keys, player, pip: { type: 'boolean' }, needAnimate: { type: 'boolean' }, ctc },
};

/** The part `device` of settings.json, as JSON Schema 2020-12. */
export const deviceSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    /** Absolute address of the study-credit service; empty where it serves the app itself. */
    service: { type: 'string' },
    profile: { type: 'string' },
    model: { type: 'string' },
    player,
    ctc,
    keyProfiles: { type: 'object', additionalProperties: keys },
    models: { type: 'object', additionalProperties: model },
  },
};
