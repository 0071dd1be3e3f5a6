import type { Lightning } from '@lightningjs/sdk';
import type { Lesson } from '../../../domain/catalogue/types.ts';
import { Page } from '../../app/Page.ts';
import { t } from '../../locales/i18n.ts';
import { chapterAt } from '../../player/chapters.ts';
import type { PlaybackState } from '../../player/playback.ts';
import type { Playback } from '../../player/playback-shell.ts';
import type { ButtonSpec } from '../../ui/ButtonRow.ts';
import { part } from '../../ui/parts.ts';
import { CaptionFeed } from './caption-feed.ts';
import type { Chapter } from './ChapterList.ts';
import type { Controls } from './Controls.ts';
import { Countdown } from './Countdown.ts';
import { beginSession, type LessonSession } from './lesson-session.ts';
import { nextLesson } from './next-lesson.ts';
import { Overlay } from './Overlay.ts';
import { Panel, type PanelSpec } from './Panel.ts';
import { chaptersOf, endTitle, titles } from './player-words.ts';
import { PresenceCheck } from './PresenceCheck.ts';
import { lessonSource } from '../shared/lesson-source.ts';
import { dotted } from '../shared/lesson-words.ts';
import { watchingWords } from '../shared/watching-words.ts';

const hideAfterMs = 4000;
/** A picture that comes sooner needs no words. */
const sayOpeningAfterMs = 400;
const countdownSeconds = 8;
const rates = [1, 1.25, 1.5, 0.75];

/** A lesson is found again exactly where it was, and paused if somebody paused it. */
interface PlayerMemory {
  position: number | undefined;
  paused: boolean;
}

type PlayRoute = { page: 'play'; id: string; playlist?: string };

/** Plays one lesson; the picture is the page, everything else comes when a key asks for it. */
export class PlayerPage extends Page<PlayRoute> {
  #playback: Playback | undefined;
  #state: PlaybackState | undefined;
  #session: LessonSession | undefined;
  #captions: CaptionFeed | undefined;
  #overlay: Overlay | undefined;
  /** Until there is a picture, or a reason why not. */
  #opening = true;
  #openingTimer: ReturnType<typeof setTimeout> | undefined;
  #hideTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #countdown = new Countdown();
  #presence: PresenceCheck | undefined;
  #leave: (() => void)[] = [];

  static override _template(): object {
    return { Panel: { type: Panel } };
  }

