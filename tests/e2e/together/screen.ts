import type { Key, Tv } from '../harness/tv.ts';
import { until } from '../harness/wait.ts';

/** Screens of an evening, by what is said when one comes; what is said at once is said in one, with stops between. */
const screens = {
  setup: /(^|。)开始点名/,
  roll: /(^|。)点名：看到名字/,
  cue: /(^|。)下一课：/,
  'found-again': /(^|。)刚才断过电/,
  discussion: /(^|。)大家说一说/,
  after: /(^|。)课都看完了/,
  closing: /(^|。)学完了/,
} as const;
export type Screen = keyof typeof screens;

/** A machine with work for four does nothing fast. */
const PATIENCE = 60;

/** What a host hears of a room's TV, and presses; no host acts before the TV has answered. */
export class RoomScreen {
  readonly #tv: Tv;
  #heardTo = 0;

  constructor(tv: Tv) {
    this.#tv = tv;
  }

  get tv(): Tv {
    return this.#tv;
  }

  /** The page is a new one: what the old one said is gone. */
  isNew(): void {
    this.#heardTo = 0;
  }

  /** Waits for one of the screens. @param others what else may be waited for meanwhile */
  async next<Other extends string = never>(
    others: Partial<Record<Other, (said: readonly string[]) => unknown>> = {},
  ): Promise<Screen | Other> {
    let all: string[] = [];
    return until(
      () => `a screen; heard ${JSON.stringify(all.slice(-8))}`,
      async () => {
        all = await this.#tv.said();
        const [at, screen] = this.#lastScreen(all);
        if (screen) {
          this.#heardTo = at + 1;
          return screen;
        }
        for (const other of Object.keys(others) as Other[])
          if (await others[other]?.(all.slice(this.#heardTo))) return other;
        return undefined;
      },
      PATIENCE,
    );
  }

  #lastScreen(all: readonly string[]): [at: number, screen: Screen | undefined] {
    for (let at = all.length - 1; at >= this.#heardTo; at -= 1)
      for (const screen of Object.keys(screens) as Screen[])
        if (screens[screen].test(all[at]!)) return [at, screen];
    return [-1, undefined];
  }

  /** Presses keys and waits until the TV says something that fits. @returns what it said */
  async press(words: RegExp, ...keys: Key[]): Promise<string> {
    const since = (await this.#tv.said()).length;
    await this.#tv.press(...keys);
    return this.heard(words, since);
  }

  async heard(words: RegExp, since: number): Promise<string> {
    let all: string[] = [];
    return until(
      () => `${words}; heard ${JSON.stringify(all.slice(-8))}`,
      async () => (all = await this.#tv.said()).slice(since).find((said) => words.test(said)),
      PATIENCE,
    );
  }

  /** What has been said until now is no news. */
  async catchUp(): Promise<void> {
    this.#heardTo = (await this.#tv.said()).length;
  }

  /** Presses a key that moves the focus, and waits until the TV has drawn and said what comes of it. @returns what */
  async move(key: Key): Promise<string> {
    await this.#tv.press(key);
    await this.#tv.page.evaluate(
      () =>
        new Promise<void>((done) => {
          const frames = (left: number): void =>
            void requestAnimationFrame(() => (left > 0 ? frames(left - 1) : setTimeout(done, 60)));
          frames(3);
        }),
    );
    return this.#tv.saying();
  }

  /**
   * Moves along a row of buttons to one of them, from wherever the focus is on it, and presses it.
   * @param answer waited for, if there is one
   */
  async button(name: string, answer?: RegExp): Promise<void> {
    const wanted = new RegExp(`(^|。)${name}`);
    // What was said last may not be the button with the focus: only a move tells.
    for (const key of ['Left', 'Right', 'Left'] as const)
      for (let i = 0; i < 5 && !wanted.test(await this.#tv.saying()); i++) await this.move(key);
    if (!wanted.test(await this.#tv.saying()))
      throw new Error(`No button ${name}; now: ${await this.#tv.saying()}`);
    if (answer) await this.press(answer, 'Enter');
    else await this.#tv.press('Enter');
  }
}
