import * as checks from './compiled-checks.js';
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
  const county = checkAll<County>(files, /^county\.json$/, checks.county, problems)[0]?.value;
  const lessonFiles = checkAll<Lesson>(files, /^lessons\/[^/]+\.json$/, checks.lesson, problems);
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
    checkAll<Playlist>(files, /^playlists\/[^/]+\.json$/, checks.playlist, problems),
  );
  const farmTalk = withLessons(
    checkAll<FarmTalkIssue>(files, /^farm-talk\/[^/]+\.json$/, checks.farmTalkIssue, problems),
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
  check: checks.Check,
  problems: CatalogueProblem[],
): Checked<T>[] {
  const good: Checked<T>[] = [];
  for (const { file, json, error } of files) {
    if (!name.test(file)) continue;
    if (error !== undefined) {
      problems.push({ file, field: '', message: error });
      continue;
    }
    if (check(json ?? null)) good.push({ file, value: { ...(json as T) } });
    else {
      // That none of several forms fits says less than what is wrong with each.
      const telling = (check.errors ?? []).filter(({ keyword }) => keyword !== 'anyOf');
      problems.push(...telling.map((error) => ({ file, ...placed(error) })));
    }
  }
  return good;
}

/** Where a mistake is and what it is; a word that nobody knows is named itself, not what it stands in. */
function placed({ instancePath, message, params }: checks.CheckError): Omit<CatalogueProblem, 'file'> {
  const unknown = params.additionalProperty;
  const field = unknown === undefined ? instancePath : `${instancePath}/${unknown}`;
  return { field, message: message ?? 'not allowed' };
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
