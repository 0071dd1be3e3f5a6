import { describe, expect, it } from 'vitest';
import {
  loadIdentity,
  type BoxIdentity,
  type IdentityDeps,
  type IdentityPlace,
} from '../../../../src/tv/identity/box-identity.ts';

function place(kept?: unknown): IdentityPlace & { kept: unknown; writes: number } {
  const here = {
    kept,
    writes: 0,
    read: () => Promise.resolve(here.kept),
    write: (identity: BoxIdentity) => {
      here.kept = identity;
      here.writes += 1;
      return Promise.resolve();
    },
  };
  return here;
}

let uuids = 0;
const deps = (...places: IdentityPlace[]): IdentityDeps => ({
  places,
  uuid: () => `00000000-0000-4000-8000-${String(++uuids).padStart(12, '0')}`,
  randomBytes: (count) => Uint8Array.from({ length: count }, (_, index) => index),
});

describe('the identity of a box', () => {
  it('is made once, in the form the service knows, and kept in every place', async () => {
    const [a, b] = [place(), place()];
    const identity = await loadIdentity(deps(a, b));
    expect(identity.boxId).toMatch(/^b-[0-9a-f-]{36}$/);
    expect(identity.person).toMatch(/^v-[0-9a-f-]{36}$/);
    expect(identity.boxKey).toBe('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
    expect([a.kept, b.kept]).toEqual([identity, identity]);
    expect(await loadIdentity(deps(a, b))).toEqual(identity);
    expect([a.writes, b.writes]).toEqual([1, 1]);
  });

  it('survives the loss of either place', async () => {
    const identity = await loadIdentity(deps(place()));
    const [lost, kept] = [place(), place(identity)];
    expect(await loadIdentity(deps(lost, kept))).toEqual(identity);
    expect(lost.kept).toEqual(identity);
    expect(await loadIdentity(deps(lost, place()))).toEqual(identity);
  });

  it('is not taken from a damaged record, and not held up by a place that fails', async () => {
    const identity = await loadIdentity(deps(place()));
    const broken: IdentityPlace = {
      read: () => Promise.reject(new Error('no storage')),
      write: () => Promise.reject(new Error('no storage')),
    };
    const damaged = place({ ...identity, boxKey: 'short' });
    expect(await loadIdentity(deps(broken, damaged, place(identity)))).toEqual(identity);
    expect(damaged.kept).toEqual(identity);
    expect((await loadIdentity(deps(broken))).boxId).toMatch(/^b-/);
  });
});
