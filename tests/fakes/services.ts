import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildCatalogue } from '../../src/domain/catalogue/build-catalogue.ts';
import { textIn } from '../../src/domain/catalogue/texts.ts';
import type { Catalogue } from '../../src/domain/catalogue/types.ts';
import type { LedgerEntry, LessonStudy, StudyYear } from '../../src/domain/credit/study-year.ts';
import type { NetworkReport, Preferences, Services } from '../../src/tv/app/services.ts';
import { newBinding, type BindingState } from '../../src/tv/identity/binding.ts';
import { idlePlayback, type PlaybackState } from '../../src/tv/player/playback.ts';
import type { Playback } from '../../src/tv/player/playback-shell.ts';
import { fakeRemote, type FakeRemote } from './remote.ts';
import { fakeGroups, type FakeGroups } from './groups.ts';
import type { WatchingView } from '../../src/tv/identity/watching.ts';
import type { PinAnswer } from '../../src/tv/identity/who.ts';
import type { LessonProgress, RecordLink, Study, Waiting, WhyView } from '../../src/tv/study/study.ts';

// jsdom brings a URL of its own, with which `import.meta.url` cannot be resolved.
const manifests = join(import.meta.dirname, '../../media-manifests');

/** The sample county as the app gets it. */
export function sampleCatalogue(): Catalogue {
  const files = ['county.json'];
  for (const folder of ['playlists', 'lessons', 'farm-talk'])
    for (const name of readdirSync(`${manifests}/${folder}`)) files.push(`${folder}/${name}`);
  const read = (file: string): unknown => JSON.parse(readFileSync(`${manifests}/${file}`, 'utf8'));
  return buildCatalogue(files.map((file) => ({ file, json: read(file) }))).catalogue!;
}

/** How a lesson stands after some of it was watched. */
export function begun(lessonId: string, more: Partial<LessonProgress> = {}): LessonProgress {
  return { lessonId, length: 100, resumeAt: 40, coverage: 0.45, completed: false, lastAt: 1, ...more };
}

export function lessonStudyOf(lessonId: string, more: Partial<LessonStudy> = {}): LessonStudy {
  return {
    lessonId,
    registration: `registration-${lessonId}`,
    mode: 'individual',
    length: 100,
    threshold: 0.8,
    playedSeconds: 90,
    coverage: 0.9,
    segments: '0[.]90',
    status: 'credited',
    reasons: [],
    lastAt: '2026-11-15T04:00:00.000Z',
    ...more,
  };
}

export function ledgerEntryOf(lessonId: string, hours: number): LedgerEntry {
  return {
    id: `entry-${lessonId}`,
    registration: `registration-${lessonId}`,
    person: 'v-test',
    lessonId,
    kind: 'farming',
    mode: 'individual',
    playedSeconds: 90,
    creditedSeconds: 90,
    hours,
    at: '2026-11-15T04:00:00.000Z',
    rules: [],
    evidence: 'A',
    statementId: null,
    policyFrom: '2026-01-01',
    corrects: null,
  };
}

function studyYearOf(lessons: LessonStudy[], entries: LedgerEntry[]): StudyYear {
  const hours = entries.reduce((sum, entry) => sum + entry.hours, 0);
  const total = { seconds: hours * 2700, hours };
  return {
    person: 'v-test',
    year: 2026,
    role: 'villager',
    target: null,
    total,
    duty: { seconds: 0, hours: 0 },
    months: Array.from({ length: 12 }, (_, index) => ({ month: index + 1, seconds: 0, hours: 0 })),
    entries,
    lessons,
  };
}

