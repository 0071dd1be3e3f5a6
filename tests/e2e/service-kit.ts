import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { v4 } from 'uuid';
import type { LedgerEntry, StudyYear } from '../../src/domain/credit/study-year.ts';
import { buildStatement } from '../../src/domain/statements/build-statement.ts';
import type { VerbName } from '../../src/domain/statements/iris.ts';
import type { Statement } from '../../src/domain/statements/statement.ts';
import { formatPlayedSegments } from '../../src/domain/watching/played-segments.ts';

export const homePage = 'https://county.example';
export const integration = { user: 'county', password: 'a:secret' };
export const basic = `Basic ${Buffer.from('county:a:secret').toString('base64')}`;

/** A folder that is gone after the test. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'field-classroom-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** A small county: a 20 s lesson, one of ten minutes, one that is a duty. */
export function writeContent(folder: string): void {
  const lesson = (id: string, length: number, more = {}) =>
    writeJson(folder, `lessons/${id}.json`, {
      id,
      title: { 'zh-CN': '田间课堂' },
      length,
      media: { hls: `media/${id}/master.m3u8` },
      ...more,
    });
  writeJson(folder, 'county.json', { id: 'county', name: '样例县', homePage });
  lesson('short', 20);
  lesson('long', 600);
  lesson('duty', 600, { kind: 'duty' });
}

export function writeJson(folder: string, file: string, value: unknown): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
}

export interface Answer<Body = unknown> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface ProblemBody {
  status: number;
  code: string;
  detail: string;
  errors?: { path: string; message: string }[];
}

/** What the outside world sees of a running service. */
export class Client {
  readonly url: string;
  readonly authorization: string;

  constructor(url: string, authorization: string = basic) {
    this.url = url;
    this.authorization = authorization;
  }

  async call<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: this.authorization,
        'x-experience-api-version': '1.0.3',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as Body,
    };
  }

  post<Body = ProblemBody>(path: string, body: unknown): Promise<Answer<Body>> {
    return this.call('POST', path, body);
  }

  get<Body = ProblemBody>(path: string): Promise<Answer<Body>> {
    return this.call('GET', path);
  }

  statements(statements: readonly Statement[] | Statement): Promise<Answer<string[] & ProblemBody>> {
    return this.post('/xapi/statements', statements);
  }

  async checkpoints(checkpoints: readonly object[]) {
    return this.post<
      ProblemBody & { results: { sessionId: string; seq: number; status: string; code?: string }[] }
    >('/api/v1/checkpoints', { checkpoints });
  }

  async list(query = ''): Promise<Statement[]> {
    return (await this.get<{ statements: Statement[] }>(`/xapi/statements${query}`)).body.statements;
  }

  async ledger(query = ''): Promise<LedgerEntry[]> {
    return (await this.get<{ entries: LedgerEntry[] }>(`/api/v1/ledger${query}`)).body.entries;
  }

  async study(person: string, year?: number): Promise<StudyYear> {
    const query = year === undefined ? '' : `?year=${year}`;
    return (await this.get<StudyYear>(`/api/v1/people/${person}/study${query}`)).body;
  }
}

/** Sends, and again while the service says that it has too much to do, as boxes do: tests share two cores. */
export async function patiently<Said extends { status: number }>(send: () => Promise<Said>): Promise<Said> {
  for (;;) {
    const answer = await send();
    if (answer.status !== 503) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** A registered box with its default viewer. */
export async function newBox(url: string): Promise<Client & { person: string; boxId: string }> {
  const boxId = `b-${v4()}`;
  const boxKey = (v4() + v4()).replaceAll('-', '');
  const person = `v-${v4()}`;
  const client = new Client(url, `Bearer ${boxId}.${boxKey}`);
  const { status } = await patiently(() => client.post('/api/v1/boxes', { boxId, boxKey, person }));
  if (status !== 201) throw new Error(`the box was not registered: ${status}`);
  return Object.assign(client, { person, boxId });
}

export interface ViewingOptions {
  person: string;
  lessonId: string;
  length: number;
  from?: number;
  to: number;
  registration?: string;
  sessionId?: string;
  bootId?: string;
  /** Monotonic seconds at the beginning. */
  mono?: number;
  startedAt?: number;
}

/** What a TV says of an honest straight viewing. */
export function viewing({
  person,
  lessonId,
  length,
  from = 0,
  to,
  registration = v4(),
  sessionId = v4(),
  bootId = 'boot-1',
  mono = 100,
  startedAt = Date.now() - (to - from) * 1000,
}: ViewingOptions) {
  const say = (verb: VerbName, position: number): Statement => {
    const session = {
      sessionId,
      homePage,
      person,
      boxId: 'b-test',
      lessonId,
      lessonName: { 'zh-CN': '田间课堂' },
      length,
      threshold: 0.9,
      platform: 'test/1',
      language: 'zh-CN',
    };
    const sealing = {
      registration,
      timestamp: new Date(startedAt + (position - from) * 1000).toISOString(),
      timeQuality: {
        clock: 'synced' as const,
        offsetMs: 0,
        bootId,
        monotonicMs: (mono + position - from) * 1000,
      },
    };
    if (verb === 'initialized') return buildStatement({ id: sessionId, session, verb }, sealing);
    const played = {
      position,
      progress: position / length,
      segments: formatPlayedSegments([{ start: from, end: position }]),
      playSeconds: position - from,
    };
    return buildStatement({ id: v4(), session, verb, played }, sealing);
  };
  const checkpoints = [];
  for (let position = from + 30, seq = 1; position < to; position += 30, seq += 1)
    checkpoints.push({
      sessionId,
      registration,
      person,
      lessonId,
      seq,
      bootId,
      mono: mono + position - from,
      segments: formatPlayedSegments([{ start: from, end: position }]),
      rate: 1,
    });
  const reached = Math.ceil(length * 0.9);
  return {
    registration,
    sessionId,
    checkpoints,
    initialized: say('initialized', from),
    completed: from <= reached && to >= reached ? [say('completed', reached)] : [],
    closing: [say('paused', to), say('terminated', to)],
    get statements(): Statement[] {
      return [this.initialized, ...this.completed, ...this.closing];
    },
  };
}
