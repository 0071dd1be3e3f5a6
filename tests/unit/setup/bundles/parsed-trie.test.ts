import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import parsedTrie from '../../../../src/setup/bundles/parsed-trie.js';

const library = createRequire(import.meta.url).resolve('linebreak');
const source = readFileSync(join(library, '../module.mjs'), 'utf8');

interface Trie {
  data: ArrayLike<number>;
  highStart: number;
  errorValue: number;
}

test('the table that a browser unpacks is the one that linebreak packed', () => {
  const packed = /toByteArray\("([^"]+)"\)/.exec(source)![1]!;
  const Reader = createRequire(library)('unicode-trie') as new (bytes: Buffer) => Trie;
  const { data, highStart, errorValue } = new Reader(Buffer.from(packed, 'base64'));
  const built = parsedTrie(source);
  const table = /\{ data: unpack\("[^"]+"\), highStart: \d+, errorValue: \d+ \}/.exec(built)![0];
  const unpacking = built.slice(built.lastIndexOf('function unpack'));
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- as the browser reads it, alone
  const unpack = new Function(`${unpacking}; return ${table};`) as () => Trie;
  const unpacked = unpack();
  expect(unpacked).toEqual({ data: Array.from(data), highStart, errorValue });
  expect(unpacked.data.length).toBeGreaterThan(10_000);
});

test('a linebreak that packs its table in another way stops the build', () => {
  expect(() => parsedTrie('export default class {}')).toThrow('no longer packs');
});
