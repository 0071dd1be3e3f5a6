import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/schema.ts';
import type { Authenticator } from '../../http/auth.ts';
import { mayUse, securityOf } from '../access.ts';
import { onlyMethods } from '../method-not-allowed.ts';
import { checkParameters, querySchema } from '../parameters.ts';
import { readDefinitions } from '../statements/activity-definitions.ts';

const url = '/xapi/activities';

/**
 * What an activity is, put together from all statements that said something of it. One that nobody has spoken
 * of is an activity too, with nothing but its id.
 *
 * Sources: xAPI 1.0.3 Communication 2.5; xAPI 2.0 4.1.6.4
 */
export function activitiesResource(
  server: FastifyInstance,
  { auth, db }: { auth: Authenticator; db: Kysely<Database> },
): void {
  server.get(
    url,
    {
      validatorCompiler: checkParameters,
      schema: {
        summary: 'An activity with all that is known of it',
        security: securityOf('activities'),
        querystring: querySchema(['activityId']),
      },
    },
    async (request) => {
      await mayUse(auth, request, 'activities');
      const { activityId: id } = request.query as { activityId: string };
      const definition = (await readDefinitions(db, [id])).get(id);
      return { objectType: 'Activity', id, ...(definition ? { definition } : {}) };
    },
  );
  onlyMethods(server, url, ['GET']);
}
