import { Lightning } from '@lightningjs/sdk';
import type { KeyName } from '../../domain/remote/key-names.ts';
import { passKey, type RepeatGate } from '../../domain/remote/repeat-gate.ts';
import { t } from '../locales/i18n.ts';
import { Focusable } from '../ui/Focusable.ts';
import { part } from '../ui/parts.ts';
import type { Announcer } from './announcer.ts';
import { navigate, trailFor, type Trail } from './navigation.ts';
import type { Page } from './Page.ts';
import { loadPage } from './pages.ts';
import { formatRoute, parseRoute, type Route } from './routes.ts';
import { ScreenSaver } from './ScreenSaver.ts';
import type { Navigator, Services } from './services.ts';
import { Toast } from './Toast.ts';

export interface AppDeps {
  services: Services;
  announcer: Announcer;
  /** Key codes of this box. */
  keys: Readonly<Record<string, KeyName>>;
  /** Where to begin, when the app goes on after a restart; else the address says it. */
  trail?: Trail | undefined;
  /** Leaves the app as the box wants it: operator's page, closed window. */
  exit: () => void;
  /** Called once when the first page has the focus and answers keys. */
  onReady: () => void;
}

/** Seconds. */
const exitWindow = 3;
const saverAfter = 300;
/** A card that has the focus for so long is likely to be opened. */
const restAfter = 1;
/** A key that waited longer was pressed for a screen that is no longer there. */
const longestWait = 0.5;

const enterKey = new KeyboardEvent('keydown', { key: 'Enter' });

/** The frame around the pages: which page is shown, where keys go, what is announced. */
export class App extends Lightning.Component {
  /** Handed in before launch: Lightning itself constructs the class. */
  static deps: AppDeps;

  #trail: Trail = [];
  #opening = 0;
  /** A page was asked for and its code is still on the way. */
  #coming = false;
  #gate: RepeatGate | undefined;
  #leaveUntil = 0;
  #saverTimer: ReturnType<typeof setTimeout> | undefined;
  #restTimer: ReturnType<typeof setTimeout> | undefined;

  static override _template(): object {
    return {
      Page: undefined,
      Toast: { type: Toast, visible: false, zIndex: 10 },
      Saver: { type: ScreenSaver },
    };
  }

  readonly navigator: Navigator = {
    open: (route) => this.#go({ type: 'opened', route, memory: this.#page?.remember() }),
    replace: (route) => this.#go({ type: 'replaced', route }),
    back: () => this.#go({ type: 'back' }),
    toast: (message) => {
      part<Toast>(this, 'Toast').show(message);
      this.#say(message);
    },
    say: (message) => this.#say(message),
  };

