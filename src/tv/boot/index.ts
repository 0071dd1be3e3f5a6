import { Launch, type Lightning } from '@lightningjs/sdk';
import { boxSettings, type BoxSettings } from '../../domain/remote/box-settings.ts';
import type { KeyProfile } from '../../domain/remote/key-profile.ts';
import { takeStranger } from '../../domain/remote/stranger-keys.ts';
import { afterFrame, createAnnouncer } from '../app/announcer.ts';
import { App } from '../app/App.ts';
import type { Services } from '../app/services.ts';
import { preloadPages } from '../app/pages.ts';
import { loadCatalogue, type LoadedCatalogue } from '../catalogue/load-catalogue.ts';
import { setLanguage, t } from '../locales/i18n.ts';
import type { CtcMediaPlayer } from '../player/engines/ctc-world.ts';
import { vendorPlayerOf } from '../player/vendor-player.ts';
import { askedBox, detectBox } from '../remote/detect-box.ts';
import { installKeyBridge, lightningKeys, type KeyBridge } from '../remote/key-bridge.ts';
import { createRemoteControl, withTaught } from '../remote/remote-control.ts';
import { localNote } from '../study/local-note.ts';
import { setTheme } from '../ui/theme.ts';
import { bootScreen } from './boot-screen.ts';
import { leaveApp } from './exit.ts';
import { loadFallbackFont } from './fonts.ts';
import { drawOnChange } from './idle-loop.ts';
import { openGraphics, type Graphics } from './graphics.ts';
import { installLineBreaking } from './line-breaking.ts';
import { keepPlace, takePlace } from './place.ts';
import { readPreferences } from './preferences.ts';
import { serviceAddress, type ServiceAddress } from './service-address.ts';
import { createServices } from './services.ts';
import { loadSettings, serviceIn, type SettingsFile } from './settings.ts';
import { fitViewport } from './viewport.ts';

declare const APP_VERSION: string;

/** While a kept copy is at hand, the network has this long, in milliseconds. */
const cataloguePatienceMs = 2000;
const catalogueKey = 'field-classroom.catalogue';
const taughtKey = 'field-classroom.taught-keys';

const element = (id: string): HTMLElement => document.getElementById(id)!;
const announcer = createAnnouncer(element('announcer'), afterFrame);
const screen = bootScreen(element('boot'), (words) => announcer.say(words));

async function start(): Promise<void> {
  const storage = storageIfAny('localStorage');
  const preferences = readPreferences(storage);
  const reading = loadSettings();
  const locating = reading.then(({ settings }) => serviceAddress(serviceIn(settings.device), location.href));
  const coming = Promise.all([
    reading,
    locating,
    openCatalogue(storage, locating),
    setLanguage(preferences.language),
    loadFallbackFont(),
  ]);
  // Once the catalogue is on its way: it takes the graphics chip a while to start, and nothing else goes on then.
  await locating.catch(() => undefined);
  const view = fitViewport({ w: window.innerWidth, h: window.innerHeight });
  const graphics = openGraphics(view, { document, location, storage, restart });
  const [{ settings, problems }, service, loaded] = await coming;
  const box = boxSettings(settings.device, askedBox(location.search), detectBox(window));
  const reducedMotion = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  // Without a graphics chip every step of a movement costs a whole picture.
  setTheme({ reducedMotion: reducedMotion || !box.needAnimate || 'canvas2d' in graphics });
  installLineBreaking();
  const taught = localNote<KeyProfile>(storage, taughtKey);
  const all = withTaught(box.keys, taught.read() ?? {});
  const keys = lightningKeys(all.keys);
  // Before Lightning listens: the bridge must hear every key first.
  const bridge = installKeyBridge(window, all.keys, keys);
  for (const problem of [...problems, ...box.problems]) warn(`settings.json: ${problem}`);
  for (const problem of all.problems) warn(problem);
  let ctcPlayer: CtcMediaPlayer | undefined;
  const services = createServices({
    service,
    box,
    onCtcPlayer: (player) => (ctcPlayer = player),
    onNews: (listener) => bridge.onPlayerNews(listener),
    remote: createRemoteControl(box, taught, bridge),
    loaded,
    preferences,
    storage,
    video: document.querySelector('video')!,
    version: APP_VERSION,
    onPreferences(before, now) {
      // Every word on the screen changes: the page is built anew.
      if (before.language !== now.language) void setLanguage(now.language).then(() => app().reopen());
    },
  });
  warnOf(loaded);
  void loaded.newer.then((newer) => {
    if (!newer) return;
    services.renew(newer);
    warnOf(newer);
  });
  App.deps = {
    services,
    announcer,
    keys,
    trail: takePlace(storageIfAny('sessionStorage'), location.hash),
    exit: () => leaveApp(window),
    onReady: once(() => {
      screen.hide();
      helpStrangers(bridge, () => app().teachKeys());
      if (turnsVolume(box)) void volumeKeys(app(), bridge, () => ctcPlayer);
      whenResting(() => {
        document.body.classList.add('rested');
        void preloadPages();
        void services.warmUp().catch(() => undefined);
        void checkSettings(settings);
      });
      if (services.inRoom()) void backToEvening(services, () => app());
    }),
  };
  const app = launch(settings, keys, view, graphics);
  running = app;
}

