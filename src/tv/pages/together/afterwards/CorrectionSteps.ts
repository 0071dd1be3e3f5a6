import { t } from '../../../locales/i18n.ts';
import type { ListedPerson } from '../room-view.ts';
import { ChooseStep } from './ChooseStep.ts';
import { correcting, reasons, type Correcting, type CorrectingEvent } from './correcting.ts';
import { SayStep } from './SayStep.ts';
import type { ShowStep } from './StepPage.ts';

export interface CorrectionDeps {
  show: ShowStep;
  toast: (words: string) => void;
  /** Whom it can be about. */
  people: readonly ListedPerson[];
  /** Hands it in; resolves when it is on the disk. */
  send: (change: { reason: string; add: string[]; remove: string[] }) => Promise<void>;
  /** How far it has come, in words. */
  upload: () => string;
  onLeave: () => void;
}

/** The screens on which a record is put right: who, why, whether it is sure, and what has come of it. */
export class CorrectionSteps {
  readonly #deps: CorrectionDeps;
  #state: Correcting;
  #told = '';

  constructor(begin: Pick<Correcting, 'way' | 'chosen'>, deps: CorrectionDeps) {
    this.#deps = deps;
    this.#state = { stage: 'who', ...begin };
    this.#show();
  }

  back(): void {
    this.#tell({ type: 'back' });
  }

  /** Something may have arrived. */
  changed(): void {
    if (this.#state.stage === 'sent' && this.#deps.upload() !== this.#told) this.#show();
  }

  #tell(event: CorrectingEvent): void {
    const before = this.#state.stage;
    const next = correcting(this.#state, event);
    if (!next) return this.#deps.onLeave();
    this.#state = next;
    if (next.stage !== before) this.#show();
  }

  #show(): void {
    switch (this.#state.stage) {
      case 'who':
        return this.#who();
      case 'why':
        return this.#why();
      case 'sure':
        return this.#sure();
      case 'sent':
        return this.#sent();
    }
  }

  #who(): void {
    const { show, toast, people } = this.#deps;
    show(ChooseStep, {
      title: t(`afterwards.who.${this.#state.way}`),
      how: () => t('afterwards.chosen', { count: this.#state.chosen.length }),
      choices: people,
      columns: 4,
      at: this.#state.chosen[0],
      isTicked: (id) => this.#state.chosen.includes(id),
      onPick: (person) => this.#tell({ type: 'ticked', person }),
      buttons: [
        {
          id: 'next',
          words: t('afterwards.next'),
          onEnter: () =>
            this.#state.chosen.length > 0
              ? this.#tell({ type: 'chosen' })
              : toast(t('afterwards.nothingChosen')),
        },
      ],
    });
  }

  #why(): void {
    const { way } = this.#state;
    const choices = reasons[way].map((id) => ({ id, words: t(`afterwards.reason.${id}`) }));
    this.#deps.show(ChooseStep, {
      title: t('afterwards.why'),
      how: () => this.#names(),
      choices,
      columns: 1,
      onPick: (id) => {
        const reason = reasons[way].find((one) => one === id);
        if (reason) this.#tell({ type: 'reason', reason });
      },
      buttons: [],
    });
  }

  #sure(): void {
    const { way, chosen } = this.#state;
    this.#deps.show(SayStep, {
      title: t(`afterwards.sure.${way}`, { count: chosen.length }),
      lines: [this.#names(), this.#reason(), t('afterwards.staysVisible')],
      buttons: [
        { id: 'yes', words: t('afterwards.yes'), onEnter: () => void this.#send() },
        { id: 'no', words: t('afterwards.no'), onEnter: () => this.#deps.onLeave() },
      ],
    });
  }

  async #send(): Promise<void> {
    const { way, chosen, stage } = this.#state;
    if (stage !== 'sure') return;
    // At once: a second OK while it is being kept sends nothing twice.
    this.#state = correcting(this.#state, { type: 'confirmed' })!;
    await this.#deps.send({
      reason: this.#reason(),
      add: way === 'add' ? [...chosen] : [],
      remove: way === 'remove' ? [...chosen] : [],
    });
    this.#show();
  }

  #sent(): void {
    this.#told = this.#deps.upload();
    this.#deps.show(SayStep, {
      title: t('afterwards.sent'),
      lines: [this.#told],
      buttons: [{ id: 'done', words: t('afterwards.done'), onEnter: () => this.#deps.onLeave() }],
    });
  }

  #reason(): string {
    return this.#state.reason ? t(`afterwards.reason.${this.#state.reason}`) : '';
  }

  #names(): string {
    return this.#deps.people
      .filter(({ id }) => this.#state.chosen.includes(id))
      .map(({ words }) => words)
      .join(t('app.comma'));
  }
}
