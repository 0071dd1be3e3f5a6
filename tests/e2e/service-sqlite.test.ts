import { describe } from 'vitest';
import { accessContract } from './service-access-contract.ts';
import { serviceContract } from './service-contract.ts';

describe('the service on SQLite', () => {
  serviceContract(() => undefined);
  accessContract(() => undefined);
});
