import type { DocumentResource } from './document-resource.ts';

/**
 * What programs remember of a person.
 *
 * Sources: xAPI 1.0.3 Communication 2.6; xAPI 2.0 4.1.6.5
 */
export const agentProfile: DocumentResource = {
  resource: 'agent-profile',
  url: '/xapi/agents/profile',
  title: 'agent profile',
  keptWith: ['agent'],
  id: 'profileId',
  hasRegistration: false,
  removesAll: false,
};
