import type { AnySchemaObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import path from 'node:path';
import {
  countySchema,
  farmTalkIssueSchema,
  lessonSchema,
  playlistSchema,
  sharedParts,
} from '../../domain/catalogue/schema.ts';

const schemas = {
  county: countySchema,
  playlist: playlistSchema,
  lesson: lessonSchema,
  farmTalkIssue: farmTalkIssueSchema,
};

/**
 * The catalogue's schemas as plain code: a slow box checks its lessons at every start, and reading a schema anew for
 * each of them costs it seconds.
 *
 * @returns the text of a module without imports that has one check per schema
 */
export async function compiledChecks(): Promise<string> {
  const ajv = new Ajv2020({ allErrors: true, inlineRefs: false, code: { source: true, esm: true } });
  for (const [name, part] of Object.entries(sharedParts)) ajv.addSchema(withRefs(part), nameOf(name));
  for (const schema of Object.values(schemas)) ajv.addSchema(withRefs(schema));
  const names = Object.fromEntries(Object.entries(schemas).map(([name, { $id }]) => [name, $id]));
  const { outputFiles } = await build({
    // What the code needs of ajv comes in: its parts are for another kind of module.
    stdin: { contents: standaloneCode(ajv, names), resolveDir: path.resolve(import.meta.dirname) },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2020',
    minify: true,
    banner: { js: '// @ts-nocheck: written by `npm run schemas` from schema.ts; its types stand beside it.' },
  });
  return outputFiles[0]!.text;
}

const nameOf = (part: string): string => `urn:field-classroom-tv:part:${part}`;

/** The same schema with its shared parts as references: each becomes one function instead of a copy at every place. */
function withRefs(schema: object): AnySchemaObject {
  const referred = (value: unknown): unknown => {
    const part = Object.entries(sharedParts).find(([, shared]) => shared === value);
    if (part) return { $ref: nameOf(part[0]) };
    if (Array.isArray(value)) return value.map(referred);
    return typeof value === 'object' && value !== null ? withRefs(value) : value;
  };
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, referred(value)]));
}
