import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { solarTermOn } from '../../../../src/domain/catalogue/solar-terms.ts';
import en from '../../../../src/tv/locales/en.json';
import zhCN from '../../../../src/tv/locales/zh-CN.json';

type Words = { [key: string]: string | Words };

/** `{ 'home.left': '…' }` for a tree of words. */
function flat(words: Words, prefix = ''): Map<string, string> {
  const entries = Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : [...flat(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

const chinese = flat(zhCN);
const english = flat(en);
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!).sort();

const root = fileURLToPath(new URL('../../../../src/tv', import.meta.url));
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('locales'))
  .map((file) => ({ file, code: readFileSync(`${root}/${file}`, 'utf8') }));

/** Every key given to `t`, as a pattern: what is put together at run time stands as `*`. */
function keysUsed(file: string, code: string): string[] {
  const keys: string[] = [];
  const collect = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) keys.push(node.text);
    else if (ts.isTemplateExpression(node))
      keys.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('*'));
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(collect);
    else throw new Error(`${file}: a key this test cannot read: ${node.getText()}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't')
      collect(node.arguments[0]!);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, code, ts.ScriptTarget.ES2022, true));
  return keys;
}

describe('the languages', () => {
  it('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it.each([...chinese.keys()])('fill the same places in %s', (key) => {
    expect(placeholders(english.get(key) ?? '')).toEqual(placeholders(chinese.get(key)!));
  });

  it('have no empty text', () => {
    for (const [key, text] of [...chinese, ...english]) expect(text.trim(), key).not.toBe('');
  });

  it('write placeholders as i18next reads them', () => {
    for (const [key, text] of [...chinese, ...english])
      expect(text.replace(/\{\{\w+\}\}/g, ''), key).not.toMatch(/[{}]/);
  });
});

describe('the words used in the app', () => {
  const used = sources.flatMap(({ file, code }) => keysUsed(file, code).map((key) => ({ file, key })));
  const matches = (pattern: string) => {
    const parts = pattern.split('*').map((part) => part.replace(/[.-]/g, '\\$&'));
    const like = new RegExp(`^${parts.join('[\\w-]+')}$`);
    return [...chinese.keys()].filter((key) => like.test(key));
  };

  it('are found at all', () => {
    expect(used.filter(({ key }) => !key.includes('*')).length).toBeGreaterThan(80);
    expect(used.filter(({ key }) => key.includes('*')).length).toBeGreaterThan(10);
  });

  it('are all there', () => {
    expect(used.filter(({ key }) => matches(key).length === 0)).toEqual([]);
  });

  it('leave no entry that nothing uses', () => {
    const needed = new Set(used.flatMap(({ key }) => matches(key)));
    expect([...chinese.keys()].filter((key) => !needed.has(key))).toEqual([]);
  });

  it('have a name for every solar term', () => {
    for (let day = 0; day < 365; day++) {
      const date = new Date(Date.UTC(2026, 0, 1 + day));
      const term = solarTermOn(2026, date.getUTCMonth() + 1, date.getUTCDate());
      expect(chinese.has(`solarTerm.${term}`), term).toBe(true);
    }
  });
});
