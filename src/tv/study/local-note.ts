import type { Box } from './box.ts';

/** One JSON value under one localStorage key; where that fails it reads as `undefined` and is not kept. */
export interface LocalNote<T> {
  read(): T | undefined;
  write(value: T): void;
}

export function localNote<T>(local: Box['local'], key: string): LocalNote<T> {
  return {
    read() {
      try {
        return JSON.parse(local?.getItem(key) ?? '') as T;
      } catch {
        return undefined;
      }
    },
    write(value) {
      try {
        local?.setItem(key, JSON.stringify(value));
      } catch {
        // Full or forbidden: IndexedDB has it too.
      }
    },
  };
}
