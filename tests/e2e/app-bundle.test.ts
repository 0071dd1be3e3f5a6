import { parse, type Options } from 'acorn';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const built = resolve(import.meta.dirname, '../..', process.env.BUILD ?? 'build', 'tv');
const page = readFileSync(join(built, 'index.html'), 'utf8');
const loader = /<script>([\s\S]+?)<\/script>/.exec(page)![1]!;
const named = (bundle: 'modern' | 'legacy'): string => new RegExp(`${bundle}:"([^"]+)"`).exec(loader)![1]!;

const scriptsIn = (folder: string): string[] =>
  readdirSync(join(built, folder))
    .filter((name) => name.endsWith('.js'))
    .map((name) => join(folder, name));

const read = (file: string): string => readFileSync(join(built, file), 'utf8');

function parsed(code: string, ecmaVersion: Options['ecmaVersion']): unknown {
  return parse(code, { ecmaVersion });
}

/** Syntax of ES2021 and ES2022 that Chromium 80 does not read, though it reads class fields. */
function tooNew(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(tooNew);
  if (typeof node !== 'object' || node === null) return [];
  const { type, operator, key, left } = node as Record<string, { type?: string } | undefined> & {
    type?: string;
    operator?: string;
  };
  const found =
    type === 'StaticBlock' ||
    (type === 'MethodDefinition' && key?.type === 'PrivateIdentifier') ||
    (operator === 'in' && left?.type === 'PrivateIdentifier') ||
    ['&&=', '||=', '??='].includes(operator ?? '');
  return [...(found ? [`${type} ${operator}`] : []), ...Object.values(node).flatMap(tooNew)];
}

it.each([
  ['modern', 150 * 1024],
  ['legacy', 230 * 1024],
] as const)(
  'what the %s bundle asks of the line before the first key fits, without hls.js',
  (bundle, limit) => {
    const script = read(named(bundle));
    expect(gzipSync(script).length).toBeLessThanOrEqual(limit);
    // The name of an event that only hls.js has.
    expect(script).not.toContain('hlsFragLoaded');
  },
);

it('the loader is ES3 and less than 2 KB', () => {
  expect(() => parsed(loader, 3)).not.toThrow();
  expect(loader.length).toBeLessThan(2048);
});

it.each(scriptsIn('legacy'))('%s is ES5', (file) => {
  expect(() => parsed(read(file), 5)).not.toThrow();
});

it('all of the legacy bundle was looked at: entry, player, study and hls.js with its worker', () => {
  expect(scriptsIn('legacy').length).toBeGreaterThan(5);
  expect(scriptsIn('legacy')).toContain(named('legacy'));
});

it.each(scriptsIn('.'))('%s is what Chromium 80 reads', (file) => {
  expect(tooNew(parsed(read(file), 2022))).toEqual([]);
});

it('newer syntax than Chromium 80 is told from older', () => {
  const inClass = (body: string): unknown => parsed(`class A { ${body} }`, 2022);
  for (const body of ['static { a(); }', '#a() {}', '#a; b(c) { return #a in c; }', 'b(c) { c ??= 1; }'])
    expect(tooNew(inClass(body))).toHaveLength(1);
  expect(tooNew(inClass('static a = 1; #b = a?.b ?? 2; async c() { for await (const d of e); }'))).toEqual(
    [],
  );
});
