import type { Lightning } from '@lightningjs/sdk';
import { Page } from '../../../app/Page.ts';
import type { Route } from '../../../app/routes.ts';
import type { PlaceView } from '../../../identity/binding.ts';
import { t } from '../../../locales/i18n.ts';
import type { Study } from '../../../study/study.ts';
import { SayStep } from './SayStep.ts';

export type Room = Extract<PlaceView, { state: 'room' }>;

/** One screen of a page that goes step by step. */
export interface Step extends Lightning.Component {
  readonly heading: string;
  onDigit?(digit: number): void;
}

/** Puts a step on the screen and says what it is. */
export type ShowStep = <Spec>(type: new (...args: never[]) => Step & { spec: Spec }, spec: Spec) => void;

/** A page of an activity room that shows one step at a time; a TV elsewhere is told what to do. */
export abstract class StepPage<R extends Route> extends Page<R> {
  #unsubscribe: (() => void) | undefined;

  static override _template(): object {
    return { Step: undefined };
  }

  protected abstract begin(study: Study, room: Room): void;

  /** Something about study has changed. */
  protected abstract changed(): void;

  protected override build(): void {
    this.#explain(t('study.loading'));
    this.services.study().then(
      (study) => {
        if (!this.attached) return;
        const place = study.binding.state().kept.view;
        if (place?.state !== 'room') return this.#explain(t('afterwards.noRoom'));
        this.begin(study, place);
        this.#unsubscribe = study.onChange(() => this.changed());
      },
      () => this.#explain(t('error.page')),
    );
  }

  override _detach(): void {
    this.#unsubscribe?.();
  }

  protected get step(): Step | undefined {
    return this.getByRef('Step' as never) as Step | undefined;
  }

  protected readonly show: ShowStep = (type, spec) => {
    this.patch({ Step: undefined });
    this.patch({ Step: { type, spec } });
    this._refocus();
    if (this.step) this.navigator.say(this.step.heading);
  };

  #explain(words: string): void {
    const back = { id: 'back', words: t('action.back'), onEnter: () => this.navigator.back() };
    this.show(SayStep, { title: this.heading, lines: [words], buttons: [back] });
  }

  override onDigit(digit: number): void {
    this.step?.onDigit?.(digit);
  }

  override _getFocused(): Lightning.Component {
    return this.step ?? this;
  }
}
