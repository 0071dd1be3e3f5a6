import type { Lightning } from '@lightningjs/sdk';
import { presentNow } from '../../../domain/groups/group-session.ts';
import { t } from '../../locales/i18n.ts';
import type { PlaybackState } from '../../player/playback.ts';
import type { Playback } from '../../player/playback-shell.ts';
import type { ButtonSpec } from '../../ui/ButtonRow.ts';
import { part } from '../../ui/parts.ts';
import { CaptionFeed } from '../player/caption-feed.ts';
import { Captions } from '../player/Captions.ts';
import type { Controls } from '../player/Controls.ts';
import { lessonSource } from '../shared/lesson-source.ts';
import { Question } from './Question.ts';
import { RollView } from './RollView.ts';
import { RoomControls, RoomPanel } from './room-sizes.ts';
import { RoomView } from './room-view.ts';

const hideAfterMs = 4000;

/** A lesson before the whole room: what is shown goes into the evening and not to one person's record. */
export class LessonView extends RoomView {
  #playback: Playback | undefined;
  #state: PlaybackState | undefined;
  #captions: CaptionFeed | undefined;
  #hideTimer: ReturnType<typeof setTimeout> | undefined;
  #leave: (() => void)[] = [];

  static override _template(): object {
    return {
      Controls: { type: RoomControls },
      Captions: { type: Captions },
      Question: { type: Question },
      Panel: { type: RoomPanel },
    };
  }

  override get heading(): string {
    return this.context.services.text(this.lesson?.title) || t('lesson.gone');
  }