  override _init(): void {
    void this.#show(App.deps.trail ?? trailFor(this.#routeOfAddress() ?? { page: 'home' }));
    window.addEventListener('hashchange', this.#onHashChange);
    this.#awake();
  }

  override _detach(): void {
    window.removeEventListener('hashchange', this.#onHashChange);
    clearTimeout(this.#saverTimer);
    clearTimeout(this.#restTimer);
  }

  get #page(): Page | undefined {
    return this.getByRef('Page' as never) as Page | undefined;
  }

  #go(event: Parameters<typeof navigate>[1]): void {
    if (event.type === 'back' && this.#coming) return this.#stay();
    const { trail, leave } = navigate(this.#trail, event);
    if (leave) return this.#leave();
    // Before the page is built, which takes a weak box a while.
    if (event.type !== 'back' && event.route.page === 'play') App.deps.services.prepare(event.route.id);
    void this.#show(trail);
  }

  /** Back takes back what was asked for and has not come yet. */
  #stay(): void {
    this.#opening++;
    this.#coming = false;
  }

  /** Home is the last stop: leaving takes a second Back, so that nobody drops out by accident. */
  #leave(): void {
    const now = performance.now() / 1000;
    if (now < this.#leaveUntil) {
      this.navigator.toast(t('app.left'));
      return App.deps.exit();
    }
    this.#leaveUntil = now + exitWindow;
    this.navigator.toast(t('app.leave'));
  }

  /** Shows the last page of a trail. Until its code is there, and if that never comes, everything stays as it is. */
  async #show(trail: Trail): Promise<void> {
    const { route, memory } = trail[trail.length - 1]!;
    const opening = ++this.#opening;
    this.#coming = true;
    const type = await loadPage(route).catch(() => undefined);
    if (opening !== this.#opening) return;
    this.#coming = false;
    if (!type) {
      if (!this.#page) void this.#show(trailFor({ page: 'home' }));
      return this.navigator.toast(t('error.page'));
    }
    this.#trail = trail;
    document.body.classList.toggle('playing', route.page === 'play');
    // Replaced, never pushed: a deep link leaves no trail in the browser that a box's own Back would follow.
    history.replaceState(null, '', formatRoute(route));
    this.patch({ Page: undefined });
    this.patch({ Page: { type, services: App.deps.services, navigator: this.navigator, route, memory } });
    this._refocus();
    App.deps.onReady();
  }

  /** Opens a page that nobody asked for, unless somebody has gone elsewhere already; `words` say why. */
  openFromHome(route: Route, words: string): void {
    if (this.#trail[this.#trail.length - 1]?.route.page !== 'home') return;
    this.navigator.open(route);
    this.#say(words);
  }

  /** Nothing on this remote does anything: the page that teaches keys, unless it is shown already. */
  teachKeys(): void {
    if (this.#trail[this.#trail.length - 1]?.route.page === 'remote') return;
    this.navigator.open({ page: 'remote', teach: true });
  }

  /** Builds the shown page anew, where it was: after a change of language. */
  reopen(): void {
    void this.#show(this.trail);
  }

  /** The pages from home to the shown one, with where the focus is on each; empty before the first. */
  get trail(): Trail {
    const here = this.#trail[this.#trail.length - 1];
    return here ? [...this.#trail.slice(0, -1), { ...here, memory: this.#page?.remember() }] : [];
  }

  #routeOfAddress(): Route | undefined {
    const route = parseRoute(location.hash);
    if (!route) setTimeout(() => this.navigator.toast(t('error.address')), 500);
    return route;
  }

  readonly #onHashChange = (): void => {
    const here = this.#trail[this.#trail.length - 1];
    if (here && location.hash === formatRoute(here.route)) return;
    void this.#show(trailFor(this.#routeOfAddress() ?? { page: 'home' }));
  };

  override _getFocused(): Lightning.Component {
    return this.#page ?? this;
  }

  #focusPath: readonly Lightning.Component[] = [];
  #messages: string[] = [];

  /**
   * Says once what a moment brought: a page that opens may move its focus a few times before it rests. First
   * the page if it is a new one, then the news, then what the focus has come to.
   */
  #speakSoon(): void {
    void Promise.resolve().then(() => {
      // A copy: Lightning keeps one array and changes it in place.
      const path = [...(this.application.focusPath ?? [])];
      const entered = path.filter((component) => !this.#focusPath.includes(component));
      this.#focusPath = path;
      const page = this.#page;
      const heading = page && entered.includes(page) ? page.heading : '';
      const words = [heading, ...this.#messages.splice(0), ...entered.map(announcementOf)];
      App.deps.announcer.say([...new Set(words)].filter(Boolean).join(t('app.stop')));
    });
  }

  #say(words: string): void {
    this.#messages.push(words);
    this.#speakSoon();
  }

  /** What has the focus shows something else now (see `Rail`). */
  $announce(words: string): void {
    this.#say(words);
  }

  override _focus(): void {
    this.#focusMoved();
  }

  override _focusChange(): void {
    this.#focusMoved();
  }

  #focusMoved(): void {
    this.#speakSoon();
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      const focused = this.#focusPath[this.#focusPath.length - 1];
      if (focused instanceof Focusable && focused.lesson) App.deps.services.prepare(focused.lesson);
    }, restAfter * 1000);
  }

  /** Every key passes here first: it wakes the screen, and a repeat that is too fast is dropped. */
  override _captureKey(event: KeyboardEvent): boolean {
    const name = this.#nameOf(event);
    // Keys of the remote are the app's alone; others, such as a technician's F12, stay the browser's.
    if (name) event.preventDefault?.();
    App.deps.services.keyPressed();
    const asleep = part<ScreenSaver>(this, 'Saver').showing;
    this.#awake();
    if (asleep) return true;
    const { gate, pass } = passKey(this.#gate, name, momentOf(event));
    this.#gate = gate;
    if (!pass) return true;
    const digit = /^Digit([0-9])$/.exec(name);
    if (digit) {
      this.#page?.onDigit(Number(digit[1]));
      return true;
    }
    return false;
  }

  #nameOf(event: KeyboardEvent): KeyName | '' {
    return App.deps.keys[String(event.keyCode)] ?? '';
  }

  override _handleBack(): boolean {
    this.navigator.back();
    return true;
  }

  _handleHome(): boolean {
    this.navigator.open({ page: 'home' });
    return true;
  }

  _handleInfo(): boolean {
    this.navigator.open({ page: 'help' });
    return true;
  }

  /** The play key on a card does what OK does. */
  _handlePlayPause(): boolean {
    const path = this.application.focusPath ?? [];
    return [...path].reverse().some((component) => component._handleEnter?.(enterKey) === true);
  }

  _handlePlay(): boolean {
    return this._handlePlayPause();
  }

  /** A public room's TV clears itself, so that nobody finds what another looked at. */
  #clear(): void {
    App.deps.services.clearWatching();
    if (this.#trail.length > 1) this.navigator.open({ page: 'home' });
  }

  #awake(): void {
    part<ScreenSaver>(this, 'Saver').hide();
    clearTimeout(this.#saverTimer);
    this.#saverTimer = setTimeout(() => {
      if (this.#page?.busy) return this.#awake();
      if (App.deps.services.watching().place === 'room') this.#clear();
      part<ScreenSaver>(this, 'Saver').show();
    }, saverAfter * 1000);
  }
}

/**
 * When a key counts as pressed, monotonic seconds. A fresh press counts by its own time: two real presses
 * that a busy box handles together are still two. A held key's repeats, and what waited too long, count by
 * the moment they are handled: they are dropped, not queued.
 */
function momentOf({ repeat, timeStamp }: KeyboardEvent): number {
  const now = performance.now() / 1000;
  const pressed = timeStamp / 1000;
  const fresh = !repeat && pressed <= now && now - pressed < longestWait;
  return fresh ? pressed : now;
}

function announcementOf(component: Lightning.Component): string {
  return 'announcement' in component ? String(component.announcement) : '';
}