/** The app, once it is launched. */
let running: (() => App) | undefined;

/** Starts again where the viewer is; before there is a page, the address is all there is to be kept. */
function restart(): void {
  const trail = running?.().trail ?? [];
  if (trail.length > 0) keepPlace(storageIfAny('sessionStorage'), trail);
  location.reload();
}

/** Whoever presses one key after the other without any effect is asked which key is which. */
function helpStrangers(bridge: KeyBridge, help: () => void): void {
  let strangers: readonly string[] = [];
  bridge.onKey(({ code, meaning, second, repeat }) => {
    if (second || repeat) return false;
    const taken = takeStranger(strangers, code, meaning);
    strangers = taken.strangers;
    if (taken.lost) help();
    return false;
  });
}

/** On an IPTV box the page has to turn the volume, unless its settings say that the box does. */
function turnsVolume({ player, ctc }: BoxSettings): boolean {
  return vendorPlayerOf(window, player) === 'ctc' && ctc.volume !== false;
}

async function volumeKeys(
  app: App,
  bridge: KeyBridge,
  playing: () => CtcMediaPlayer | undefined,
): Promise<void> {
  const loaded = import(/* webpackChunkName: "volume" */ './volume-runtime.ts');
  const volume = await loaded.catch(() => undefined);
  if (volume) volume.installVolumeKeys(window, app, bridge, playing);
  else warn('The volume keys could not be loaded');
}

/** An evening that a power cut has interrupted goes on at once, and needs nobody to look for it. */
async function backToEvening(services: Services, app: () => App): Promise<void> {
  const study = await services.study().catch(() => undefined);
  if (study?.groups.evening()) app().openFromHome({ page: 'together' }, t('together.resumed'));
}

/** @returns the app component, once it is attached. */
function launch(
  settings: SettingsFile,
  keys: Record<string, string>,
  view: ReturnType<typeof fitViewport>,
  graphics: Graphics,
): () => App {
  const { w, h, precision } = view;
  const { stage: asked } = settings.appSettings;
  // The same pictures are so many more pixels on a finer screen.
  const memoryPressure = asked.memoryPressure * precision ** 2;
  const options = {
    ...settings.appSettings,
    keys,
    stage: { ...asked, memoryPressure, w, h, precision, ...graphics },
  };
  const platform = { ...settings.platformSettings, onClose: () => leaveApp(window) };
  const application = Launch(App, options as never, platform, undefined);
  const { stage } = application as unknown as { stage: Lightning.Stage };
  const wake = drawOnChange(stage);
  const canvas = stage.getCanvas();
  for (const picture of [canvas, document.querySelector('video')!])
    Object.assign(picture.style, {
      left: `${view.left}px`,
      top: `${view.top}px`,
      width: `${view.cssW}px`,
      height: `${view.cssH}px`,
    });
  window.addEventListener('resize', once(restart));
  document.addEventListener('visibilitychange', wake);
  document.body.appendChild(canvas);
  return () => stage.application.childList.first as unknown as App;
}

/** For the technician: the boot itself passes over what has a mistake. */
async function checkSettings({ device }: SettingsFile): Promise<void> {
  const loaded = import(/* webpackChunkName: "check-device" */ '../../domain/remote/check-device.ts');
  const check = await loaded.catch(() => undefined);
  for (const problem of check?.checkDevice(device) ?? []) warn(`settings.json: ${problem}`);
}

function openCatalogue(
  storage: Storage | undefined,
  service: Promise<ServiceAddress>,
): ReturnType<typeof loadCatalogue> {
  return loadCatalogue({
    fetchText: async () => {
      const response = await fetch((await service).content('catalogue.json'));
      if (!response.ok) throw new Error(`catalogue: HTTP ${response.status}`);
      return response.text();
    },
    store: {
      read: () => storage?.getItem(catalogueKey) ?? undefined,
      write: (text) => storage?.setItem(catalogueKey, text),
    },
    patience: () => new Promise((resolve) => setTimeout(resolve, cataloguePatienceMs)),
  });
}

/** For the technician; the viewer reads in Settings how many files were left out. */
function warnOf({ problems }: LoadedCatalogue): void {
  for (const { file, field, message } of problems) warn(`Left out: ${file} ${field} ${message}`);
}

function warn(words: string): void {
  // eslint-disable-next-line no-console -- where a technician looks on any box
  console.warn(words);
}

/** Reading the property alone throws where storage is switched off. */
function storageIfAny(name: 'localStorage' | 'sessionStorage'): Storage | undefined {
  try {
    return window[name];
  } catch {
    return undefined;
  }
}

/** Later, when nothing else is to be done: the first keys and the posters go before. */
function whenResting(work: () => void): void {
  setTimeout(() => {
    if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 3000 });
    else work();
  }, 1000);
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}

start().catch((reason: unknown) => {
  const known = t('error.noCatalogue.title');
  screen.fail(
    known,
    t('error.noCatalogue.words'),
    t('error.code', { code: `B-START ${reason instanceof Error ? reason.message : ''}` }),
  );
});
