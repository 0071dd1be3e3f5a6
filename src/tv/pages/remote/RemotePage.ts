import type { Lightning } from '@lightningjs/sdk';
import { takeStranger, type StrangerKeys } from '../../../domain/remote/stranger-keys.ts';
import {
  beginTeaching,
  profileOf,
  teach,
  type TeachEvent,
  type Teaching,
} from '../../../domain/remote/teach-keys.ts';
import type { KeyName } from '../../../domain/remote/key-names.ts';
import { playerNews } from '../../../domain/remote/key-profile.ts';
import { Page } from '../../app/Page.ts';
import { t } from '../../locales/i18n.ts';
import type { ReceivedKey } from '../../remote/key-bridge.ts';
import { ButtonRow, type ButtonSpec } from '../../ui/ButtonRow.ts';
import { label } from '../../ui/label.ts';
import { pageHeader } from '../../ui/page-header.ts';
import { part, setText } from '../../ui/parts.ts';
import { RemoteDrawing, type KeyLook } from '../../ui/RemoteDrawing.ts';
import { color, screen } from '../../ui/theme.ts';
import { keysWritten } from './key-words.ts';
import { KeyLog } from './KeyLog.ts';
import { askWords, noteWords, TeachView } from './TeachView.ts';

const wordsX = 400;
/** Seconds: for one key to be found and pressed; for the whole to be kept; without a key until the page is left. */
const patience = { ask: 15, keep: 20, look: 90 } as const;
/** Seconds in which Back comes a second time. */
const leaveWindow = 3;

/** Shows every key that comes from the remote, and teaches the app which key is which. */
export class RemotePage extends Page<{ page: 'remote'; teach?: boolean }> {
  #teaching: Teaching | undefined;
  #left: number = patience.look;
  #strangers: StrangerKeys = [];
  #sure = false;
  #leaveUntil = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #deaf: (() => void) | undefined;

  static override _template(): object {
    const wide = screen.w - wordsX - screen.safeX;
    return {
      Header: {},
      Remote: { type: RemoteDrawing, x: screen.safeX + 20, y: 92 },
      Log: { type: KeyLog, x: wordsX, y: 92 },
      Hint: { ...label('body', { w: wide, lines: 2, color: color.textSoft }), x: wordsX, y: 516 },
      Teach: { type: TeachView, x: wordsX, y: 120, visible: false },
      Buttons: { type: ButtonRow, x: wordsX, y: 608 },
    };
  }

  override get heading(): string {
    return t('remote.title');
  }

  /** While keys are taught none of them reaches the app: nothing may cover the page. */
  override get busy(): boolean {
    return this.#teaching !== undefined;
  }

  protected override build(): void {
    const { profile, model } = this.services.remote;
    const name = [profile, model].filter(Boolean).join(' ');
    this.patch({ Header: pageHeader(this.heading, t('remote.box', { name })) });
    part<RemoteDrawing>(this, 'Remote').words = keysWritten();
    setText(part(this, 'Hint'), t('remote.hint'));
    if (this.route.teach) this.#begin();
    else this.#show();
  }

  override _attach(): void {
    this.#deaf = this.services.remote.onKey((key) => this.#hear(key));
    this.#timer = setInterval(() => this.#tick(), 1000);
  }

