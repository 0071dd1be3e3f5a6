import 'fake-indexeddb/auto';
import type { Lesson } from '../../../src/domain/catalogue/types.ts';
import { defaultPolicy } from '../../../src/service/catalogue/default-policy.ts';
import { createStudy, type Recorder, type Study } from '../../../src/tv/study/study.ts';
import { fakeBox, fakeDisk, type FakeBox, type FakeDisk } from '../../fakes/fake-box.ts';
import { homePage } from '../service-kit.ts';
import type { World } from './world.ts';

/** The line between a TV and the service. */
export type Line = 'up' | 'down' | 'answers-lost' | 'twice' | 'busy';

const lesson = (id: string, length: number, kind: Lesson['kind'] = 'farming'): Lesson => ({
  id,
  title: id,
  length,
  media: { hls: 'x.m3u8' },
  kind,
});
export const lessons = {
  short: lesson('short', 20),
  long: lesson('long', 600),
  duty: lesson('duty', 600, 'duty'),
  talk: lesson('talk', 3600),
  evening: lesson('evening', 3600),
};

/** The product's own TV at a real service, with time in the test's hands. */
export class Tv {
  line: Line = 'up';
  /** What it really played, seconds. */
  truth = 0;
  readonly disk: FakeDisk = fakeDisk();
  readonly #world: World;
  #box: FakeBox | undefined;
  #study: Study | undefined;
  #recorder: Recorder | undefined;
  #position = 0;
  #asked = 0;
  #starts = 0;
  superseded = 0;

  constructor(world: World) {
    this.#world = world;
  }

  get study(): Study {
    return this.#study!;
  }

  get person(): string {
    return this.study.identity().person;
  }

  get box(): FakeBox {
    return this.#box!;
  }

  /** @param boxClock what the box believes the time to be, milliseconds since 1970; right if left out. */
  async on(boxClock = this.#world.now()): Promise<this> {
    const start = ++this.#starts;
    this.#box = fakeBox((input, init) => this.#fetch(start, input as string, init), this.disk, boxClock);
    this.#recorder = undefined;
    this.#study = await createStudy({
      box: this.#box,
      service: '',
      policy: () => defaultPolicy,
      platform: 'field-classroom-tv/0.1.0',
    });
    return this;
  }

  /** The plug is pulled; seconds without it pass. */
  off(seconds = 60): void {
    this.#starts += 1;
    this.#recorder = undefined;
    this.#world.pass(seconds);
  }

  /** Seconds pass while it is on. */
  async pass(seconds: number): Promise<void> {
    this.#world.pass(seconds);
    this.box.pass(seconds);
    await this.#settled();
  }

  async begin(what: Lesson, from = 0): Promise<void> {
    this.#recorder = this.study.begin({
      lesson: what,
      county: { id: 'c', name: '县', homePage },
      onSuperseded: () => (this.superseded += 1),
    });
    await this.play(0, from);
  }

  /** Plays on from where it is, or from `at`. */
  async play(seconds: number, at = this.#position, rate = 1): Promise<void> {
    const { box } = this;
    this.#position = at;
    this.#recorder!.event({ type: 'started', at: box.mono(), position: at, rate });
    for (let done = 0; done < seconds; done += 1) {
      this.#world.pass(1);
      box.pass(1);
      this.#position = at + (done + 1) * rate;
      this.#recorder!.event({ type: 'moved', at: box.mono(), position: this.#position });
      if (done % 30 === 29) await this.#settled();
    }
    this.truth += seconds * rate;
    await this.#settled();
  }

  /** All of them play on at the same time. */
  static async together(world: World, tvs: readonly Tv[], seconds: number): Promise<void> {
    for (const tv of tvs)
      tv.#recorder!.event({ type: 'started', at: tv.box.mono(), position: tv.#position, rate: 1 });
    for (let done = 0; done < seconds; done += 1) {
      world.pass(1);
      for (const tv of tvs) {
        tv.box.pass(1);
        tv.#position += 1;
        tv.#recorder!.event({ type: 'moved', at: tv.box.mono(), position: tv.#position });
      }
      if (done % 30 === 29) for (const tv of tvs) await tv.#settled();
    }
    for (const tv of tvs) await tv.#settled();
  }

  async pause(seconds = 0): Promise<void> {
    this.#recorder!.event({ type: 'stopped', at: this.box.mono(), position: this.#position, why: 'pause' });
    await this.pass(seconds);
  }

  async leave(): Promise<void> {
    await this.pause();
    await this.#recorder!.finish();
    this.#recorder = undefined;
    await this.#settled();
  }

  /** A whole viewing, left at its end. */
  async watch(what: Lesson, from = 0, to = what.length, rate = 1): Promise<void> {
    await this.begin(what, from);
    await this.play((to - from) / rate, from, rate);
    await this.leave();
  }

  /** Lets it send until nothing waits. */
  async upload(): Promise<void> {
    for (let tries = 0; tries < 60; tries += 1) {
      await this.pass(60);
      if (this.study.waiting().count === 0) return;
    }
    throw new Error(`still waiting: ${JSON.stringify(this.study.waiting())}`);
  }

  async #fetch(start: number, path: string, init: RequestInit | undefined): Promise<Response> {
    this.#asked += 1;
    try {
      if (start !== this.#starts || this.line === 'down') throw new TypeError('Failed to fetch');
      const date = new Date(this.#world.now()).toUTCString();
      if (this.line === 'busy')
        return new Response('{}', { status: 503, headers: { date, 'retry-after': '30' } });
      if (this.line === 'twice') await fetch(this.#world.url + path, init);
      const response = await fetch(this.#world.url + path, init);
      const text = await response.text();
      if (this.line === 'answers-lost') {
        this.line = 'up';
        throw new TypeError('Failed to fetch');
      }
      return new Response(response.status === 204 ? null : text, {
        status: response.status,
        // The service's clock is the test's; Node's own is not.
        headers: { date },
      });
    } finally {
      this.#asked -= 1;
    }
  }

  /** Nothing is on its way, and the disk has had its turn. */
  async #settled(): Promise<void> {
    for (let quiet = 0; quiet < 20; quiet += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#asked > 0) {
        quiet = 0;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
  }
}
