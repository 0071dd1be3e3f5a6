/**
 * xAPI 1.0.3 statements as JSON, as far as the product reads them. The full shape is checked by
 * `statement-schema.ts`; what arrived is always stored whole.
 *
 * Source: https://github.com/adlnet/xAPI-Spec/blob/1.0.3/xAPI-Data.md
 */

export type LanguageMap = Record<string, string>;
export type Extensions = Record<string, unknown>;

export interface Account {
  homePage: string;
  name: string;
}

export interface Actor {
  objectType?: 'Agent' | 'Group';
  name?: string;
  mbox?: string;
  mbox_sha1sum?: string;
  openid?: string;
  account?: Account;
  member?: Actor[];
}

export interface ActivityDefinition {
  type?: string;
  name?: LanguageMap;
  description?: LanguageMap;
  moreInfo?: string;
  extensions?: Extensions;
}

export interface Activity {
  objectType?: 'Activity';
  id: string;
  definition?: ActivityDefinition;
}

export interface Verb {
  id: string;
  display?: LanguageMap;
}

export interface StatementResult {
  completion?: boolean;
  success?: boolean;
  response?: string;
  /** ISO 8601 duration. */
  duration?: string;
  score?: { scaled?: number; raw?: number; min?: number; max?: number };
  extensions?: Extensions;
}

export interface StatementContext {
  registration?: string;
  platform?: string;
  language?: string;
  revision?: string;
  instructor?: Actor;
  team?: Actor;
  statement?: { objectType: 'StatementRef'; id: string };
  contextActivities?: Partial<
    Record<'parent' | 'grouping' | 'category' | 'other', Activity | readonly Activity[]>
  >;
  extensions?: Extensions;
}

/** A statement whose object is an activity: all the TV sends. */
export interface Statement {
  id?: string;
  actor: Actor;
  verb: Verb;
  object: Activity;
  result?: StatementResult;
  context?: StatementContext;
  /** ISO 8601. */
  timestamp?: string;
  /** Set by the service. */
  stored?: string;
  /** Set by the service. */
  authority?: Actor;
  /** Set by the service. */
  version?: string;
}
