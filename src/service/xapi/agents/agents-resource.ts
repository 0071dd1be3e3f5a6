import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Actor } from '../../../domain/statements/statement.ts';
import type { Database } from '../../db/schema.ts';
import type { Authenticator } from '../../http/auth.ts';
import { mayUse, securityOf } from '../access.ts';
import { onlyMethods } from '../method-not-allowed.ts';
import { agentOf, checkParameters, querySchema } from '../parameters.ts';
import { actorKey } from '../statements/actor-key.ts';
import { personOfAgent } from './person.ts';

const url = '/xapi/agents';

/** How many of an agent's newest statements are looked through for its names. */
const LOOKED_THROUGH = 50;

/**
 * A person with the names an agent has been given. Identifiers of one person are never joined here: that two
 * of them are one is not for an LRS to guess.
 *
 * Sources: xAPI 1.0.3 Communication 2.4; xAPI 2.0 4.1.6.3
 */
export function agentsResource(
  server: FastifyInstance,
  { auth, db }: { auth: Authenticator; db: Kysely<Database> },
): void {
  server.get(
    url,
    {
      validatorCompiler: checkParameters,
      schema: {
        summary: 'A person with all that is known of an agent',
        security: securityOf('agents'),
        querystring: querySchema(['agent']),
      },
    },
    async (request) => {
      const agent = agentOf((request.query as { agent: string }).agent);
      await mayUse(auth, request, 'agents', agent);
      const rows = await db
        .selectFrom('statements')
        .select('json')
        .where('actor', '=', actorKey(agent))
        .orderBy('seq', 'desc')
        .limit(LOOKED_THROUGH)
        .execute();
      return personOfAgent(
        agent,
        rows.map(({ json }) => (JSON.parse(json) as { actor: Actor }).actor),
      );
    },
  );
  onlyMethods(server, url, ['GET']);
}
