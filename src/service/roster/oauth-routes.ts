import type { FastifyInstance, FastifyRequest } from 'fastify';
import { cardNumbers, showCode } from '../../domain/roster/binding-code.ts';
import { CODE_LIFETIME, POLL_INTERVAL } from '../../domain/roster/device-authorization.ts';
import type { WriteQueue } from '../db/write-queue.ts';
import { credentials, userAndPassword } from '../http/credentials.ts';
import type { Failures } from '../http/limits.ts';
import { redeemCard } from './binding-cards.ts';
import { isBoxId, type Boxes } from './boxes.ts';
import type { DeviceAuthorizations } from './device-authorizations.ts';
import { answerWithOAuthErrors, OAuthProblem } from './oauth-problems.ts';
import type { TokenPair, Tokens } from './tokens.ts';

/** The `grant_type` of a numeric card, RFC 6749, 4.5. */
export const cardGrant = 'urn:field-classroom:grant-type:binding-card';
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

const text = { type: 'string', maxLength: 500 } as const;
const client = {
  client_id: { ...text, description: "The box's id" },
  client_secret: { ...text, description: "The box's key; or both in a Basic header" },
} as const;
const consumes = ['application/x-www-form-urlencoded'];

const startBody = { type: 'object', properties: client } as const;
const tokenBody = {
  type: 'object',
  required: ['grant_type'],
  properties: {
    grant_type: { ...text, description: `${deviceGrant}, refresh_token or ${cardGrant}` },
    device_code: text,
    refresh_token: text,
    card: { ...text, description: `The number of a card, ${cardNumbers.length} digits` },
    ...client,
  },
} as const;

const started = {
  type: 'object',
  required: ['device_code', 'user_code', 'verification_uri', 'expires_in', 'interval'],
  properties: {
    device_code: { type: 'string' },
    user_code: { type: 'string' },
    verification_uri: { type: 'string' },
    verification_uri_complete: { type: 'string' },
    expires_in: { type: 'integer', description: 'Seconds' },
    interval: { type: 'integer', description: 'Seconds between two questions' },
  },
} as const;
const granted = {
  type: 'object',
  required: ['access_token', 'token_type', 'expires_in', 'refresh_token'],
  properties: {
    access_token: { type: 'string' },
    token_type: { type: 'string' },
    expires_in: { type: 'integer', description: 'Seconds' },
    refresh_token: { type: 'string' },
  },
} as const;

interface Parts {
  boxes: Boxes;
  devices: DeviceAuthorizations;
  tokens: Tokens;
  writes: WriteQueue;
  failures: Failures;
  /** Where the service is reached from outside, without a slash at the end. */
  publicUrl: string | undefined;
  now: () => number;
}

/** The parameters of a form. */
type Form = Readonly<Record<string, string>>;

/**
 * How a box gets its tokens: by a code confirmed on a phone (RFC 8628), by a card, by a refresh token
 * (RFC 6749, 6). The box proves itself with its key.
 */
