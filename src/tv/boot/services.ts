import type { PolicyBook } from '../../domain/credit/policy.ts';
import { textIn } from '../../domain/catalogue/texts.ts';
import type { NetworkReport, Preferences, Services } from '../app/services.ts';
import type { LoadedCatalogue } from '../catalogue/load-catalogue.ts';
import type { KeptBinding } from '../identity/binding.ts';
import { localNote } from '../study/local-note.ts';
import type { EngineDeps } from '../player/choose-engine.ts';
import type { RemoteControl } from '../remote/remote-control.ts';
import type { Study } from '../study/study.ts';
import { progressGlance, watchingGlance } from '../study/progress-glance.ts';
import { writePreferences } from './preferences.ts';
import type { ServiceAddress } from './service-address.ts';

export interface ServicesDeps {
  service: ServiceAddress;
  loaded: LoadedCatalogue;
  preferences: Preferences;
  onPreferences: (before: Preferences, now: Preferences) => void;
  storage: Storage | undefined;
  video: HTMLVideoElement;
  version: string;
  box: EngineDeps['box'];
  onNews: EngineDeps['onNews'];
  onCtcPlayer: EngineDeps['onCtcPlayer'];
  remote: RemoteControl;
}

const study = () => import(/* webpackChunkName: "study" */ './study-runtime.ts');
const player = () => import(/* webpackChunkName: "player-runtime" */ './player-runtime.ts');

/** As the study code writes it. */
const bindingKey = 'field-classroom.binding';
const bandwidthKey = 'field-classroom.bandwidth';

/** Puts together what the pages live on. The heavy parts are fetched when first asked for, once. */
export function createServices(deps: ServicesDeps): Services & {
  /** Takes the catalogue that the network brought after the first screen. */
  renew(loaded: LoadedCatalogue): void;
  /** Fetches study and player ahead of need. */
  warmUp(): Promise<void>;
} {
  const { storage, version } = deps;
  let { loaded, preferences } = deps;
  let opening: Promise<Study> | undefined;
  let opened: Study | undefined;
  const glance = progressGlance(storage).read() ?? [];
  const address = deps.service.content;
  let runtime: Awaited<ReturnType<typeof player>> | undefined;
  const playerRuntime = async () => (runtime = await player());
  const speedNote = localNote<number>(storage, bandwidthKey);
  const bandwidth = {
    get: () => speedNote.read() ?? null,
    set: (bitsPerSecond: number) => speedNote.write(Math.round(bitsPerSecond)),
  };
  const engineDeps: EngineDeps = { ...deps, bandwidth };

  const openStudy = async (): Promise<Study> => {
    const [{ createStudy, browserBox }, policy] = await Promise.all([
      study(),
      openPolicy(address('policy.json'), storage),
    ]);
    opened = await createStudy({
      box: browserBox(),
      service: deps.service.base,
      policy,
      platform: `field-classroom-tv/${version}`,
    });
    return opened;
  };

  return {
    catalogue: () => loaded.catalogue,
    catalogueIsOld: () => loaded.old,
    catalogueProblems: () => loaded.problems.length,
    renew: (newer) => (loaded = newer),
    progress: (lessonId) =>
      opened ? opened.progress(lessonId) : glance.find((seen) => seen.lessonId === lessonId),
    recent: () => opened?.recent() ?? glance,
    watching: () => opened?.who.view() ?? watchingGlance(storage).read() ?? { place: 'unbound', people: [] },
    keyPressed: () => opened?.who.key(),
    clearWatching: () => opened?.who.guest(),
    inRoom: () =>
      (opened?.binding.state().kept ?? localNote<{ value?: KeptBinding }>(storage, bindingKey).read()?.value)
        ?.view?.state === 'room',
    study() {
      opening ??= openStudy().catch((reason: unknown) => {
        // The next call tries again: the network may be back.
        opening = undefined;
        throw reason;
      });
      return opening;
    },
    prepare(lessonId) {
      const hls = loaded.catalogue.lessons.get(lessonId)?.media.hls;
      const startAt = this.progress(lessonId)?.resumeAt ?? 0;
      if (hls) runtime?.prepare(engineDeps, { url: address(hls), kind: 'hls' }, startAt);
    },
    async playback(onWatch) {
      const { createOpenEngine, createPlayback } = await playerRuntime();
      return createPlayback({
        openEngine: createOpenEngine(engineDeps),
        now: () => performance.now() / 1000,
        onWatch,
        page: document,
      });
    },
    async captions(path) {
      return (await playerRuntime()).fetchCaptions(address(path));
    },
    preferences: () => preferences,
    setPreferences(change) {
      const before = preferences;
      preferences = { ...preferences, ...change };
      writePreferences(storage, preferences);
      deps.onPreferences(before, preferences);
    },
    address,
    text: (text) => textIn(text, preferences.language),
    now: () => opened?.clock().now ?? new Date(),
    checkNetwork: () => checkNetwork(deps.service),
    version,
    remote: deps.remote,
    async warmUp() {
      const { preloadEngine } = await playerRuntime();
      await Promise.all([preloadEngine(deps.box?.player ?? 'auto'), this.study()]);
    },
  };
}

const policyKey = 'field-classroom.policy';

/**
 * The county's credit rules: those kept from the last start at once, with the county's own following in the
 * background for the next question; without any, the viewing waits for them. Rejects when there are none.
 */
async function openPolicy(url: string, storage: Storage | undefined): Promise<() => PolicyBook> {
  const note = localNote<PolicyBook>(storage, policyKey);
  const fetched = async (): Promise<PolicyBook> => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`policy.json: HTTP ${response.status}`);
    const policy = (await response.json()) as PolicyBook;
    note.write(policy);
    return policy;
  };
  const kept = note.read();
  let policy = kept ?? (await fetched());
  if (kept)
    fetched().then(
      (fresh) => (policy = fresh),
      () => undefined,
    );
  return () => policy;
}

/** Asks the service for the time and fetches the catalogue anew, and says how that went. */
async function checkNetwork({ base, content }: ServiceAddress): Promise<NetworkReport> {
  try {
    const begun = performance.now();
    const time = await fetch(`${base}/api/v1/time`, { cache: 'no-store' });
    const delayMs = Math.round(performance.now() - begun);
    if (!time.ok) return { service: false, delayMs: undefined, kbps: undefined };
    const from = performance.now();
    const body = await (await fetch(content('catalogue.json'), { cache: 'no-store' })).arrayBuffer();
    const seconds = (performance.now() - from) / 1000;
    return { service: true, delayMs, kbps: Math.round((body.byteLength * 8) / 1000 / seconds) };
  } catch {
    return { service: false, delayMs: undefined, kbps: undefined };
  }
}
