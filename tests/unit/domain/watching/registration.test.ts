import { describe, expect, it } from 'vitest';
import { registrationId } from '../../../../src/domain/watching/registration.ts';

describe('the registration', () => {
  it('is the same on every box and never changes', () => {
    expect(registrationId('v-1', 'rice-017', '2026')).toBe('531ac1d0-bfc8-5ca6-892b-8f9af1b5d330');
  });

  it('differs by person, lesson and period', () => {
    const ids = [
      registrationId('v-1', 'a', '2026'),
      registrationId('v-2', 'a', '2026'),
      registrationId('v-1', 'b', '2026'),
      registrationId('v-1', 'a', '2027'),
    ];
    expect(new Set(ids).size).toBe(4);
  });
});
