import { describe } from 'vitest';
import { serviceContract } from './service-contract.ts';

describe('the service on SQLite', () => {
  serviceContract(() => undefined);
});