  override _detach(): void {
    this.#deaf?.();
    clearInterval(this.#timer);
  }

  /** @returns true when the key is not for the app: while keys are taught, none is */
  #hear(key: ReceivedKey): boolean {
    const { code, meaning, second, repeat } = key;
    if (this.#teaching) {
      if (!second && !repeat) this.#step({ type: 'pressed', code });
      return true;
    }
    this.#left = patience.look;
    if (this.#sure && meaning !== 'Enter') {
      this.#sure = false;
      this.#show();
    }
    part<KeyLog>(this, 'Log').note(key);
    if (meaning && meaning !== playerNews) part<RemoteDrawing>(this, 'Remote').press(meaning);
    if (second || repeat) return false;
    const { strangers, lost } = takeStranger(this.#strangers, code, meaning);
    this.#strangers = strangers;
    if (lost) this.#begin();
    return lost;
  }

  #tick(): void {
    this.#left--;
    if (this.#left > 0) this.#showTime();
    else if (this.#teaching) this.#step({ type: 'time-up' });
    else this.navigator.back();
  }

  #begin(): void {
    const { remote } = this.services;
    this.#teaching = beginTeaching(remote.given, remote.taught());
    this.#left = patience.ask;
    this.#strangers = [];
    this.#show();
    this.navigator.say(askWords(this.#teaching));
  }

  #step(event: TeachEvent): void {
    const now = teach(this.#teaching!, event);
    if (now === this.#teaching) return;
    this.#teaching = now;
    this.#left = now.waiting.length > 0 ? patience.ask : patience.keep;
    if (now.outcome) return this.#end(now);
    this.#show();
    this.navigator.say([now.note ? noteWords(now.note) : '', askWords(now)].filter(Boolean).join(' '));
  }

  #end(now: Teaching): void {
    this.#teaching = undefined;
    this.#left = patience.look;
    const words =
      now.outcome === 'left'
        ? t('remote.left')
        : t(this.services.remote.learn(profileOf(now)) ? 'remote.kept' : 'remote.keptForNow');
    this.navigator.toast(words);
    if (this.route.teach) return this.navigator.back();
    this.#show();
  }

  #show(): void {
    const teaching = this.#teaching;
    this.patch({
      Log: { visible: !teaching },
      Hint: { visible: !teaching },
      Teach: { visible: teaching !== undefined },
      Buttons: { visible: !teaching, buttons: this.#buttons() },
    });
    part<RemoteDrawing>(this, 'Remote').looks = looksOf(teaching, this.services.remote.taught());
    this.#showTime();
    this._refocus();
  }

  #showTime(): void {
    const teaching = this.#teaching;
    if (!teaching) return;
    const all = teaching.waiting.length > 0 ? patience.ask : patience.keep;
    part<TeachView>(this, 'Teach').show(teaching, this.#left, all);
  }

  #buttons(): ButtonSpec[] {
    const taught = Object.keys(this.services.remote.taught()).length > 0;
    return [
      { id: 'teach', words: t('remote.teach'), onEnter: () => this.#begin() },
      ...(taught
        ? [
            {
              id: 'reset',
              words: t(this.#sure ? 'remote.resetSure' : 'remote.reset'),
              onEnter: () => this.#reset(),
            },
          ]
        : []),
      { id: 'back', words: t('action.back'), onEnter: () => this.navigator.back() },
    ];
  }

  /** Forgetting takes a second OK: the key it is pressed with may be among what is forgotten. */
  #reset(): void {
    if (this.#sure) {
      this.services.remote.learn({});
      this.navigator.toast(t('remote.resetDone'));
    }
    this.#sure = !this.#sure;
    this.#show();
  }

  /** Back is tried like every key; twice leads out. */
  override _handleBack(): boolean {
    const now = performance.now() / 1000;
    if (now < this.#leaveUntil) return false;
    this.#leaveUntil = now + leaveWindow;
    this.navigator.toast(t('remote.backAgain'));
    return true;
  }

  override _getFocused(): Lightning.Component {
    return this.#teaching ? this : part<ButtonRow>(this, 'Buttons');
  }
}

/** What was taught is green; the key that is asked for has the colour of the focus. */
function looksOf(
  teaching: Teaching | undefined,
  taught: Readonly<Record<string, string>>,
): Partial<Record<KeyName, KeyLook>> {
  const looks: Partial<Record<string, KeyLook>> = {};
  for (const name of Object.values(teaching ? teaching.taught : taught)) looks[name] = 'learned';
  const asked = teaching && (teaching.waiting.length > 0 ? teaching.waiting[0] : 'Enter');
  if (asked) looks[asked] = 'asked';
  return looks;
}
