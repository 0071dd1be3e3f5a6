import { describe, expect, it } from 'vitest';
import { loadCatalogue, type CatalogueDeps } from '../../../../src/tv/catalogue/load-catalogue.ts';

/** The catalogue file of a county with this name. */
function catalogueText(name: string, more: unknown[] = []): string {
  const files = [
    { file: 'county.json', json: { id: 'qinghe', name } },
    { file: 'lessons/a.json', json: { id: 'a', title: '课', length: 60, media: { hls: 'a.m3u8' } } },
    ...more,
  ];
  return JSON.stringify({ files });
}

/** A network and a place for the copy, both as the test wants them. */
function deps(options: {
  network: Promise<string>;
  copy?: string;
  /** The viewer's patience is at its end. */
  patience?: Promise<void>;
}): CatalogueDeps & { kept: () => string | undefined } {
  let kept = options.copy;
  return {
    fetchText: () => options.network,
    store: { read: () => kept, write: (text) => (kept = text) },
    patience: () => options.patience ?? new Promise(() => undefined),
    kept: () => kept,
  };
}
const dead = () => Promise.reject(new Error('HTTP 502'));
const answer = (text: string) => Promise.resolve(text);
const impatient = Promise.resolve();

describe('with a good network', () => {
  it('brings what the network says and keeps it', async () => {
    const text = catalogueText('新');
    const given = deps({ network: answer(text) });
    const loaded = await loadCatalogue(given);
    expect(loaded.catalogue.county.name).toBe('新');
    expect(loaded.old).toBe(false);
    expect(await loaded.newer).toBeUndefined();
    expect(given.kept()).toBe(text);
  });

  it('prefers it to the copy', async () => {
    const given = deps({ network: answer(catalogueText('新')), copy: catalogueText('旧') });
    const loaded = await loadCatalogue(given);
    expect(loaded.catalogue.county.name).toBe('新');
    expect(loaded.old).toBe(false);
    expect(given.kept()).toBe(catalogueText('新'));
  });

  it('keeps a copy only of what is new: a box writes slowly', async () => {
    const written: string[] = [];
    const start = async (name: string): Promise<void> => {
      const given = deps({ network: answer(catalogueText(name)), copy: catalogueText('旧') });
      const write = (text: string): void => void written.push(text);
      await loadCatalogue({ ...given, store: { ...given.store, write } });
    };
    await start('旧');
    expect(written).toEqual([]);
    await start('新');
    expect(written).toEqual([catalogueText('新')]);
  });

  it('reports the content’s mistakes and leaves out what is broken', async () => {
    const broken = [{ file: 'lessons/b.json', error: 'not JSON' }, null, 3, 'x', [], { file: 5 }, {}];
    const { catalogue, problems } = await loadCatalogue(
      deps({ network: answer(catalogueText('新', broken)) }),
    );
    expect([...catalogue.lessons.keys()]).toEqual(['a']);
    expect(problems.map(({ file }) => file)).toEqual(['lessons/b.json']);
  });

  it('works where nothing can be kept', async () => {
    const forbidden = (): never => {
      throw new DOMException('no storage', 'QuotaExceededError');
    };
    const given = {
      ...deps({ network: answer(catalogueText('新')) }),
      store: { read: forbidden, write: forbidden },
    };
    const loaded = await loadCatalogue(given);
    expect(loaded.catalogue.county.name).toBe('新');
    expect(loaded.old).toBe(false);
  });
});

describe('with a dead network', () => {
  it('takes the copy and says that it is old', async () => {
    const given = deps({ network: dead(), copy: catalogueText('旧') });
    const loaded = await loadCatalogue(given);
    expect(loaded.catalogue.county.name).toBe('旧');
    expect(loaded.old).toBe(true);
    expect(await loaded.newer).toBeUndefined();
    expect(given.kept()).toBe(catalogueText('旧'));
  });

  it('and no copy: fails with the reason', async () => {
    await expect(loadCatalogue(deps({ network: dead() }))).rejects.toThrow('HTTP 502');
  });

  it('and a copy cut short: fails with the network’s reason', async () => {
    const given = deps({ network: dead(), copy: catalogueText('旧').slice(0, 40) });
    await expect(loadCatalogue(given)).rejects.toThrow('HTTP 502');
  });
});

describe('with a slow network', () => {
  it('shows the copy first and hands over what comes later', async () => {
    let arrive = (_: string): void => undefined;
    const network = new Promise<string>((resolve) => (arrive = resolve));
    const given = deps({ network, copy: catalogueText('旧'), patience: impatient });
    const loaded = await loadCatalogue(given);
    expect(loaded.catalogue.county.name).toBe('旧');
    expect(loaded.old).toBe(true);
    arrive(catalogueText('新'));
    const newer = await loaded.newer;
    expect(newer!.catalogue.county.name).toBe('新');
    expect(newer!.old).toBe(false);
    expect(given.kept()).toBe(catalogueText('新'));
  });

  it('that fails in the end leaves the copy', async () => {
    let fail = (_: Error): void => undefined;
    const network = new Promise<string>((_, reject) => (fail = reject));
    const loaded = await loadCatalogue(deps({ network, copy: catalogueText('旧'), patience: impatient }));
    fail(new Error('timeout'));
    expect(await loaded.newer).toBeUndefined();
  });

  it('is waited for without end when there is no copy', async () => {
    let arrive = (_: string): void => undefined;
    const network = new Promise<string>((resolve) => (arrive = resolve));
    const loading = loadCatalogue(deps({ network, patience: impatient }));
    arrive(catalogueText('新'));
    expect((await loading).catalogue.county.name).toBe('新');
  });
});

describe.each([
  ['a log-in page', '<!doctype html><title>请登录</title>'],
  ['nothing', ''],
  ['half a file', catalogueText('新').slice(0, -20)],
  ['null', 'null'],
  ['another JSON', '{"files":{}}'],
  ['a list', '[1,2]'],
  ['a catalogue without a county', '{"files":[{"file":"lessons/a.json","json":{}}]}'],
])('an answer that is %s', (_, text) => {
  it('is no catalogue: the copy stands and stays kept', async () => {
    const given = deps({ network: answer(text), copy: catalogueText('旧') });
    const loaded = await loadCatalogue(given);
    expect(loaded.catalogue.county.name).toBe('旧');
    expect(loaded.old).toBe(true);
    expect(given.kept()).toBe(catalogueText('旧'));
  });

  it('is an error when there is no copy', async () => {
    const given = deps({ network: answer(text) });
    await expect(loadCatalogue(given)).rejects.toThrow(/./);
    expect(given.kept()).toBeUndefined();
  });

  it('as a copy is no copy', async () => {
    const given = deps({ network: answer(catalogueText('新')), copy: text, patience: impatient });
    const loaded = await loadCatalogue(given);
    expect(loaded.catalogue.county.name).toBe('新');
    expect(loaded.old).toBe(false);
  });
});