export interface FakeWorld {
  catalogue: Catalogue;
  catalogueIsOld: boolean;
  catalogueProblems: number;
  /** Newest first. */
  watched: LessonProgress[];
  preferences: Preferences;
  now: Date;
  network: NetworkReport;
  /** The study code cannot be had, or never comes. */
  study: 'there' | 'lost' | 'pending';
  waiting: Waiting;
  binding: BindingState;
  lessons: LessonStudy[];
  entries: LedgerEntry[];
  /** Lessons that stand by this box's word only. */
  provisional: string[];
  /** The service answered just now. */
  fresh: boolean;
  watching: WatchingView;
  role: string;
  target: number | null;
  pin: (pin: string) => PinAnswer;
  why: WhyView | undefined;
  recordLink: RecordLink | undefined;
  onPreferences: (now: Preferences) => void;
  /** What the service answers to a bound box. */
  ask: Study['binding']['ask'];
}

export interface FakeServices {
  /** The evening of an activity room: a real desk on a fake box. */
  groups: FakeGroups;
  services: Services;
  /** Change it as the test goes on. */
  world: FakeWorld;
  /** Addresses that were given to a player. */
  played: string[];
  /** What was asked of the binding, in order. */
  bindingCalls: string[];
  /** What was asked of who is watching, in order. */
  whoCalls: string[];
  /** How often the study records were sent by hand. */
  retries: () => number;
  /** Tells the pages that something about study has changed. */
  studyChanged(): void;
  /** A real remote control on a bridge of the test's own. */
  remote: FakeRemote;
}

