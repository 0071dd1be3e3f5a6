import type { DocumentResource } from './document-resource.ts';

/**
 * What a program remembers of a person in an activity, and in one registration of it if it says so.
 *
 * Sources: xAPI 1.0.3 Communication 2.3; xAPI 2.0 4.1.6.2
 */
export const state: DocumentResource = {
  resource: 'state',
  url: '/xapi/activities/state',
  title: 'state document',
  keptWith: ['activityId', 'agent'],
  id: 'stateId',
  hasRegistration: true,
  removesAll: true,
};
