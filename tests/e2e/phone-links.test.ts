import { onBothDatabases } from './both-databases.ts';
import { phoneLinksContract } from './phone-links-contract.ts';

onBothDatabases('links for phones', phoneLinksContract);
