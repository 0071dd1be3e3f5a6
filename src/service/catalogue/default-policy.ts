import shipped from '../../../media-manifests/policy.json' with { type: 'json' };
import { policyMistake } from './content.ts';
import type { PolicyBook } from '../../domain/credit/policy.ts';

const mistake = policyMistake({ file: 'policy.json', json: shipped });
if (mistake !== undefined) throw new Error(`media-manifests/policy.json: ${mistake}`);

/** The policy of the repository, for content folders without one. */
export const defaultPolicy = shipped as unknown as PolicyBook;
