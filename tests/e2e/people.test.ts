import { onBothDatabases } from './both-databases.ts';
import { peopleContract } from './people-contract.ts';

onBothDatabases('people and their boxes', peopleContract);
