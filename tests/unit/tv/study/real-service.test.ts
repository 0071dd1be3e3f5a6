import 'fake-indexeddb/auto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Lesson } from '../../../../src/domain/catalogue/types.ts';
import type { Statement } from '../../../../src/domain/statements/statement.ts';
import { startService, type Service } from '../../../../src/service/service.ts';
import { createStudy } from '../../../../src/tv/study/study.ts';
import { fakeBox, fakeDisk } from '../../../fakes/fake-box.ts';
import { book } from '../../domain/credit/samples.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** The TV's study against the service it is made for: what one seals the other must take. */
describe('study and the real service', () => {
  let folder: string;
  let service: Service;
  const requests: { path: string; status: number }[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'study-'));
    service = await startService({
      port: 0,
      host: '127.0.0.1',
      data: folder,
      manifests: 'media-manifests',
      integration: { user: 'county', password: 'secret' },
    });
  });
  afterAll(async () => {
    await service.close();
    await rm(folder, { recursive: true });
  });

  it('agree about a viewing of 20 s, its statements, and what it is worth', async () => {
    const box = fakeBox(async (input, init) => {
      const response = await fetch(input, init);
      requests.push({ path: (input as string).slice(service.url.length), status: response.status });
      return response;
    }, fakeDisk());
    const lesson: Lesson = {
      id: 'remote-basics',
      title: { 'zh-CN': '遥控器', en: 'Remote' },
      length: 20,
      media: { hls: 'x.m3u8' },
      kind: 'farming',
    };
    const study = await createStudy({
      box,
      service: service.url,
      policy: () => book,
      platform: 'field-classroom-tv/0.1.0',
    });
    const recorder = study.begin({
      lesson,
      county: { id: 'c', name: '县' },
      playlist: { id: 'p', title: '课' },
    });
    recorder.event({ type: 'started', at: 0, position: 0, rate: 1 });
    for (let second = 1; second <= 45; second++) {
      box.pass(1);
      recorder.event({ type: 'moved', at: second, position: second % 20 });
    }
    await recorder.finish();
    await vi.waitFor(
      () => {
        expect(study.waiting()).toEqual({ count: 0, saved: true, quarantined: 0 });
      },
      { timeout: 10_000 },
    );

    expect(requests.filter(({ status }) => status >= 400)).toEqual([]);
    expect(requests.map(({ path }) => path)).toContain('/api/v1/checkpoints');
    const answer = await fetch(`${service.url}/xapi/statements?ascending=true`, {
      headers: {
        'X-Experience-API-Version': '1.0.3',
        Authorization: `Basic ${Buffer.from('county:secret').toString('base64')}`,
      },
    });
    const { statements } = (await answer.json()) as { statements: Statement[] };
    expect(statements.map(({ verb }) => verb.id.split('/').pop())).toEqual([
      'initialized',
      'completed',
      'paused',
      'terminated',
    ]);

    const year = new Date().getUTCFullYear();
    const before = study.yearSoFar(year);
    const view = await study.year(year);
    expect(view).toMatchObject({ fresh: true, provisional: [] });
    expect(view.study.entries).toHaveLength(1);
    expect(view.study.entries[0]?.creditedSeconds).toBeGreaterThanOrEqual(18);
    expect(Math.abs(view.study.total.seconds - before.study.total.seconds)).toBeLessThanOrEqual(2);
    expect(before.study.entries).toHaveLength(1);
  });
});
