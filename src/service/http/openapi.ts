import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { scopeNames } from './scopes.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route heeds `Idempotency-Key`. */
    idempotent?: true;
  }
}

const problem = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'For programs; never changes' },
    detail: { type: 'string', description: 'For people' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: {
          path: { type: 'string', description: 'JSON pointer into the body, query or path' },
          message: { type: 'string' },
        },
      },
    },
  },
} as const;

const oauthError = {
  type: 'object',
  description: 'RFC 6749, 5.2',
  required: ['error', 'error_description', 'code'],
  properties: {
    error: { type: 'string' },
    error_description: { type: 'string' },
    code: { type: 'string' },
  },
} as const;

const schemas = { Problem: problem, OAuthError: oauthError };

const retryAfter = { description: 'Seconds', schema: { type: 'integer' } } as const;
const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

const responses = {
  Problem: { description: 'A mistake of the caller, named by its code', content: problemContent },
  OAuthError: {
    description: 'A refusal in the format of OAuth',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/OAuthError' } } },
  },
  TooMany: {
    description: 'Too many requests',
    headers: { 'Retry-After': retryAfter },
    content: problemContent,
  },
  Unavailable: {
    description: 'A mistake of the service, or too much to do',
    headers: { 'Retry-After': retryAfter },
    content: problemContent,
  },
} as const;

const parameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'The same request with the same key is done once within a day, and answered as the first time',
    schema: { type: 'string', maxLength: 512 },
    example: '"5a9f1e0c-7a0b-4e9e-9a1f-0f6a4a8c7a51"',
  },
  XapiVersion: {
    name: 'X-Experience-API-Version',
    in: 'header',
    description: 'The version of xAPI that is spoken',
    schema: { type: 'string' },
    example: '1.0.3',
  },
} as const;

type Referenced = { $ref: string };
type Operation = { responses?: Record<string, unknown>; parameters?: unknown[] };

const reference = (kind: 'responses' | 'parameters', name: string): Referenced => ({
  $ref: `#/components/${kind}/${name}`,
});

/** Describes every route of a server, at `GET /api/v1/openapi.json`, from the schemas the routes carry. */
export async function describeRoutes(server: FastifyInstance): Promise<void> {
  await server.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Field Classroom TV study-credit service',
        version: '1',
        description:
          'Errors are RFC 9457 problem+json with a stable `code`; `errors` names fields by JSON pointer.',
      },
      components: {
        securitySchemes: {
          box: {
            type: 'http',
            scheme: 'bearer',
            description: '`<boxId>.<boxKey>` for its own default viewer; an access token also for its home',
          },
          boxKey: { type: 'http', scheme: 'basic', description: "The box's id and key (RFC 6749, 2.3.1)" },
          phone: {
            type: 'http',
            scheme: 'bearer',
            description:
              'A person signed in by number and PIN, `/api/v1/phone/sign-in`, or a link that a TV shows',
          },
          integration: {
            type: 'http',
            scheme: 'basic',
            description: `One of the county's programs, with scopes: ${scopeNames.join(', ')}`,
          },
        },
      },
    },
    transform: ({ schema, url, route }) => ({
      schema: route.config?.idempotent ? { ...schema, 'x-idempotent': true } : schema,
      url,
    }),
    transformObject: (document) => {
      if (!('openapiObject' in document)) return document.swaggerObject;
      const { openapiObject: openapi } = document;
      Object.assign(openapi.components ?? {}, { schemas, responses, parameters });
      for (const [path, item] of Object.entries(openapi.paths ?? {}))
        for (const operation of Object.values(item ?? {})) complete(path, operation as Operation);
      return openapi;
    },
  });
}

/** Adds to a route what holds for all of its kind. */
function complete(path: string, operation: Operation & { 'x-idempotent'?: true }): void {
  const { 'x-idempotent': idempotent } = operation;
  delete operation['x-idempotent'];
  const shared = [
    ...(idempotent ? [reference('parameters', 'IdempotencyKey')] : []),
    ...(path.startsWith('/xapi/') && path !== '/xapi/about' ? [reference('parameters', 'XapiVersion')] : []),
  ];
  if (shared.length > 0) operation.parameters = [...(operation.parameters ?? []), ...shared];
  operation.responses = {
    ...operation.responses,
    '4XX': reference('responses', path.startsWith('/oauth/') ? 'OAuthError' : 'Problem'),
    '429': reference('responses', 'TooMany'),
    '5XX': reference('responses', 'Unavailable'),
  };
}
