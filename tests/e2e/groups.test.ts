import { onBothDatabases } from './both-databases.ts';
import { groupsContract } from './groups-contract.ts';

onBothDatabases('studying together', groupsContract);
