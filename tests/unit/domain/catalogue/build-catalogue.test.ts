import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCatalogue } from '../../../../src/domain/catalogue/build-catalogue.ts';
import type { CatalogueFile } from '../../../../src/domain/catalogue/types.ts';

const county = { id: 'qinghe', name: { 'zh-CN': '青禾县' } };
const lesson = (id: string, more: object = {}) => ({
  file: `lessons/${id}.json`,
  json: { id, title: `第 ${id} 课`, length: 600, media: { hls: `media/${id}/master.m3u8` }, ...more },
});
const playlist = (id: string, lessons: unknown, more: object = {}) => ({
  file: `playlists/${id}.json`,
  json: { id, title: id, lessons, ...more },
});
const issue = (month: string, number: number, lessons: string[]) => ({
  file: `farm-talk/${month}.json`,
  json: { id: `talk-${month}`, month, issue: number, title: '每月农话', lessons },
});

/** A county without a mistake. */
const good: CatalogueFile[] = [
  { file: 'county.json', json: county },
  lesson('wheat'),
  lesson('sheep', { kind: 'duty' }),
  playlist('winter', ['wheat', 'sheep']),
  issue('2026-10', 34, ['sheep']),
  issue('2026-11', 35, ['wheat']),
];
const without = (name: string): CatalogueFile[] => good.filter(({ file }) => file !== name);
const instead = (file: string, json: unknown): CatalogueFile[] => [...without(file), { file, json }];

describe('a good county', () => {
  const { catalogue, problems } = buildCatalogue(good);

  it('has no problem and everything in it', () => {
    expect(problems).toEqual([]);
    expect([...catalogue!.lessons.keys()]).toEqual(['wheat', 'sheep']);
    expect(catalogue!.playlists.map(({ id, lessons }) => [id, lessons])).toEqual([
      ['winter', ['wheat', 'sheep']],
    ]);
  });

  it('fills in that a lesson is about farming unless it says otherwise', () => {
    expect(catalogue!.lessons.get('wheat')!.kind).toBe('farming');
    expect(catalogue!.lessons.get('sheep')!.kind).toBe('duty');
  });

  it('puts the newest farm talk first', () => {
    expect(catalogue!.farmTalk.map(({ month }) => month)).toEqual(['2026-11', '2026-10']);
  });

  it('does not touch the files it was given', () => {
    const before = JSON.stringify(good);
    buildCatalogue(good);
    expect(JSON.stringify(good)).toBe(before);
  });

  it('leaves files of other kinds alone', () => {
    const others = [
      { file: 'policy.json', json: { anything: 1 } },
      { file: 'lessons/deep/er.json', json: 3 },
      { file: 'schemas/lesson.schema.json', json: {} },
    ];
    expect(buildCatalogue([...good, ...others])).toEqual(buildCatalogue(good));
  });
});