export async function oauthRoutes(server: FastifyInstance, parts: Parts): Promise<void> {
  const { boxes, devices, tokens, writes, failures, publicUrl, now } = parts;
  await server.register((oauth, _options, done) => {
    answerWithOAuthErrors(oauth);
    oauth.removeAllContentTypeParsers();
    oauth.addContentTypeParser(
      consumes,
      { parseAs: 'string', bodyLimit: 8 * 1024 },
      (_request, body, parsed) => {
        parseForm(String(body), parsed);
      },
    );
    // RFC 6749, 5.1
    oauth.addHook('onSend', async (_request, reply) => {
      void reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' });
    });

    oauth.post(
      '/oauth/device_authorization',
      {
        schema: {
          summary: 'A code by which a phone can say where this box stands',
          security: [{ boxKey: [] }],
          consumes,
          body: startBody,
          response: { 200: started },
        },
      },
      async (request) => {
        const boxId = await authenticate(request);
        const { deviceCode, userCode } = await devices.start(boxId);
        const shown = showCode(userCode);
        const page = `${publicUrl ?? `${request.protocol}://${request.host}`}/bind`;
        return {
          device_code: deviceCode,
          user_code: shown,
          verification_uri: page,
          verification_uri_complete: `${page}?code=${shown}`,
          expires_in: CODE_LIFETIME,
          interval: POLL_INTERVAL,
        };
      },
    );

    oauth.post(
      '/oauth/token',
      {
        schema: {
          summary: 'An access token and a refresh token for a box',
          security: [{ boxKey: [] }],
          consumes,
          body: tokenBody,
          response: { 200: granted },
        },
      },
      async (request) => {
        const boxId = await authenticate(request);
        const { accessToken, refreshToken, expiresIn } = await grant(request, boxId);
        return {
          access_token: accessToken,
          token_type: 'Bearer',
          expires_in: expiresIn,
          refresh_token: refreshToken,
        };
      },
    );
    done();
  });

  async function grant(request: FastifyRequest, boxId: string): Promise<TokenPair> {
    const { grant_type: type, device_code: code, refresh_token: refresh, card } = request.body as Form;
    if (type === deviceGrant) {
      const answer = await devices.poll(boxId, required('device_code', code));
      if (typeof answer === 'string') throw new OAuthProblem(answer, pollWords[answer]);
      return answer;
    }
    if (type === 'refresh_token') {
      const next = await tokens.refresh(boxId, required('refresh_token', refresh));
      if (!next) throw new OAuthProblem('invalid_grant', 'This refresh token is not valid (any more).');
      return next;
    }
    if (type === cardGrant) {
      await failures.check(request);
      const pair = await redeemCard(writes, boxId, required('card', card), now());
      if (pair) return pair;
      await failures.count(request);
      throw new OAuthProblem('invalid_grant', 'No such card is valid.');
    }
    throw new OAuthProblem('unsupported_grant_type', 'This grant_type is not known here.');
  }

  /** RFC 6749, 2.3.1: in a Basic header or in the form, not both. */
  async function authenticate({ headers, body }: FastifyRequest): Promise<string> {
    const form = body as Form;
    const [scheme, credential] = credentials(headers.authorization);
    const inForm = form.client_secret !== undefined;
    if (headers.authorization !== undefined && (scheme !== 'basic' || inForm))
      throw new OAuthProblem('invalid_request', 'The box shows its key once: by Basic or in the form.');
    const [id, key] =
      scheme === 'basic' ? userAndPassword(credential) : [form.client_id ?? '', form.client_secret ?? ''];
    if (form.client_id !== undefined && form.client_id !== id)
      throw new OAuthProblem('invalid_request', 'client_id is not the box that shows its key.');
    const box = isBoxId(id) ? await boxes.find(id, key) : undefined;
    if (!box) throw new OAuthProblem('invalid_client', 'No box is registered with this id and key.');
    return box.boxId;
  }
}

const pollWords = {
  authorization_pending: 'Nobody has confirmed the code yet.',
  slow_down: 'Asked too soon; wait five seconds longer from now on.',
  access_denied: 'The code was refused.',
  expired_token: 'The code has expired; ask for another.',
  invalid_grant: 'This device code is not valid (any more).',
} as const;

function required(name: string, value: string | undefined): string {
  if (!value) throw new OAuthProblem('invalid_request', `${name} is missing.`);
  return value;
}

/** RFC 6749, 3.2: no parameter twice. */
function parseForm(body: string, parsed: (error: Error | null, form?: Form) => void): void {
  const pairs = [...new URLSearchParams(body)];
  const names = new Set(pairs.map(([name]) => name));
  if (names.size < pairs.length) parsed(new OAuthProblem('invalid_request', 'A parameter is there twice.'));
  else parsed(null, Object.assign(Object.create(null) as object, Object.fromEntries(pairs)));
}
