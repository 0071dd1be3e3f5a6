import { Validator, type Schema } from '@cfworker/json-schema';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { buildCatalogue } from '../../domain/catalogue/build-catalogue.ts';
import type { CatalogueFile, Lesson, Playlist } from '../../domain/catalogue/types.ts';
import { localDate } from '../../domain/credit/local-date.ts';
import { policyBookSchema } from '../../domain/credit/policy-schema.ts';
import type { PolicyBook } from '../../domain/credit/policy.ts';
import { defaultHomePage } from '../../domain/statements/iris.ts';

/** The county's content as it stood at one moment. */
export interface Content {
  /** By id; lessons with mistakes are left out, as on the TV. */
  lessons: ReadonlyMap<string, Lesson>;
  /** In the order Home shows them. */
  playlists: readonly Playlist[];
  homePage: string;
  policy: PolicyBook;
  catalogueJson: Packed;
  policyJson: Packed;
  /** What keeps the content from being used as it is; the last good policy stands in for a broken one. */
  troubles: readonly string[];
}

/** A body with its compressed forms and an entity tag. */
export interface Packed {
  etag: string;
  plain: Buffer;
  gzip: Buffer;
  br: Buffer;
}

export const noLessons: ReadonlyMap<string, Lesson> = new Map();

/**
 * Puts files together to content. Never fails: what is broken is told in `troubles`.
 *
 * @param files as they were found; `policy.json` may be missing.
 * @param lastGoodPolicy stands in while `policy.json` is missing or broken.
 */
export async function makeContent(
  files: readonly CatalogueFile[],
  lastGoodPolicy: PolicyBook,
  troubles: readonly string[] = [],
): Promise<Content> {
  const { catalogue } = buildCatalogue(files);
  const policyFile = files.find(({ file }) => file === 'policy.json');
  const policyTrouble = policyFile && policyMistake(policyFile);
  const policy = policyFile && policyTrouble === undefined ? (policyFile.json as PolicyBook) : lastGoodPolicy;
  return {
    lessons: catalogue?.lessons ?? noLessons,
    playlists: catalogue?.playlists ?? [],
    homePage: catalogue?.county.homePage ?? defaultHomePage,
    policy,
    catalogueJson: await pack({ files: files.filter((file) => file !== policyFile) }),
    policyJson: await pack(policy),
    troubles: [...troubles, ...(policyTrouble === undefined ? [] : [`policy.json: ${policyTrouble}`])],
  };
}

/** What is wrong with a policy file, naming the field; `undefined` if nothing is. */
export function policyMistake({ json, error }: CatalogueFile): string | undefined {
  if (error !== undefined) return error;
  const { valid, errors } = new Validator(policyBookSchema as unknown as Schema, '2020-12').validate(json);
  const deepest = errors[errors.length - 1];
  if (!valid) return `${deepest?.instanceLocation.slice(1) ?? ''}: ${deepest?.error ?? 'not valid'}`;
  try {
    localDate(0, (json as PolicyBook).timeZone);
    return undefined;
  } catch {
    return `/timeZone: "${(json as PolicyBook).timeZone}" is not a time zone`;
  }
}

async function pack(value: unknown): Promise<Packed> {
  const plain = Buffer.from(JSON.stringify(value));
  const [zipped, br] = await Promise.all([
    promisify(gzip)(plain, { level: 9 }),
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  ]);
  const etag = createHash('sha256').update(plain).digest('hex').slice(0, 20);
  return { etag, plain, gzip: zipped, br };
}