/** Services with no network, storage or video behind them; the sample county unless told otherwise. */
export function fakeServices(change: Partial<FakeWorld> = {}): FakeServices {
  const world: FakeWorld = {
    catalogue: sampleCatalogue(),
    catalogueIsOld: false,
    catalogueProblems: 0,
    watched: [],
    preferences: { language: 'zh-CN', captions: true, captionSize: 'medium', elder: false },
    now: new Date(2026, 10, 15, 19, 6),
    network: { service: true, delayMs: 12, kbps: 4000 },
    study: 'there',
    waiting: { count: 0, saved: true, quarantined: 0 },
    binding: newBinding,
    lessons: [],
    entries: [],
    provisional: [],
    fresh: true,
    watching: { place: 'unbound', people: [] },
    role: 'villager',
    target: null,
    pin: () => ({ type: 'offline' }),
    why: undefined,
    recordLink: undefined,
    onPreferences: () => undefined,
    ask: () => Promise.reject(new Error('unbound')),
    ...change,
  };
  const played: string[] = [];
  const listeners = new Set<() => void>();
  const bindingCalls: string[] = [];
  const whoCalls: string[] = [];
  let retries = 0;

  const changed = (): void => [...listeners].forEach((listener) => listener());
  const groups = fakeGroups((call) => world.ask(call), changed);

  const progress = (lessonId: string): LessonProgress | undefined =>
    world.watched.find((seen) => seen.lessonId === lessonId);
  const year = () => ({
    study: {
      ...studyYearOf(world.lessons, world.entries),
      role: world.role,
      target: world.target === null ? null : { hours: world.target },
    },
    fresh: world.fresh,
    provisional: world.provisional,
  });
  const pick = (call: string, watches: (one: WatchingView['people'][number]) => boolean): void => {
    whoCalls.push(call);
    world.watching = {
      ...world.watching,
      people: world.watching.people.map((one) => ({ ...one, watching: watches(one) })),
    };
    listeners.forEach((listener) => listener());
  };
  const study: Study = {
    begin: ({ lesson }) => ({
      event: () => undefined,
      finish: () => Promise.resolve(),
      progress: () => progress(lesson.id) ?? begun(lesson.id, { resumeAt: 0, coverage: 0 }),
    }),
    progress,
    recent: () => world.watched,
    waiting: () => world.waiting,
    quarantine: () => [],
    retryNow: () => retries++,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    yearSoFar: () => year(),
    year: () => Promise.resolve(year()),
    why: () => Promise.resolve(world.why),
    recordLink: () => Promise.resolve(world.recordLink),
    who: {
      view: () => world.watching,
      viewers: () =>
        world.watching.people
          .filter(({ watching }) => watching)
          .map(({ person }) => ({ person, verified: false })),
      switchTo: (person) => pick(`switch ${person}`, (one) => one.person === person),
      join: (person) => pick(`join ${person}`, (one) => one.watching || one.person === person),
      leave: (person) => pick(`leave ${person}`, (one) => one.watching && one.person !== person),
      guest: () => pick('guest', () => false),
      checkPin(person, pin) {
        whoCalls.push(`pin ${person}`);
        const answer = world.pin(pin);
        if (answer.type === 'right')
          world.watching = {
            ...world.watching,
            people: world.watching.people.map((one) =>
              one.person === person ? { ...one, name: answer.name, open: true, watching: true } : one,
            ),
          };
        return Promise.resolve(answer);
      },
      key: () => undefined,
      look: () => undefined,
      placed: () => undefined,
    },
    presence: () => ({ afterMinutes: [10, 15], answerSeconds: 60 }),
    identity: () => ({ person: 'v-test', boxId: 'b-test' }),
    binding: {
      state: () => world.binding,
      showCode: () => void bindingCalls.push('show code'),
      useCard: (digits) => void bindingCalls.push(`card ${digits}`),
      cancel: () => void bindingCalls.push('cancel'),
      look: () => undefined,
      unbind: () => Promise.resolve(bindingCalls.push('unbind') > 0),
      ask: (call) => world.ask(call),
    },
    groups: groups.desk,
    clock: () => ({ now: world.now, quality: 'synced' }),
  };

  const remote = fakeRemote();
  const services: Services = {
    catalogue: () => world.catalogue,
    catalogueIsOld: () => world.catalogueIsOld,
    catalogueProblems: () => world.catalogueProblems,
    progress,
    recent: () => world.watched,
    watching: () => world.watching,
    keyPressed: () => undefined,
    clearWatching: () => pick('guest', () => false),
    inRoom: () => world.binding.kept.view?.state === 'room',
    study() {
      if (world.study === 'lost') return Promise.reject(new Error('no study code'));
      return world.study === 'there' ? Promise.resolve(study) : new Promise(() => undefined);
    },
    prepare: () => undefined,
    playback: () => Promise.resolve(fakePlayback((url) => played.push(url))),
    captions: () => Promise.resolve([]),
    preferences: () => world.preferences,
    setPreferences(some) {
      world.preferences = { ...world.preferences, ...some };
      world.onPreferences(world.preferences);
    },
    address: (path) => `http://box.test/catalogue/${path}`,
    text: (text) => textIn(text, world.preferences.language),
    now: () => world.now,
    checkNetwork: () => Promise.resolve(world.network),
    version: '0.0.0',
    remote: remote.control,
  };
  return {
    services,
    world,
    played,
    bindingCalls,
    whoCalls,
    retries: () => retries,
    studyChanged: changed,
    groups,
    remote,
  };
}

/** A player that plays at once and stands where it is. */
function fakePlayback(onLoad: (url: string) => void): Playback {
  let state: PlaybackState = idlePlayback.view;
  const listeners = new Set<(now: PlaybackState) => void>();
  const become = (change: Partial<PlaybackState>): void => {
    state = { ...state, ...change };
    listeners.forEach((listener) => listener(state));
  };
  const ignore = (): void => undefined;
  return {
    state: () => state,
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load({ url }) {
      onLoad(url);
      become({ phase: 'loading' });
      become({ phase: 'playing', duration: 100 });
    },
    play: () => become({ phase: 'playing' }),
    pause: () => become({ phase: 'paused' }),
    toggle: () => become({ phase: state.phase === 'paused' ? 'playing' : 'paused' }),
    seekBy: ignore,
    commitSeek: ignore,
    seekTo: (position) => become({ position }),
    sayAgain: ignore,
    setRate: (rate) => become({ rate }),
    selectSubtitles: ignore,
    setRect: ignore,
    retry: ignore,
    stop: ignore,
    destroy: ignore,
  };
}
