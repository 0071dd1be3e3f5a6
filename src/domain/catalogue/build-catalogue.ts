import { Validator } from '@cfworker/json-schema';
import { countySchema, farmTalkIssueSchema, lessonSchema, playlistSchema } from './schema.ts';
import type {
  Catalogue,
  CatalogueFile,
  CatalogueProblem,
  County,
  FarmTalkIssue,
  Lesson,
  Playlist,
} from './types.ts';

type Checked<T> = { file: string; value: T };

/**
 * Checks the county's files and puts them together. A file with a mistake is left out and reported with
 * its name and field; everything else goes on.
 *
 * @returns the catalogue, or `undefined` when there is no usable `county.json`, and all problems found.
 */
export function buildCatalogue(files: readonly CatalogueFile[]): {
  catalogue: Catalogue | undefined;
  problems: CatalogueProblem[];
} {
  const problems: CatalogueProblem[] = [];
  const county = checkAll<County>(files, /^county\.json$/, countySchema, problems)[0]?.value;
  const lessonFiles = checkAll<Lesson>(files, /^lessons\/[^/]+\.json$/, lessonSchema, problems);
  const lessons = uniqueById(lessonFiles, problems);
  for (const lesson of lessons.values()) lesson.kind ??= 'farming';

  const known = (owner: Checked<{ id: string; lessons: string[] }>): string[] =>
    owner.value.lessons.filter((id, index) => {
      if (lessons.has(id)) return true;
      problems.push({ file: owner.file, field: `/lessons/${index}`, message: `no usable lesson "${id}"` });
      return false;
    });
  const withLessons = <T extends { id: string; lessons: string[] }>(checked: Checked<T>[]): T[] => {
    const unique = uniqueById(checked, problems);
    return checked
      .filter(({ value }) => unique.get(value.id) === value)
      .map((owner) => ({ ...owner.value, lessons: known(owner) }))
      .filter((owner) => owner.lessons.length > 0);
  };

  const playlists = withLessons(
    checkAll<Playlist>(files, /^playlists\/[^/]+\.json$/, playlistSchema, problems),
  );
  const farmTalk = withLessons(
    checkAll<FarmTalkIssue>(files, /^farm-talk\/[^/]+\.json$/, farmTalkIssueSchema, problems),
  );

  if (!county) {
    if (!files.some(({ file }) => file === 'county.json'))
      problems.push({ file: 'county.json', field: '', message: 'the file is missing' });
    return { catalogue: undefined, problems };
  }
  const place = new Map((county.playlists ?? []).map((id, index) => [id, index]));
  const order = (playlist: Playlist): number => place.get(playlist.id) ?? place.size;
  playlists.sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1));
  farmTalk.sort((a, b) => (a.month < b.month ? 1 : -1));
  return { catalogue: { county, playlists, lessons, farmTalk }, problems };
}

/** The files of one kind that hold to their schema; each mistake of the others becomes a problem. */
function checkAll<T>(
  files: readonly CatalogueFile[],
  name: RegExp,
  schema: object,
  problems: CatalogueProblem[],
): Checked<T>[] {
  const validator = new Validator(schema, '2020-12', false);
  const good: Checked<T>[] = [];
  for (const { file, json, error } of files) {
    if (!name.test(file)) continue;
    if (error !== undefined) {
      problems.push({ file, field: '', message: error });
      continue;
    }
    const { valid, errors } = validator.validate(json ?? null);
    if (valid) {
      good.push({ file, value: { ...(json as T) } });
      continue;
    }
    // Outer keywords repeat what the innermost say: keep the deepest message per field.
    const deepest = errors.filter(({ keyword }) => !['properties', 'items', 'anyOf'].includes(keyword));
    for (const { instanceLocation, error: message } of deepest.length > 0 ? deepest : errors)
      problems.push({ file, field: instanceLocation.slice(1), message });
  }
  return good;
}

/** By id; of two files with one id the first counts and the second is a problem. */
function uniqueById<T extends { id: string }>(
  checked: readonly Checked<T>[],
  problems: CatalogueProblem[],
): Map<string, T> {
  const byId = new Map<string, T>();
  for (const { file, value } of checked) {
    if (byId.has(value.id)) problems.push({ file, field: '/id', message: `id "${value.id}" is used twice` });
    else byId.set(value.id, value);
  }
  return byId;
}
