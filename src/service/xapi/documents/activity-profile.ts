import type { DocumentResource } from './document-resource.ts';

/**
 * What programs remember of an activity, for everybody.
 *
 * Sources: xAPI 1.0.3 Communication 2.7; xAPI 2.0 4.1.6.6
 */
export const activityProfile: DocumentResource = {
  resource: 'activity-profile',
  url: '/xapi/activities/profile',
  title: 'activity profile',
  keptWith: ['activityId'],
  id: 'profileId',
  hasRegistration: false,
  removesAll: false,
};
