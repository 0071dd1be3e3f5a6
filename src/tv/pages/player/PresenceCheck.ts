import { askAfter, type PresenceRule } from '../../../domain/watching/presence.ts';

export interface PresenceHooks {
  /** True while the lesson plays: nobody is asked during a pause. */
  playing: () => boolean;
  ask: () => void;
  /** A key came after the question. */
  answered: () => void;
  /** Nobody answered in time. */
  missed: () => void;
}

/** Asks a lone viewer of duty content, now and then, whether somebody is there: any key answers. */
export class PresenceCheck {
  readonly #rule: PresenceRule;
  readonly #hooks: PresenceHooks;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = false;

  constructor(rule: PresenceRule, hooks: PresenceHooks) {
    this.#rule = rule;
    this.#hooks = hooks;
    this.#wait();
  }

  /** @returns true when the key answered the question and is to do nothing else */
  key(): boolean {
    const answers = this.#asking;
    this.#asking = false;
    this.#wait();
    if (answers) this.#hooks.answered();
    return answers;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), askAfter(this.#rule, Math.random()) * 1000);
  }

  #ask(): void {
    if (!this.#hooks.playing()) return this.#wait();
    this.#asking = true;
    this.#hooks.ask();
    this.#timer = setTimeout(() => {
      this.#asking = false;
      this.#hooks.missed();
      this.#wait();
    }, this.#rule.answerSeconds * 1000);
  }
}