  get #controls(): Controls {
    return part(this, 'Controls');
  }

  get #panel(): RoomPanel {
    return part(this, 'Panel');
  }

  get #question(): Question {
    return part(this, 'Question');
  }

  get #people(): RollView | undefined {
    return this.getByRef('People' as never) as RollView | undefined;
  }

  protected override build(): void {
    const { services, study } = this.context;
    const { lesson } = this;
    if (!lesson) return this.#fail('C-LESSON', t('lesson.gone'), t('error.lessonGone'));
    this.#captions = new CaptionFeed(services, lesson);
    const { plan, lesson: index } = this.session;
    const kicker = t('together.lessonOf', { number: index + 1, all: plan.lessons.length });
    this.#controls.titles = { kicker, title: this.heading };
    this.#leave.push(
      study.groups.onEffect(({ type }) => {
        if (type === 'pause') this.#playback?.pause();
        if (type === 'play') this.#playback?.play();
      }),
    );
    // Read before the picture moves: the first event that is told ends it.
    const stands = study.groups.isFoundAgain() || this.session.phase === 'discussion';
    this.#open(stands).catch(() =>
      this.#fail('P-NET-APP', t('player.error.network'), t('player.help.network')),
    );
    this.refresh();
  }

  async #open(stands: boolean): Promise<void> {
    const { services, study } = this.context;
    const playback = await services.playback((event) => void study.groups.tell({ type: 'watched', event }));
    if (!this.attached) return playback.destroy();
    this.#playback = playback;
    this.#leave.push(playback.onState((state) => this.#show(state)));
    playback.load(
      lessonSource(this.lesson!, (path) => services.address(path)),
      {
        startAt: this.session.position,
        autoplay: !stands,
      },
    );
  }

  override _detach(): void {
    clearTimeout(this.#hideTimer);
    // The last that was shown is told before the evening goes on.
    this.#playback?.destroy();
    for (const leave of this.#leave) leave();
  }

  #show(state: PlaybackState): void {
    const before = this.#state;
    this.#state = state;
    const { groups } = this.context.study;
    if (state.phase !== before?.phase) {
      if (state.phase === 'ended') return void groups.tell({ type: 'shown' });
      if (state.phase === 'error') {
        const code = state.error?.code ?? 'network';
        return this.#fail(state.error?.tag ?? '', t(`player.error.${code}`), t(`player.help.${code}`));
      }
      if (state.phase === 'playing') {
        this.context.navigator.say(t('player.playing'));
        this.#hideSoon();
      }
      if (state.phase === 'paused' && !this.#question.visible) this.#openControls();
    }
    const { captions, captionSize } = this.context.services.preferences();
    const box = part<Captions>(this, 'Captions');
    box.size = captionSize;
    const covered = this.#question.visible || this.#panel.visible || this.#people !== undefined;
    box.words = captions && !covered ? (this.#captions?.at(state.position, state.subtitles.cues) ?? '') : '';
    box.liftedBy = this.#controls.visible ? 174 : 0;
    if (this.#controls.visible) this.#showControls(state);
  }

  #showControls(state: PlaybackState): void {
    const length = state.duration || (this.lesson?.length ?? 0);
    this.#controls.bar.view = { position: state.preview ?? state.position, length, chapter: '' };
    const here = presentNow(this.session).length;
    const expected = this.session.plan.roster.length;
    this.#controls.showStudied(t('together.count', { here, expected }), here / Math.max(1, expected));
    this.#controls.buttons = this.#buttons(state);
  }

  #buttons(state: PlaybackState): ButtonSpec[] {
    const { groups } = this.context.study;
    const words = t(state.phase === 'paused' ? 'player.play' : 'player.pause');
    return [
      { id: 'play', words, onEnter: () => this.#toggle() },
      { id: 'again', words: t('player.again'), onEnter: () => this.#playback?.sayAgain() },
      { id: 'people', words: t('together.people'), onEnter: () => this.#openPeople() },
      { id: 'skip', words: t('together.skip'), onEnter: () => void groups.tell({ type: 'skipped' }) },
      { id: 'end', words: t('together.end'), onEnter: () => this.context.askEnd() },
    ];
  }

  #toggle(): void {
    this.context.study.groups.goOn();
    this.#playback?.toggle();
    this.#openControls();
  }

  #openControls(): void {
    if (!this.#state) return;
    const opened = !this.#controls.visible;
    this.#controls.visible = true;
    this.#showControls(this.#state);
    if (opened) this.#controls.focusButton('play');
    this.#hideSoon();
    this._refocus();
  }

  #hideSoon(): void {
    clearTimeout(this.#hideTimer);
    this.#hideTimer = setTimeout(() => this.#hideControls(), hideAfterMs);
  }

  #hideControls(): void {
    if (this.#state?.phase !== 'playing') return;
    this.#controls.visible = false;
    this._refocus();
  }

  /** What stands over the picture follows from the evening. */
  override refresh(): void {
    this.#people?.refresh();
    const { groups } = this.context.study;
    const session = groups.evening();
    if (!session) return;
    // Big words stand alone: nothing of the player under them.
    if (session.phase === 'discussion' || groups.isFoundAgain()) {
      this.#controls.visible = false;
      part<Captions>(this, 'Captions').words = '';
    }
    if (session.phase === 'discussion') this.#askRoom();
    else if (groups.isFoundAgain()) this.#askToGoOn();
    else if (this.#question.visible) this.#question.visible = false;
    this._refocus();
  }

  #askRoom(): void {
    if (this.#question.visible) return;
    const { services, study, navigator } = this.context;
    const { asked } = this.session;
    const question = this.lesson?.discussion?.[asked[asked.length - 1]?.discussion ?? 0]?.question;
    const words = services.text(question);
    this.#question.show(t('together.talk'), words, [
      { id: 'go', words: t('together.talked'), onEnter: () => void study.groups.tell({ type: 'talked' }) },
      { id: 'people', words: t('together.people'), onEnter: () => this.#openPeople() },
    ]);
    navigator.say(`${t('together.talk')} ${words}`);
  }

  #askToGoOn(): void {
    if (this.#question.visible) return;
    const { study, navigator } = this.context;
    this.#question.show(t('together.foundAgain'), this.heading, [
      {
        id: 'go',
        words: t('together.goOn'),
        onEnter: () => {
          study.groups.goOn();
          this.#playback?.play();
        },
      },
      { id: 'people', words: t('together.people'), onEnter: () => this.#openPeople() },
      { id: 'end', words: t('together.end'), onEnter: () => this.context.askEnd() },
    ]);
    navigator.say(`${t('together.foundAgain')} ${this.heading}`);
  }

  #openPeople(): void {
    this.#playback?.pause();
    this.patch({ People: { type: RollView, context: this.context, onClose: () => this.#closePeople() } });
    this._refocus();
  }

  #closePeople(): void {
    this.patch({ People: undefined });
    this._refocus();
  }

  #fail(code: string, title: string, words: string): void {
    const { groups } = this.context.study;
    this.#panel.show({
      title,
      words,
      code: t('error.code', { code }),
      buttons: [
        { id: 'retry', words: t('action.retry'), onEnter: () => this.#retry() },
        { id: 'skip', words: t('together.skip'), onEnter: () => void groups.tell({ type: 'skipped' }) },
        { id: 'end', words: t('together.end'), onEnter: () => this.context.askEnd() },
      ],
    });
    this.context.navigator.say(this.#panel.message);
    this._refocus();
  }

  #retry(): void {
    this.#panel.hide();
    this.#playback?.retry();
    this._refocus();
  }

  override tick(): void {
    this.#people?.tick();
  }

  override onDigit(digit: number): void {
    this.#people?.onDigit(digit);
  }

  override _getFocused(): Lightning.Component {
    if (this.#people) return this.#people;
    if (this.#panel.visible) return this.#panel;
    if (this.#question.visible) return this.#question;
    return this.#controls.visible ? this.#controls : this;
  }

  override _captureKey(): boolean {
    this.#hideSoon();
    return false;
  }

  override _handleEnter(): boolean {
    if (!this.#panel.visible && !this.#question.visible) this.#toggle();
    return true;
  }

  override _handleUp(): boolean {
    return this.#wake();
  }

  override _handleDown(): boolean {
    return this.#wake();
  }

  #wake(): boolean {
    if (this.#panel.visible || this.#question.visible || this.#controls.visible) return false;
    this.#openControls();
    return true;
  }

  override _handleLeft(): boolean {
    return this.#seek(-1);
  }

  override _handleRight(): boolean {
    return this.#seek(1);
  }

  #seek(direction: -1 | 1): boolean {
    if (!this.#controls.visible || !this.#controls.onBar) return false;
    this.#playback?.seekBy(direction);
    return true;
  }

  override _handleLeftRelease(): boolean {
    this.#playback?.commitSeek();
    return false;
  }

  override _handleRightRelease(): boolean {
    return this._handleLeftRelease();
  }

  override _handleBack(): boolean {
    if (!this.#controls.visible || this.#state?.phase !== 'playing') return false;
    this.#hideControls();
    return true;
  }

  _handlePlayPause(): boolean {
    return this._handleEnter();
  }
}