  get #lesson(): Lesson | undefined {
    return this.services.catalogue().lessons.get(this.route.id);
  }

  override get heading(): string {
    return this.#lesson
      ? t('player.heading', { title: this.services.text(this.#lesson.title) })
      : t('lesson.gone');
  }

  override remember(): PlayerMemory {
    const { phase, position, pausedBy } = this.#state ?? {};
    const begun = phase === 'playing' || phase === 'paused' || phase === 'buffering';
    return { position: begun ? position : undefined, paused: pausedBy === 'viewer' };
  }

  override get busy(): boolean {
    const phase = this.#state?.phase;
    return phase !== 'paused' && phase !== 'ended' && phase !== 'error';
  }

  /** Made when first asked for: before the picture it would only keep the picture waiting. */
  get #over(): Overlay {
    if (this.#overlay) return this.#overlay;
    this.#overlay = this.stage.c<typeof Overlay>({ type: Overlay });
    // Under the panel.
    this.childList.addAt(this.#overlay, 0);
    const lesson = this.#lesson;
    if (lesson) this.#overlay.controls.titles = titles(this.services, lesson, this.route.playlist);
    return this.#overlay;
  }

  get #controls(): Controls {
    return this.#over.controls;
  }

  /** The arrows and OK are not for the picture now. */
  get #covered(): boolean {
    return this.#opening || this.#panel.visible || this.#overlay?.who.visible === true;
  }

  get #panel(): Panel {
    return part(this, 'Panel');
  }

  protected override build(): void {
    const lesson = this.#lesson;
    if (!lesson) return this.#fail(t('lesson.gone'), t('error.lessonGone'), 'C-LESSON');
    this.#openingTimer = setTimeout(() => {
      this.#message({ title: this.services.text(lesson.title), words: t('player.opening'), buttons: [] });
    }, sayOpeningAfterMs);
    this.#session = beginSession(this.services, lesson, this.route.playlist, {
      lost: () => this.navigator.toast(t('error.noStudy')),
      elsewhere: () => {
        this.#playback?.pause();
        this.navigator.toast(t('player.elsewhere'));
      },
      viewerElsewhere: (name) => this.navigator.toast(t('who.elsewhere', { name })),
    });
    this.#open(lesson).catch(() =>
      this.#fail(t('player.error.network'), t('player.help.network'), 'P-NET-APP'),
    );
    if (lesson.kind === 'duty') this.#watchPresence();
    const onUnload = (): void => this.#session?.finish();
    window.addEventListener('pagehide', onUnload);
    this.#leave.push(() => window.removeEventListener('pagehide', onUnload));
  }

  async #open(lesson: Lesson): Promise<void> {
    const playback = await this.services.playback((event) => this.#session?.event(event));
    if (!this.attached) return playback.destroy();
    this.#playback = playback;
    this.#leave.push(playback.onState((state) => this.#show(state)));
    const memory = this.memory as PlayerMemory | undefined;
    playback.load(
      lessonSource(lesson, (path) => this.services.address(path)),
      {
        startAt: memory?.position ?? this.services.progress(lesson.id)?.resumeAt ?? 0,
        autoplay: !memory?.paused,
      },
    );
  }

  override _detach(): void {
    clearTimeout(this.#openingTimer);
    clearTimeout(this.#hideTimer);
    this.#countdown.stop();
    this.#presence?.stop();
    // The last watch event goes out before the session is closed over it.
    this.#playback?.destroy();
    this.#session?.finish();
    for (const leave of this.#leave) leave();
  }

  // --- what is shown -------------------------------------------------------------------------------------

  #show(state: PlaybackState): void {
    const before = this.#state;
    this.#state = state;
    if (state.phase !== before?.phase || state.needsKey !== before.needsKey) this.#showPhase(state, before);
    this.#showCaption(state);
    if (this.#overlay?.controls.visible) this.#showControls(state);
  }

  #opened(): void {
    this.#opening = false;
    clearTimeout(this.#openingTimer);
  }

  #showPhase(state: PlaybackState, before: PlaybackState | undefined): void {
    if (state.phase !== 'idle' && state.phase !== 'loading') this.#opened();
    if (state.phase === 'error') return this.#showError(state);
    if (!this.#opening) this.#captions ??= new CaptionFeed(this.services, this.#lesson!);
    if (state.phase === 'ended') return this.#showEnd();
    if (state.needsKey) return this.#showNeedsKey();
    if (state.phase === 'playing') {
      this.#panel.hide();
      this.#hideControlsSoon();
      if (before?.phase === 'loading') this.navigator.say(t('player.playing'));
    }
    if (state.phase === 'paused') {
      this.#panel.hide();
      this.#openControls('play');
      this.navigator.say(t('player.paused'));
    }
    if (state.phase === 'buffering' || state.phase === 'seeking') this.#showSlowSoon(state.phase);
    this._refocus();
  }

  /** A short wait needs no words; a long one does. */
  #showSlowSoon(phase: 'buffering' | 'seeking'): void {
    setTimeout(() => {
      if (this.attached && this.#state?.phase === phase) this.navigator.toast(t('player.slow'));
    }, 1500);
  }

  #showCaption({ position, subtitles }: PlaybackState): void {
    if (this.#opening) return;
    const { captions, captionSize } = this.services.preferences();
    const { captions: box, controls, chapters } = this.#over;
    box.size = captionSize;
    const covered = this.#panel.visible || chapters.visible;
    box.words = captions && !covered ? (this.#captions?.at(position, subtitles.cues) ?? '') : '';
    box.liftedBy = controls.visible ? 144 : 0;
  }

  #showControls(state: PlaybackState): void {
    const lesson = this.#lesson!;
    const length = state.duration || lesson.length;
    const position = state.preview ?? state.position;
    const chapters = this.#chapters;
    const index = chapterAt(chapters, position);
    const chapter = chapters[index];
    const { coverage } = this.#session?.studied() ?? { coverage: 0 };
    this.#controls.bar.view = {
      position,
      length,
      chapter: chapter ? t('player.chapter', { number: index + 1, title: chapter.title }) : '',
    };
    this.#controls.bar.showTicks(
      chapters.map(({ start }) => start),
      length,
    );
    const watching = this.services.watching();
    this.#controls.showStudied(
      dotted(
        t('player.studied', { percent: Math.floor(coverage * 100) }),
        watching.place === 'home' ? watchingWords(watching) : undefined,
      ),
      coverage,
    );
    this.#controls.buttons = this.#buttons(state, lesson);
  }

  get #chapters(): Chapter[] {
    return chaptersOf(this.services, this.#lesson);
  }

  #buttons(state: PlaybackState, lesson: Lesson): ButtonSpec[] {
    const { navigator, services } = this;
    const { captions } = services.preferences();
    const next = nextLesson(services, lesson.id, this.route.playlist);
    const paused = state.phase === 'paused';
    return [
      { id: 'play', words: t(paused ? 'player.play' : 'player.pause'), onEnter: () => this.#toggle() },
      { id: 'again', words: t('player.again'), onEnter: () => this.#playback?.sayAgain() },
      ...(this.#chapters.length > 1
        ? [{ id: 'chapters', words: t('player.chapters'), onEnter: () => this.#openChapters() }]
        : []),
      ...(this.#captions?.available(state.subtitles.tracks)
        ? [
            {
              id: 'captions',
              words: t(captions ? 'player.captionsOn' : 'player.captionsOff'),
              onEnter: () => {
                services.setPreferences({ captions: !captions });
                if (this.#state) this.#show(this.#state);
              },
            },
          ]
        : []),
      // Duty lessons count at normal speed only, so no other is offered.
      ...(lesson.kind === 'farming'
        ? [
            {
              id: 'rate',
              words: state.rate === 1 ? t('player.rateNormal') : t('player.rate', { rate: state.rate }),
              onEnter: () => this.#nextRate(state.rate),
            },
          ]
        : []),
      ...(services.watching().place === 'home'
        ? [
            {
              id: 'who',
              words: t('who.title'),
              onEnter: () => this.#openWho(),
            },
          ]
        : []),
      {
        id: 'about',
        words: t('player.about'),
        onEnter: () => navigator.replace({ page: 'lesson', id: lesson.id }),
      },
      ...(next ? [{ id: 'next', words: t('player.next'), onEnter: () => this.#playNext() }] : []),
    ];
  }

  #nextRate(rate: number): void {
    this.#playback?.setRate(rates[(rates.indexOf(rate) + 1) % rates.length]!);
  }

  #openControls(focus: 'play' | 'bar' | 'who'): void {
    if (!this.#state) return;
    const opened = !this.#controls.visible;
    this.#controls.visible = true;
    this.#showControls(this.#state);
    if (focus === 'bar') this.#controls.focusBar();
    else if (opened) this.#controls.focusButton(focus);
    this.#showCaption(this.#state);
    this.#hideControlsSoon();
    this._refocus();
  }

  #hideControlsSoon(): void {
    clearTimeout(this.#hideTimer);
    this.#hideTimer = setTimeout(() => {
      if (this.#state?.phase === 'playing') this.#hideControls();
    }, hideAfterMs);
  }

  #hideControls(): void {
    if (this.#overlay) this.#overlay.controls.visible = false;
    if (this.#state) this.#showCaption(this.#state);
    this._refocus();
  }

  #openChapters(): void {
    const current = chapterAt(this.#chapters, this.#state?.position ?? 0);
    this.#over.chapters.open(this.#chapters, current, ({ start }) => {
      this.#closeChapters();
      this.#playback?.seekTo(start);
      this._refocus();
    });
    if (this.#state) this.#showCaption(this.#state);
    this._refocus();
  }

  /** Up leads to the button, OK opens the list, OK picks: three keys from the picture to another viewer. */
  #openWho(): void {
    const panel = this.#over.who;
    this.services.study().then(
      (study) => {
        if (!this.attached) return;
        panel.open(study.who, () => {
          panel.close();
          this.navigator.toast(t('who.now', { names: watchingWords(study.who.view()) }));
          if (this.#state) this.#show(this.#state);
          this._refocus();
        });
        this._refocus();
      },
      () => this.navigator.toast(t('error.noStudy')),
    );
  }

  #closeChapters(): void {
    this.#over.chapters.close();
    if (this.#state) this.#showCaption(this.#state);
  }

  /** Shows a message with what can be done, and says all of it; the button in the focus speaks for itself. */
  #message(spec: PanelSpec): void {
    this.#panel.show(spec);
    this._refocus();
    this.navigator.say(this.#panel.message);
  }

  // --- waiting, ending, failing --------------------------------------------------------------------------

  #showNeedsKey(): void {
    this.#message({
      title: this.services.text(this.#lesson?.title),
      words: t('player.needsKey'),
      buttons: [{ id: 'play', words: t('action.play'), onEnter: () => this.#playback?.play() }],
    });
  }

  /** Duty content watched alone counts while somebody is there; a miss only pauses. */
  #watchPresence(): void {
    const hooks = {
      playing: () => this.#state?.phase === 'playing',
      ask: () => {
        this.#message({
          title: t('player.presence'),
          words: t('player.presenceHow'),
          buttons: [{ id: 'here', words: t('player.presenceHere'), onEnter: () => undefined }],
          clear: true,
        });
      },
      answered: () => this.#closePanel(),
      missed: () => {
        this.#closePanel();
        this.#playback?.pause();
        this.navigator.toast(t('player.presenceMissed'));
      },
    };
    this.services.study().then(
      (study) => {
        if (this.attached) this.#presence = new PresenceCheck(study.presence(), hooks);
      },
      // Without the study code nothing is counted, so nothing needs asking.
      () => undefined,
    );
  }

  #closePanel(): void {
    this.#panel.hide();
    this._refocus();
  }

  #showError({ error }: PlaybackState): void {
    const code = error?.code ?? 'network';
    this.#session?.finish();
    this.#fail(t(`player.error.${code}`), t(`player.help.${code}`), error?.tag ?? '');
  }

  #fail(title: string, words: string, code: string): void {
    this.#opened();
    if (this.#overlay) this.#overlay.controls.visible = false;
    this.#message({
      title,
      words,
      code: t('error.code', { code }),
      buttons: [
        ...(this.#lesson
          ? [{ id: 'retry', words: t('action.retry'), onEnter: () => this.navigator.replace(this.route) }]
          : []),
        { id: 'back', words: t('action.back'), onEnter: () => this.navigator.back() },
      ],
    });
  }

  #showEnd(): void {
    const lesson = this.#lesson!;
    const title = endTitle(lesson, this.#session?.studied() ?? { coverage: 0, completed: false });
    this.#session?.finish();
    this.#controls.visible = false;
    const next = nextLesson(this.services, lesson.id, this.route.playlist);
    const buttons: ButtonSpec[] = [
      ...(next ? [{ id: 'next', words: t('player.playNext'), onEnter: () => this.#playNext() }] : []),
      { id: 'replay', words: t('player.replay'), onEnter: () => this.navigator.replace(this.route) },
      { id: 'back', words: t('action.back'), onEnter: () => this.navigator.back() },
    ];
    if (!next) return this.#message({ title, words: t('player.noNext'), buttons });
    const nextTitle = this.services.text(next.lesson.title);
    const words = (seconds: number): string => t('player.nextIn', { seconds, title: nextTitle });
    this.#message({ title, words: words(countdownSeconds), buttons });
    this.#countdown.start(
      countdownSeconds,
      (seconds) => this.#panel.say(words(seconds)),
      () => this.#playNext(),
    );
  }

  /** Any key but OK stops the countdown: nobody is carried on against their will. */
  #stopCountdown(): void {
    if (!this.#countdown.running) return;
    this.#countdown.stop();
    this.#panel.say(t('player.countdownStopped'));
  }

  #playNext(): void {
    this.#countdown.stop();
    const next = nextLesson(this.services, this.route.id, this.route.playlist);
    if (next) this.navigator.replace({ page: 'play', id: next.lesson.id, playlist: next.playlist });
  }

  // --- keys ----------------------------------------------------------------------------------------------

  override _getFocused(): Lightning.Component {
    return this.#panel.visible ? this.#panel : (this.#overlay ?? this);
  }

  override _captureKey(event: KeyboardEvent): boolean {
    if (this.#presence?.key()) return true;
    this.#hideControlsSoon();
    if (event.keyCode !== 13) this.#stopCountdown();
    return false;
  }

  override _handleEnter(): boolean {
    // OK pressed twice by a hasty hand must not pause a lesson that is still opening.
    if (!this.#covered) this.#toggle();
    return true;
  }

  #toggle(): void {
    this.#playback?.toggle();
    if (this.#state && !this.#panel.visible) this.#openControls('play');
  }

  override _handleLeft(): boolean {
    return this.#seek(-1);
  }

  override _handleRight(): boolean {
    return this.#seek(1);
  }

  #seek(direction: -1 | 1): boolean {
    // On the row of buttons the arrows move among the buttons, also at its ends.
    if (this.#covered || (this.#controls.visible && !this.#controls.onBar)) return false;
    return this.#aim(direction);
  }

  #aim(direction: -1 | 1): boolean {
    this.#playback?.seekBy(direction);
    this.#openControls('bar');
    this.navigator.say(this.#controls.bar.announcement);
    return true;
  }

  override _handleLeftRelease(): boolean {
    this.#playback?.commitSeek();
    return false;
  }

  override _handleRightRelease(): boolean {
    return this._handleLeftRelease();
  }

  override _handleUp(): boolean {
    return this.#wakeControls(this.services.watching().place === 'home' ? 'who' : 'play');
  }

  /** The yellow key is the short cut. */
  _handleYellow(): boolean {
    if (this.services.watching().place !== 'home' || this.#opening || this.#panel.visible) return false;
    this.#openWho();
    return true;
  }

  override _handleDown(): boolean {
    return this.#wakeControls();
  }

  #wakeControls(focus: 'play' | 'who' = 'play'): boolean {
    if (this.#covered || this.#controls.visible) return false;
    this.#openControls(focus);
    return true;
  }

  override _handleBack(): boolean {
    const { who, chapters, controls } = this.#overlay ?? {};
    if (who?.visible && !this.#panel.visible) {
      who.close();
      this._refocus();
    } else if (chapters?.visible) this.#closeChapters();
    else if (controls?.visible && !this.#panel.visible && this.#state?.phase !== 'paused')
      this.#hideControls();
    else this.navigator.back();
    return true;
  }

  _handlePlayPause(): boolean {
    this.#toggle();
    return true;
  }

  _handlePlay(): boolean {
    this.#playback?.play();
    return true;
  }

  _handlePause(): boolean {
    this.#playback?.pause();
    return true;
  }

  _handleStop(): boolean {
    this.navigator.back();
    return true;
  }

  _handleRewind(): boolean {
    return this.#aim(-1);
  }

  _handleFastForward(): boolean {
    return this.#aim(1);
  }

  _handleNext(): boolean {
    this.#playNext();
    return true;
  }

  /** A number jumps to that chapter. */
  override onDigit(digit: number): void {
    const chapter = this.#chapters[digit - 1];
    if (chapter) this.#playback?.seekTo(chapter.start);
  }
}
