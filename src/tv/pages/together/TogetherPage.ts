import type { Lightning } from '@lightningjs/sdk';
import type { GroupPhase } from '../../../domain/groups/group-session.ts';
import { Page } from '../../app/Page.ts';
import { t } from '../../locales/i18n.ts';
import type { Study } from '../../study/study.ts';
import { part } from '../../ui/parts.ts';
import type { PanelSpec } from '../player/Panel.ts';
import { AfterView } from './AfterView.ts';
import { ClosingView } from './ClosingView.ts';
import { CueView } from './CueView.ts';
import { LessonView } from './LessonView.ts';
import { listedPeople, type RoomContext, type RoomView } from './room-view.ts';
import { RollView } from './RollView.ts';
import { RoomPanel } from './room-sizes.ts';
import { SetupView } from './SetupView.ts';

type Stage = Exclude<GroupPhase, 'discussion'> | 'setup';

const views: Record<Stage, new (...args: never[]) => RoomView> = {
  setup: SetupView,
  roll: RollView,
  cue: CueView,
  lesson: LessonView,
  after: AfterView,
  ended: ClosingView,
};

/** Studying together: each screen follows from where the evening is, also after a power cut. */
export class TogetherPage extends Page<{ page: 'together' }> {
  #study: Study | undefined;
  #unsubscribe: (() => void) | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #shown = '';
  #asking = false;

  static override _template(): object {
    return { View: undefined, Ask: { type: RoomPanel, zIndex: 5 } };
  }

  override get heading(): string {
    return this.#view?.heading ?? t('together.title');
  }

  /** While an evening goes on, a question or the roll stays to be read however long the room talks. */
  override get busy(): boolean {
    const phase = this.#study?.groups.evening()?.phase;
    return phase !== undefined && phase !== 'ended';
  }

  get #view(): RoomView | undefined {
    return this.getByRef('View' as never) as RoomView | undefined;
  }

  get #panel(): RoomPanel {
    return part(this, 'Ask');
  }

  protected override build(): void {
    this.#panel.show({ title: t('together.title'), words: t('study.loading'), buttons: [] });
    this.#timer = setInterval(() => this.#view?.tick(), 1000);
    this.services.study().then(
      (study) => {
        if (!this.attached) return;
        this.#study = study;
        this.#unsubscribe = study.onChange(() => this.#show());
        study.binding.look();
        this.#show();
      },
      () => this.#explain(t('error.page')),
    );
  }

  override _detach(): void {
    clearInterval(this.#timer);
    this.#unsubscribe?.();
  }

  #show(): void {
    const study = this.#study;
    if (!study) return;
    const session = study.groups.evening();
    const place = study.binding.state().kept.view;
    if (place?.state !== 'room') return this.#explain(t('together.noRoom'));
    const stage: Stage = !session ? 'setup' : session.phase === 'discussion' ? 'lesson' : session.phase;
    const key = `${stage}/${session?.plan.id ?? place.people.length}/${session?.lesson ?? 0}`;
    if (key === this.#shown) return this.#view?.refresh();
    this.#shown = key;
    this.#unask();
    this.patch({ View: undefined });
    this.patch({ View: { type: views[stage], context: this.#context(study, place) } });
    document.body.classList.toggle('playing', stage === 'lesson');
    this._refocus();
    this.navigator.say(this.heading);
  }

  #context(study: Study, room: RoomContext['room']): RoomContext {
    return {
      services: this.services,
      navigator: this.navigator,
      study,
      room,
      people: listedPeople(room),
      ask: (spec) => this.#ask(spec),
      askEnd: () => this.#askEnd(),
    };
  }

  /** Only an activity room has an evening; how a TV becomes one is said, and one OK away. */
  #explain(words: string): void {
    this.#shown = '';
    this.patch({ View: undefined });
    this.#panel.show({
      title: t('together.title'),
      words,
      buttons: [
        { id: 'bind', words: t('binding.title'), onEnter: () => this.navigator.open({ page: 'binding' }) },
        { id: 'back', words: t('action.back'), onEnter: () => this.navigator.back() },
      ],
    });
    this._refocus();
  }

  /** Asks over the screen; every answer closes the question first. */
  #ask(spec: PanelSpec): void {
    this.#asking = true;
    this.#panel.show({
      ...spec,
      buttons: spec.buttons.map((button) => ({
        ...button,
        onEnter: () => {
          this.#unask();
          button.onEnter();
        },
      })),
    });
    this.navigator.say(this.#panel.message);
    this._refocus();
  }

  #unask(): void {
    this.#asking = false;
    this.#panel.hide();
    this._refocus();
  }

  #askEnd(): void {
    const { groups } = this.#study!;
    const refusal = groups.endRefusal();
    const stay = { id: 'stay', words: t('together.stay'), onEnter: () => undefined };
    if (refusal)
      return this.#ask({
        title: t(`together.refusal.${refusal}.title`),
        words: t(`together.refusal.${refusal}.words`),
        buttons: [stay, { id: 'drop', words: t('together.drop'), onEnter: () => void groups.putAway() }],
      });
    const after = groups.evening()?.phase === 'after';
    this.#ask({
      title: t(after ? 'together.endSure' : 'together.wrapSure'),
      words: t(after ? 'together.endNote' : 'together.wrapNote'),
      buttons: [
        after
          ? { id: 'end', words: t('together.endYes'), onEnter: () => void groups.tell({ type: 'ended' }) }
          : { id: 'end', words: t('together.wrapYes'), onEnter: () => void this.#wrapUp() },
        stay,
      ],
    });
  }

  /** No more lessons: on to what comes after them. */
  async #wrapUp(): Promise<void> {
    const { groups } = this.#study!;
    const left = groups.evening()?.plan.lessons.length ?? 0;
    for (let i = 0; i < left && groups.evening()?.phase !== 'after'; i++)
      await groups.tell({ type: 'skipped' });
  }

  override onDigit(digit: number): void {
    if (!this.#asking) this.#view?.onDigit(digit);
  }

  override _getFocused(): Lightning.Component {
    return this.#panel.visible ? this.#panel : (this.#view ?? this);
  }

  /** Back takes a question away, else it asks whether the evening is over: nobody drops out by accident. */
  override _handleBack(): boolean {
    if (this.#asking) {
      this.#unask();
      return true;
    }
    const phase = this.#study?.groups.evening()?.phase;
    if (!phase || !this.#view) return false;
    if (phase === 'ended') {
      void this.#study?.groups.putAway().then(() => this.navigator.back());
      return true;
    }
    this.#ask({
      title: t('together.leaveSure'),
      words: t('together.leaveNote'),
      buttons: [
        { id: 'stay', words: t('together.stay'), onEnter: () => undefined },
        { id: 'end', words: t('together.end'), onEnter: () => this.#askEnd() },
        { id: 'home', words: t('action.home'), onEnter: () => this.navigator.back() },
      ],
    });
    return true;
  }
}
