import { describe, expect, it } from 'vitest';
import type { Trail } from '../../../../src/tv/app/navigation.ts';
import { keepPlace, takePlace } from '../../../../src/tv/boot/place.ts';

function session(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
  };
}

const trail: Trail = [
  { route: { page: 'home' }, memory: { row: 2, columns: [1] } },
  { route: { page: 'playlist', id: 'winter' }, memory: { index: 3 } },
];

describe('the place on the screen', () => {
  it('is found again after a restart, once', () => {
    const store = session();
    keepPlace(store, trail);
    expect(takePlace(store, '#playlist/winter')).toEqual(trail);
    expect(takePlace(store, '#playlist/winter')).toBeUndefined();
  });

  it('is not taken when the address leads elsewhere, nor later', () => {
    const store = session();
    keepPlace(store, trail);
    expect(takePlace(store, '#settings')).toBeUndefined();
    expect(takePlace(store, '#playlist/winter')).toBeUndefined();
  });

  it('is done without where nothing can be kept', () => {
    const full = {
      setItem() {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    expect(() => keepPlace(full, trail)).not.toThrow();
    expect(() => keepPlace(undefined, trail)).not.toThrow();
    expect(takePlace(undefined, '#home')).toBeUndefined();
  });
});
