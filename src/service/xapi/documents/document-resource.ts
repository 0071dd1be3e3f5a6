import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseTimestamp } from '../../../domain/statements/statement-formats.ts';
import type { Authenticator } from '../../http/auth.ts';
import { Problem } from '../../http/problems.ts';
import { mayUse, securityOf } from '../access.ts';
import { checkConditions, isUnchanged } from '../concurrency.ts';
import { onlyMethods } from '../method-not-allowed.ts';
import { agentOf, checkParameters, querySchema, type ParameterName } from '../parameters.ts';
import { actorKey } from '../statements/actor-key.ts';
import type {
  Decision,
  DocumentName,
  DocumentSet,
  DocumentStore,
  NewDocument,
  ResourceName,
} from './document-store.ts';
import { mergeDocuments } from './merge-documents.ts';

/** Largest document, bytes; also of what a merge makes. */
const DOCUMENT_LIMIT = 1024 * 1024;

/** What tells one document resource from the others. */
export interface DocumentResource {
  resource: ResourceName;
  url: string;
  /** In the API's description. */
  title: string;
  /** Parameters that name what documents are kept with. */
  keptWith: readonly ('activityId' | 'agent')[];
  id: 'stateId' | 'profileId';
  /** State only. */
  hasRegistration: boolean;
  /** Whether DELETE without an id removes all. */
  removesAll: boolean;
}

interface Parts {
  auth: Authenticator;
  store: DocumentStore;
}

type Query = Partial<Record<ParameterName, string>>;

/**
 * GET, PUT, POST and DELETE of one kind of documents. Content is any bytes and comes back as it was sent, with
 * its type.
 *
 * Sources: xAPI 1.0.3 Communication 2.2; xAPI 2.0 4.1.6.2, 4.1.6.5, 4.1.6.6
 */
export function documentResource(
  server: FastifyInstance,
  { auth, store }: Parts,
  { resource, url, title, keptWith, id, hasRegistration, removesAll }: DocumentResource,
): void {
  const security = securityOf(resource);
  const registration: ParameterName[] = hasRegistration ? ['registration'] : [];
  const shared = { validatorCompiler: checkParameters, bodyLimit: DOCUMENT_LIMIT };
  const one = querySchema([...keptWith, id], registration);

  server.get(
    url,
    {
      ...shared,
      schema: {
        summary: `One ${title}, or the ids of all`,
        security,
        querystring: querySchema(keptWith, [...registration, id, 'since']),
      },
    },
    async (request, reply) => {
      const query = await admitted(request);
      void reply.header('cache-control', 'no-store');
      if (query[id] === undefined) {
        const { ids, updatedAt } = await store.list(setOf(query), {
          registration: query.registration?.toLowerCase(),
          since: query.since === undefined ? undefined : parseTimestamp(query.since),
        });
        if (updatedAt !== undefined) void reply.header('last-modified', new Date(updatedAt).toUTCString());
        return reply.send(ids);
      }
      const found = await store.find(nameOf(query));
      if (!found) throw new Problem(404, 'no-such-document', `There is no such ${title}.`);
      void reply
        .header('etag', `"${found.etag}"`)
        .header('last-modified', new Date(found.updatedAt).toUTCString());
      if (isUnchanged(request, found.etag)) return reply.code(304).send();
      // A document may be a page with scripts: it is data here, whatever it is.
      void reply.header('content-security-policy', "sandbox; default-src 'none'");
      return reply.header('content-type', found.contentType).send(found.content);
    },
  );

  server.put(
    url,
    { ...shared, schema: { summary: `Store a ${title}`, security, querystring: one } },
    async (request, reply) => {
      const query = await admitted(request);
      await store.change(
        nameOf(query),
        onCondition(request, () => sentDocument(request)),
      );
      return reply.code(204).send();
    },
  );

  server.post(
    url,
    {
      ...shared,
      schema: { summary: `Store a ${title}, merged with a JSON object there is`, security, querystring: one },
    },
    async (request, reply) => {
      const query = await admitted(request);
      await store.change(
        nameOf(query),
        onCondition(request, (current) => bounded(mergeDocuments(current, sentDocument(request)))),
      );
      return reply.code(204).send();
    },
  );

  server.delete(
    url,
    {
      ...shared,
      schema: {
        summary: removesAll ? `Remove one ${title} or all` : `Remove a ${title}`,
        security,
        querystring: removesAll ? querySchema(keptWith, [...registration, id]) : one,
      },
    },
    async (request, reply) => {
      const query = await admitted(request);
      if (query[id] === undefined) await store.removeAll(setOf(query), query.registration?.toLowerCase());
      else
        await store.change(
          nameOf(query),
          onCondition(request, () => 'remove'),
        );
      return reply.code(204).send();
    },
  );

  onlyMethods(server, url, ['GET', 'PUT', 'POST', 'DELETE']);

  /** The checked query of a caller that may do what it asks for. */
  async function admitted(request: FastifyRequest): Promise<Query> {
    const query = request.query as Query;
    await mayUse(auth, request, resource, query.agent === undefined ? undefined : agentOf(query.agent));
    return query;
  }

  function onCondition(request: FastifyRequest, decide: Decision): Decision {
    const { method, headers, xapiVersion } = request;
    const conditions = { method, headers, version: xapiVersion, isState: resource === 'state' };
    return (current) => checkConditions(conditions, current?.etag) ?? decide(current);
  }

  function setOf({ agent, activityId }: Query): DocumentSet {
    return {
      resource,
      agent: agent === undefined ? null : actorKey(agentOf(agent)),
      activity: activityId ?? null,
    };
  }

  function nameOf(query: Query): DocumentName {
    return { set: setOf(query), registration: query.registration?.toLowerCase(), id: query[id]! };
  }
}

function sentDocument({ body, headers }: FastifyRequest): NewDocument {
  return {
    content: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    contentType: headers['content-type'] ?? 'application/octet-stream',
  };
}

function bounded(merged: NewDocument | Problem): NewDocument | Problem {
  return merged instanceof Problem || merged.content.length <= DOCUMENT_LIMIT
    ? merged
    : new Problem(413, 'body-too-large', 'The merged document is too large.');
}
