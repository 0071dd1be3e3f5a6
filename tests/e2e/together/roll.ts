import type { Fact } from './model.ts';
import type { RoomScreen } from './screen.ts';

const columns = 3;
/** What is said of the name with the focus comes last. */
const state = /(?:^|。)([^。\s]+) (到了|没到)$/;

/** The names on the screen, walked through with the arrows. */
export class Roll {
  readonly #screen: RoomScreen;
  readonly #people: readonly { id: string; words: string }[];

  /** @param people in the order in which the screen has them, with the words that it has for them */
  constructor(screen: RoomScreen, people: readonly { id: string; words: string }[]) {
    this.#screen = screen;
    this.#people = people;
  }

  id(who: number): string {
    return this.#people[who]!.id;
  }

  /** @returns whether the screen has them as here; the focus is on them then */
  async isHere(who: number): Promise<boolean> {
    const { tv } = this.#screen;
    // What was said last may be of a name that the focus has left: only a move tells where it is.
    let [said, moved] = [await tv.saying(), false];
    for (let tries = 0; tries < 25; tries++) {
      const [, words, here] = state.exec(said) ?? [];
      const at = this.#people.findIndex((one) => one.words === words);
      if (at === who && moved) return here === '到了';
      said = await this.#screen.move(at >= 0 ? this.#way(at, who) : tries % 2 === 0 ? 'Up' : 'Right');
      moved = true;
    }
    throw new Error(`No way to ${this.#people[who]!.words}; now: ${await tv.saying()}`);
  }

  #way(at: number, to: number): 'Up' | 'Down' | 'Left' | 'Right' {
    if (at === to) return at % columns === 0 ? 'Right' : 'Left';
    const rows = Math.floor(to / columns) - Math.floor(at / columns);
    if (rows !== 0) return rows > 0 ? 'Down' : 'Up';
    return to > at ? 'Right' : 'Left';
  }

  /**
   * Presses OK on a name until the screen has it as wanted: a phone may have been faster.
   * @returns what the screen said, in order
   */
  async set(who: number, here: boolean, called: boolean): Promise<Fact[]> {
    const { words } = this.#people[who]!;
    const facts: Fact[] = [];
    for (let tries = 0; tries < 3 && (await this.isHere(who)) !== here; tries++) {
      const answer = new RegExp(`(?:^|。)${words} (到了|没到)`);
      const now = answer.exec(await this.#screen.press(answer, 'Enter'))![1] === '到了';
      facts.push({ fact: now ? 'here' : 'not-here', person: this.id(who), called });
      if (now === here) break;
    }
    return facts;
  }

  /** To the row of buttons under the names, from wherever the focus is. */
  async toButtons(): Promise<void> {
    const buttons = /(^|。)(开始学习|全部到了|群众人数|撤销)/;
    for (let rows = 0; rows <= Math.ceil(this.#people.length / columns); rows++)
      if (buttons.test(await this.#screen.move('Down'))) return;
  }
}