describe('the order of playlists', () => {
  const lists = ['b', 'a', 'd', 'c'].map((id) => playlist(id, ['wheat']));
  const orderFor = (playlists?: string[]) =>
    buildCatalogue([
      { file: 'county.json', json: { ...county, ...(playlists && { playlists }) } },
      lesson('wheat'),
      ...lists,
    ]).catalogue!.playlists.map(({ id }) => id);

  it('is the county’s; what it does not name follows by id', () => {
    expect(orderFor(['c', 'gone', 'b'])).toEqual(['c', 'b', 'a', 'd']);
  });

  it('is by id when the county says nothing', () => {
    expect(orderFor()).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('a mistake in one file', () => {
  const base = { id: 'bad', title: '课', length: 60, media: { hls: 'media/bad/master.m3u8' } };
  it.each<[what: string, json: unknown, field: string]>([
    ['no id', { ...base, id: undefined }, ''],
    ['an id with capitals', { ...base, id: 'Bad' }, '/id'],
    ['an id that is a path', { ...base, id: '../bad' }, '/id'],
    ['an empty title', { ...base, title: '' }, '/title'],
    ['a title in no language', { ...base, title: {} }, '/title'],
    ['a title that is a number', { ...base, title: 7 }, '/title'],
    ['a length of nothing', { ...base, length: 0 }, '/length'],
    ['a length in words', { ...base, length: '20' }, '/length'],
    ['a length of eleven hours', { ...base, length: 39600 }, '/length'],
    ['no media', { ...base, media: {} }, '/media'],
    ['media outside the folder', { ...base, media: { hls: '../secret.m3u8' } }, '/media/hls'],
    ['media from the root', { ...base, media: { hls: '/etc/passwd' } }, '/media/hls'],
    ['media by another protocol', { ...base, media: { hls: 'file://x' } }, '/media/hls'],
    ['a poster that is a script', { ...base, poster: 'javascript://x' }, '/poster'],
    ['an unknown kind', { ...base, kind: 'fun' }, '/kind'],
    ['a word nobody knows', { ...base, lenght: 60 }, '/lenght'],
    ['a date that is none', { ...base, reviewed: '2026-13-01' }, '/reviewed'],
    [
      'a chapter before the beginning',
      { ...base, chapters: [{ start: -1, title: '一' }] },
      '/chapters/0/start',
    ],
    ['captions without a language', { ...base, captions: [{ src: 'a.vtt' }] }, '/captions/0'],
    ['a threshold above all', { ...base, threshold: 1.5 }, '/threshold'],
    ['null', null, ''],
    ['a list', [base], ''],
    ['a text', 'lesson', ''],
    ['a number', 3, ''],
  ])('a lesson with %s is told by file and field, and the rest goes on', (_, json, field) => {
    const { catalogue, problems } = buildCatalogue([
      ...good,
      // As it comes over the wire: what is undefined is not there.
      { file: 'lessons/bad.json', json: JSON.parse(JSON.stringify(json)) as unknown },
    ]);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.map(({ file }) => file)).toEqual(problems.map(() => 'lessons/bad.json'));
    expect(problems.map((problem) => problem.field)).toContain(field);
    for (const { message } of problems) expect(message.length).toBeGreaterThan(5);
    expect(catalogue!.lessons.has('bad')).toBe(false);
    expect(catalogue).toEqual(buildCatalogue(good).catalogue);
  });

  it.each<[what: string, file: string, json: unknown, field: string]>([
    ['a playlist without lessons', 'playlists/bad.json', { id: 'bad', title: '空', lessons: [] }, '/lessons'],
    [
      'a playlist with a lesson twice',
      'playlists/bad.json',
      { id: 'bad', title: '重', lessons: ['wheat', 'wheat'] },
      '/lessons',
    ],
    [
      'an issue of no month',
      'farm-talk/bad.json',
      { id: 'bad', month: '2026-00', issue: 1, title: '农话', lessons: ['wheat'] },
      '/month',
    ],
    [
      'an issue number of half',
      'farm-talk/bad.json',
      { id: 'bad', month: '2026-01', issue: 1.5, title: '农话', lessons: ['wheat'] },
      '/issue',
    ],
  ])('%s is left out', (_, file, json, field) => {
    const { catalogue, problems } = buildCatalogue([...good, { file, json }]);
    expect(problems).toContainEqual({ file, field, message: expect.any(String) as string });
    expect(catalogue).toEqual(buildCatalogue(good).catalogue);
  });

  it('a file that is no JSON says why, and is not judged further', () => {
    const file = 'lessons/torn.json';
    const { catalogue, problems } = buildCatalogue([...good, { file, error: 'unexpected end of file' }]);
    expect(problems).toEqual([{ file, field: '', message: 'unexpected end of file' }]);
    expect(catalogue!.lessons.size).toBe(2);
  });
});

describe('ids', () => {
  it('used twice: the first counts, the second is told', () => {
    const second = { ...lesson('wheat', { title: '另一课' }), file: 'lessons/wheat-copy.json' };
    const { catalogue, problems } = buildCatalogue([...good, second]);
    expect(problems).toEqual([
      {
        file: 'lessons/wheat-copy.json',
        field: '/id',
        message: expect.stringContaining('"wheat"') as string,
      },
    ]);
    expect(catalogue!.lessons.get('wheat')!.title).toBe('第 wheat 课');
  });

  it('used twice by playlists: one row, not two', () => {
    const second = { ...playlist('winter', ['sheep']), file: 'playlists/winter-2.json' };
    const { catalogue, problems } = buildCatalogue([...good, second]);
    expect(problems.map(({ file, field }) => [file, field])).toEqual([['playlists/winter-2.json', '/id']]);
    expect(catalogue!.playlists).toHaveLength(1);
    expect(catalogue!.playlists[0]!.lessons).toEqual(['wheat', 'sheep']);
  });

  it('of lessons that are not there are left out of the list and told with their place', () => {
    const { catalogue, problems } = buildCatalogue([...good, playlist('p', ['gone', 'wheat', 'away'])]);
    expect(problems.map(({ file, field }) => [file, field])).toEqual([
      ['playlists/p.json', '/lessons/0'],
      ['playlists/p.json', '/lessons/2'],
    ]);
    expect(problems[0]!.message).toContain('"gone"');
    expect(catalogue!.playlists.find(({ id }) => id === 'p')!.lessons).toEqual(['wheat']);
  });

  it('of a broken lesson count as not there', () => {
    const { catalogue, problems } = buildCatalogue(instead('lessons/sheep.json', { id: 'sheep' }));
    expect(problems.map(({ file, field }) => `${file}${field}`)).toEqual(
      expect.arrayContaining(['playlists/winter.json/lessons/1', 'farm-talk/2026-10.json/lessons/0']),
    );
    expect(catalogue!.playlists[0]!.lessons).toEqual(['wheat']);
  });
});

describe('a list that loses all its lessons', () => {
  it('is not shown, be it playlist or farm talk', () => {
    const { catalogue, problems } = buildCatalogue([
      ...good,
      playlist('empty', ['gone']),
      issue('2026-12', 36, ['gone']),
    ]);
    expect(catalogue).toEqual(buildCatalogue(good).catalogue);
    expect(problems).toHaveLength(2);
  });
});

describe('county.json', () => {
  it('missing: no catalogue, and that is said', () => {
    const { catalogue, problems } = buildCatalogue(without('county.json'));
    expect(catalogue).toBeUndefined();
    expect(problems).toEqual([{ file: 'county.json', field: '', message: 'the file is missing' }]);
  });

  it('with a mistake: no catalogue, and the field is said, not that the file is missing', () => {
    const { catalogue, problems } = buildCatalogue(instead('county.json', { id: 'qinghe' }));
    expect(catalogue).toBeUndefined();
    expect(problems.map(({ message }) => message)).not.toContain('the file is missing');
    expect(problems[0]!.file).toBe('county.json');
  });

  it('unreadable: the reason is said once', () => {
    const files = [...without('county.json'), { file: 'county.json', error: 'not JSON' }];
    expect(buildCatalogue(files).problems).toEqual([{ file: 'county.json', field: '', message: 'not JSON' }]);
  });
});

describe('hostile input', () => {
  it('never throws, and harms no good file', () => {
    const clean = buildCatalogue(good).catalogue;
    const kind = fc.constantFrom('lessons/x.json', 'playlists/x.json', 'farm-talk/x.json');
    fc.assert(
      fc.property(kind, fc.jsonValue({ maxDepth: 6 }), (file, json) => {
        const { catalogue, problems } = buildCatalogue([...good, { file, json }]);
        expect(catalogue).toEqual(clean);
        expect(problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });

  it('tells of a file that came without its content', () => {
    const { catalogue, problems } = buildCatalogue([...good, { file: 'lessons/none.json' }]);
    expect(problems).toContainEqual({
      file: 'lessons/none.json',
      field: '',
      message: expect.any(String) as string,
    });
    expect(catalogue).toEqual(buildCatalogue(good).catalogue);
  });

  it('cannot reach a prototype', () => {
    const json = JSON.parse(
      `{"id":"x","title":"课","length":9,"media":{"hls":"a.m3u8"},"__proto__":{"polluted":true}}`,
    ) as unknown;
    const { catalogue } = buildCatalogue([
      ...good,
      { file: 'lessons/x.json', json },
      playlist('q', ['__proto__']),
    ]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect((catalogue!.lessons.get('x') as { polluted?: boolean } | undefined)?.polluted).toBeUndefined();
    expect(catalogue!.playlists.map(({ id }) => id)).toEqual(['winter']);
  });

  it('survives nesting deeper than any real file', () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 5000; depth++) deep = { title: deep };
    const { catalogue, problems } = buildCatalogue([...good, { file: 'lessons/deep.json', json: deep }]);
    expect(catalogue!.lessons.size).toBe(2);
    expect(problems.length).toBeGreaterThan(0);
  });
});
