import Negotiator from 'negotiator';
import type {
  Activity,
  ActivityDefinition,
  Actor,
  LanguageMap,
  Verb,
} from '../../../domain/statements/statement.ts';
import type { AnyObject, AnyStatement } from './any-statement.ts';

/** How statements are given back. Source: xAPI 1.0.3 Communication 2.1.3, parameter `format` */
export const resultFormats = ['exact', 'ids', 'canonical'] as const;
export type ResultFormat = (typeof resultFormats)[number];

/** What a format makes of a statement's parts. */
interface Shape {
  actor: (actor: Actor) => Actor;
  verb: (verb: Verb) => Verb;
  activity: (activity: Activity) => Activity;
}

/** `ids`: only what is needed to identify agents, verbs and activities, and the members of nameless groups. */
export function inIds(statement: AnyStatement): AnyStatement {
  return shaped(statement, {
    actor: identified,
    verb: ({ id }) => ({ id }),
    activity: ({ id }) => ({ id }),
  });
}

/**
 * `canonical`: activities with the definition the service has put together, and of every name one language.
 *
 * @param acceptLanguage the request's header `Accept-Language` (RFC 9110, 12.5.4).
 */
export function inCanonical(
  statement: AnyStatement,
  definitions: ReadonlyMap<string, ActivityDefinition>,
  acceptLanguage: string | undefined,
): AnyStatement {
  const one = (map: LanguageMap): LanguageMap => oneLanguage(map, acceptLanguage);
  return shaped(statement, {
    actor: (actor) => actor,
    verb: (verb) => (verb.display ? { ...verb, display: one(verb.display) } : verb),
    activity: (activity) => {
      const definition = definitions.get(activity.id) ?? activity.definition;
      return definition ? { ...activity, definition: inOneLanguage(definition, one) } : activity;
    },
  });
}

/** The language of a map that the reader likes best; if it likes none, the first. */
export function oneLanguage(map: LanguageMap, acceptLanguage: string | undefined): LanguageMap {
  const tags = Object.keys(map);
  const headers = acceptLanguage === undefined ? {} : { 'accept-language': acceptLanguage };
  const best = new Negotiator({ headers }).language(tags) ?? tags[0];
  return best === undefined ? map : { [best]: map[best]! };
}

const componentLists = ['choices', 'scale', 'source', 'target', 'steps'] as const;
type Components = Partial<Record<(typeof componentLists)[number], { description?: LanguageMap }[]>>;

function inOneLanguage(
  definition: ActivityDefinition,
  one: (map: LanguageMap) => LanguageMap,
): ActivityDefinition {
  const result: ActivityDefinition & Components = { ...definition };
  if (result.name) result.name = one(result.name);
  if (result.description) result.description = one(result.description);
  for (const list of componentLists)
    if (result[list])
      result[list] = result[list].map((component) =>
        component.description ? { ...component, description: one(component.description) } : component,
      );
  return result;
}

/** An agent or group by its identifier alone; a group without one by its members. */
function identified({ objectType, member, mbox, mbox_sha1sum, openid, account }: Actor): Actor {
  return {
    ...(objectType ? { objectType } : {}),
    ...(mbox !== undefined
      ? { mbox }
      : mbox_sha1sum !== undefined
        ? { mbox_sha1sum }
        : openid !== undefined
          ? { openid }
          : account
            ? { account }
            : { member: (member ?? []).map(identified) }),
  };
}

function shaped(statement: AnyStatement, shape: Shape): AnyStatement {
  const { context } = statement;
  return {
    ...statement,
    actor: shape.actor(statement.actor),
    verb: shape.verb(statement.verb),
    object: shapedObject(statement.object, shape),
    ...(context ? { context: shapedContext(context, shape) } : {}),
    ...(statement.authority ? { authority: shape.actor(statement.authority) } : {}),
  };
}

function shapedObject(object: AnyObject, shape: Shape): AnyObject {
  switch (object.objectType) {
    case 'Agent':
    case 'Group':
      return shape.actor(object) as AnyObject;
    case 'StatementRef':
      return object;
    case 'SubStatement':
      return { ...shaped(object, shape), objectType: 'SubStatement' };
    default:
      return shape.activity(object);
  }
}

function shapedContext(
  context: NonNullable<AnyStatement['context']>,
  shape: Shape,
): NonNullable<AnyStatement['context']> {
  const { instructor, team, contextActivities, contextAgents, contextGroups } = context;
  return {
    ...context,
    ...(instructor ? { instructor: shape.actor(instructor) } : {}),
    ...(team ? { team: shape.actor(team) } : {}),
    ...(contextActivities
      ? {
          contextActivities: Object.fromEntries(
            Object.entries(contextActivities).map(([key, some]) => [key, list(some).map(shape.activity)]),
          ),
        }
      : {}),
    ...(contextAgents
      ? { contextAgents: contextAgents.map((one) => ({ ...one, agent: shape.actor(one.agent) })) }
      : {}),
    ...(contextGroups
      ? { contextGroups: contextGroups.map((one) => ({ ...one, group: shape.actor(one.group) })) }
      : {}),
  };
}

function list(some: Activity | readonly Activity[]): readonly Activity[] {
  return [some].flat();
}
