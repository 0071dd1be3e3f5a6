import type { County, Lesson, LocalText } from '../../domain/catalogue/types.ts';
import { localDate, localYear } from '../../domain/credit/local-date.ts';
import { guestAfterMinutes, maxRate, policyOn, type PolicyBook } from '../../domain/credit/policy.ts';
import { studyYear, type StudyYear } from '../../domain/credit/study-year.ts';
import { defaultHomePage } from '../../domain/statements/iris.ts';
import type { PresenceRule } from '../../domain/watching/presence.ts';
import type { LanguageMap } from '../../domain/statements/statement.ts';
import type { KeptBinding } from '../identity/binding.ts';
import { createGroupDesk, GROUP_FACT, type GroupDesk } from '../groups/group-desk.ts';
import { proofOf, watchingView, type KeptWatching } from '../identity/watching.ts';
import { createWho, type Who } from '../identity/who.ts';
import { createBoundBox, type BoundBox } from '../identity/bound-box.ts';
import { loadIdentity, type IdentityPlace } from '../identity/box-identity.ts';
import type { Box } from './box.ts';
import { createClock } from './clock.ts';
import { closingNote } from './closing-note.ts';
import { createHistories, type LessonHistory, type LessonProgress } from './history.ts';
import { createHttp } from './http.ts';
import { localNote } from './local-note.ts';
import { isCredited, mergeYear } from './merge-year.ts';
import { closeLeftOpen, type OpenSession } from './open-session.ts';
import { GLANCE_LESSONS, progressGlance, watchingGlance } from './progress-glance.ts';
import { createRecorder, type Recorder, type Seat, type SharedRecorder } from './recorder.ts';
import type { OutboxRow, Refusal } from './rows.ts';
import { createSender } from './sender.ts';
import { createSafeStore, type Change, type Kept } from './store.ts';

export type { LessonProgress } from './history.ts';
export type { Recorder } from './recorder.ts';

/** Counting what was watched, telling the service, and what has come of it. */
export interface Study {
  /** A viewing of the lesson by those who watch; one that is still open ends with it. */
  begin(viewing: {
    lesson: Lesson;
    playlist?: { id: string; title: LocalText };
    county: County;
    /** Who watches has begun to study on another box: this viewing counts no more. */
    onSuperseded?: () => void;
    /** One of several has; the viewing goes on for the others. */
    onViewerElsewhere?: (name: string) => void;
  }): Recorder;
  /** `undefined` when the lesson was never watched on this box. */
  progress(lessonId: string): LessonProgress | undefined;
  /** Newest first. */
  recent(): LessonProgress[];
  waiting(): Waiting;
  /** What the service would not take, for a technician. */
  quarantine(): Quarantined[];
  /** Sends what waits, now, and what was refused once more. */
  retryNow(): void;
  /** Tells of every change in what the calls above answer. @returns ends it */
  onChange(listener: () => void): () => void;
  /**
   * A person's year at once: the service's last known answer, with what it has not heard of yet.
   *
   * @param person of the home; nothing for the box's default viewer
   */
  yearSoFar(year: number, person?: string): YearView;
  /** The same with the service's answer of now; waits for it, but not for longer than a call may take. */
  year(year: number, person?: string): Promise<YearView>;
  /** Each rule of a lesson in the service's words. `undefined` where it cannot be asked or knows nothing. */
  why(registration: string, language: string, person?: string): Promise<WhyView | undefined>;
  /** A link to a person's own record, for a QR; it ends. `undefined` where none can be had. */
  recordLink(person?: string): Promise<RecordLink | undefined>;
  /** How a lone viewer of duty content is asked whether somebody is there, by the policy of today. */
  presence(): PresenceRule;
  /** The opaque account of this home, and the box, for the technician's page. */
  identity(): { person: string; boxId: string };
  /** The home or room that the box is bound to, and how it gets there. */
  binding: BoundBox;
  /** The evening of an activity room. */
  groups: GroupDesk;
  /** Who is watching. */
  who: Who;
  /** The server's time as well as it is known; `unknown` means that the box's clock is not set. */
  clock(): { now: Date; quality: 'unknown' | 'estimated' | 'synced' };
}

export interface Waiting {
  /** Study records that the service has not confirmed yet. */
  count: number;
  /** False while something is only in memory: a power cut would lose it. */
  saved: boolean;
  quarantined: number;
}

export interface Quarantined extends Refusal {
  id: string;
  lessonId: string;
  /** The statement's verb, `checkpoint`, or what was told of a group session. */
  what: string;
}

export interface YearView {
  study: StudyYear;
  /** The service has answered just now; else its last answer, or none, is underneath. */
  fresh: boolean;
  /** Lessons that stand by this box's word only, until the service has been told. */
  provisional: string[];
}

/** Why a lesson counts or does not, in words. */
export interface WhyView {
  summary: string;
  /** What stands against it first. */
  reasons: readonly { rule: string; passed: boolean; text: string; next?: string }[];
}

export interface RecordLink {
  url: string;
  /** Seconds. */
  expiresIn: number;
}

export interface StudyDeps {
  box: Box;
  /** Address of the study-credit service without a slash at the end; empty for the page's own origin. */
  service: string;
  /** The county's policy as it is known now. */
  policy: () => PolicyBook;
  /** Name and version of the program, for the statements. */
  platform: string;
}

/** Language of a text that has only one; lessons are spoken in it. */
const SPOKEN = 'zh-CN';

/**
 * Opens what the box has kept, ends viewings that a power cut interrupted where they were last kept, and
 * starts sending. Never rejects: where nothing can be kept, {@link Waiting.saved} says so.
 */
export async function createStudy({ box, service, policy, platform }: StudyDeps): Promise<Study> {
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const store = createSafeStore(box.openStore, changed);
  const [kept, open, found] = await Promise.all([
    store.read<KeptFact>('kept'),
    store.read<OpenSession>('sessions'),
    store.read<LessonHistory>('history'),
  ]);
  const facts = new Map(kept.map(({ id, value }) => [id, value]));
  const keepFact = (id: string, value: unknown): Promise<void> => {
    facts.set(id, value);
    return store.write([{ table: 'kept', put: { id, value } as Kept }]);
  };
  const timeZone = (): string => policy().timeZone;

  const note = localNote<unknown>(box.local, 'field-classroom.identity');
  const places: IdentityPlace[] = [
    { read: () => Promise.resolve(facts.get('identity')), write: (value) => keepFact('identity', value) },
    {
      read: () => Promise.resolve(note.read()),
      write: (value) => {
        note.write(value);
        return Promise.resolve();
      },
    },
  ];
  const identity = await loadIdentity({ places, uuid: box.uuid, randomBytes: box.randomBytes });

  const bindingNote = localNote<Numbered<KeptBinding>>(box.local, 'field-classroom.binding');
  const keptBinding = [facts.get('binding'), bindingNote.read()]
    .filter(isNumbered<KeptBinding>)
    .sort((a, b) => b.n - a.n)[0];
  let bindingNumber = keptBinding?.n ?? 0;

  const lastContact = facts.get('contact');
  const clock = createClock({
    bootId: box.uuid(),
    mono: box.mono,
    boxNow: box.now,
    lastContact: typeof lastContact === 'number' ? lastContact : undefined,
    onSynced(serverMs) {
      void keepFact('contact', serverMs);
      sender.dated(serverMs);
    },
  });
  // The header has whole seconds: on average half a second has passed since.
  const http = createHttp(box, service, (date) => {
    clock.contact(date + 500, 1000);
  });
  /** What to do when one who watches has begun to study elsewhere. */
  let elsewhere: (sessionId: string) => void = () => undefined;
  const locks = await usable(box.locks);
  const sender = createSender({
    box: { ...box, locks },
    clock,
    store,
    http,
    timeZone,
    identity,
    onChange: changed,
    onSuperseded: (sessionId) => elsewhere(sessionId),
    bound: () => boundBox,
  });

  /** The box may stand elsewhere now. */
  let onPlaced = (): void => undefined;
  const boundBox = createBoundBox({
    identity,
    http,
    later: box.later,
    random: box.random,
    found: keptBinding?.value,
    async keep(value) {
      const numbered = { n: ++bindingNumber, value };
      bindingNote.write(numbered);
      await keepFact('binding', numbered);
    },
    onChange() {
      onPlaced();
      changed();
    },
  });

  const watchingNote = watchingGlance(box.local);
  const noteWatching = (): void =>
    watchingNote.write(
      watchingView(boundBox.state().kept.view, { viewers: who.viewers(), at: 0 }, new Map()),
    );
  const who: Who = createWho({
    box: boundBox,
    found: facts.get('watching') as KeptWatching | undefined,
    keep: (value) => void keepFact('watching', value),
    now: () => clock.guess().ms,
    idleMs: () => guestAfterMinutes(policy(), localDate(clock.guess().ms, timeZone())) * 60_000,
    onChange() {
      current?.watchedBy(seats());
      noteWatching();
      changed();
    },
  });

  const ended = await endedSessions(locks, clock.bootId, open);
  const closing = closingNote(box.local);
  const missed = closing.read().filter(({ session }) => ended.some(({ id }) => id === session.id));
  const leftOpen = ended.map(
    (session) => missed.find((noted) => noted.session.id === session.id)?.session ?? session,
  );
  const histories = createHistories(found);
  for (const { history } of missed) histories.put(history);
  const glance = progressGlance(box.local);
  await sender.start(
    leftOpen.reduce<OutboxRow[]>(
      (rows, session) => [...rows, ...closeLeftOpen(session).map((row) => ({ ...row, order: 0 }))],
      [],
    ),
    [
      ...leftOpen.map(({ id }): Change => ({ table: 'sessions', delete: id })),
      ...missed.map(({ history }): Change => ({ table: 'history', put: history })),
    ],
  );
  // Without any idea of the time a viewing would be put down to the wrong year.
  if (clock.guess().clock === 'unknown') sender.learnTime().catch(() => undefined);

  const groups = createGroupDesk({
    box,
    clock,
    sender,
    binding: boundBox,
    threshold: () => policyOn(policy(), localDate(clock.guess().ms, timeZone())).threshold,
    found: facts.get(GROUP_FACT),
    keep: (value) => ({ table: 'kept', put: { id: GROUP_FACT, value } as Kept }),
    store,
    onChange: changed,
  });

  let current: SharedRecorder | undefined;
  onPlaced = () => {
    who.placed();
    noteWatching();
  };
  who.look();
  onPlaced();

  /** Those who watch, or the box's default viewer: a guest. */
  function seats(): Seat[] {
    const viewers = who.viewers();
    if (viewers.length === 0) return [{ account: { person: identity.person } }];
    return viewers.map((viewer) => ({
      account: { person: viewer.person, viewer: proofOf(viewer) },
      person: viewer.person,
    }));
  }

  const people = (): string[] => who.viewers().map(({ person }) => person);
  const lastAnswer = (person: string, year: number): string => `year:${person}:${year}`;

  function yearSoFar(year: number, whose?: string, fresh = false): YearView {
    const person = whose ?? identity.person;
    const service =
      (facts.get(lastAnswer(person, year)) as StudyYear | undefined) ??
      studyYear({ person, year, role: roleOf(whose) }, [], [], policy());
    return { ...mergeYear(service, histories.inPeriod(String(year), whose), policy()), fresh };
  }

  /** As the home's list has it, until the service has told the person's year. */
  function roleOf(person: string | undefined): string {
    return who.view().people.find((one) => one.person === person)?.role ?? 'villager';
  }

  async function year(year: number, whose?: string): Promise<YearView> {
    const person = whose ?? identity.person;
    try {
      const path = `/api/v1/people/${encodeURIComponent(person)}/study?year=${year}`;
      const { status, json } = await sender.ask({ method: 'GET', path });
      if (status !== 200 || (json as { person?: unknown } | undefined)?.person !== person)
        return yearSoFar(year, whose);
      await keepFact(lastAnswer(person, year), json);
      await dropCredited(json as StudyYear, year, whose);
      return yearSoFar(year, whose, true);
    } catch {
      return yearSoFar(year, whose);
    }
  }

  /** The ledger has it: the box's own proof has done its work. */
  async function dropCredited(fresh: StudyYear, wanted: number, whose: string | undefined): Promise<void> {
    const done = histories
      .inPeriod(String(wanted), whose)
      .filter((history) => history.sessions.length > 0 && isCredited(fresh, history))
      .map((history): LessonHistory => ({ ...history, sessions: [] }));
    for (const history of done) histories.put(history);
    if (done.length > 0) await store.write(done.map((history) => ({ table: 'history', put: history })));
  }

  return {
    begin({ lesson, playlist, county, onSuperseded, onViewerElsewhere }) {
      void current?.finish();
      who.look();
      const { ms } = clock.guess();
      const rules = policyOn(policy(), localDate(ms, timeZone()));
      const { id: lessonId, kind, length } = lesson;
      const recorder = createRecorder(
        {
          clock,
          sender,
          histories,
          closing,
          uuid: box.uuid,
          onKept() {
            glance.write(histories.recent(people()).slice(0, GLANCE_LESSONS));
            changed();
          },
        },
        {
          facts: {
            homePage: county.homePage ?? defaultHomePage,
            boxId: identity.boxId,
            lessonId,
            lessonName: languageMap(lesson.title),
            ...(playlist ? { playlist: { id: playlist.id, name: languageMap(playlist.title) } } : {}),
            length,
            threshold: lesson.threshold ?? rules.threshold,
            platform,
            language: SPOKEN,
          },
          lesson: {
            lessonId,
            kind,
            length,
            ...(lesson.threshold === undefined ? {} : { threshold: lesson.threshold }),
          },
          period: String(localYear(ms, timeZone())),
          maxRate: maxRate(rules, kind),
        },
        seats(),
      );
      elsewhere = (sessionId) => {
        const gone = recorder.viewerOf(sessionId);
        if (!gone) return;
        if (recorder.seats.length === 1 || gone.person === undefined) return onSuperseded?.();
        const name = who.view().people.find(({ person }) => person === gone.person)?.name ?? '';
        who.leave(gone.person);
        onViewerElsewhere?.(name);
      };
      current = recorder;
      return recorder;
    },
    progress: (lessonId) => histories.progress(lessonId, people()),
    recent: () => histories.recent(people()),
    waiting: () => ({
      count: sender.waiting().filter(({ kind }) => kind !== 'checkpoint').length,
      saved: store.saved(),
      quarantined: sender.refused().length,
    }),
    quarantine: () => sender.refused().map(quarantined),
    retryNow() {
      sender.retry();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    yearSoFar: (wanted, person) => yearSoFar(wanted, person),
    year,
    async why(registration, language, person = identity.person) {
      const path = `/api/v1/people/${encodeURIComponent(person)}/registrations/${registration}/why?language=${language}`;
      const answer = await sender.ask({ method: 'GET', path }).catch(() => undefined);
      return answer?.status === 200 && isWhy(answer.json) ? answer.json : undefined;
    },
    async recordLink(person = identity.person) {
      const path = `/api/v1/box/people/${encodeURIComponent(person)}/record-link`;
      const answer = await sender.ask({ method: 'POST', path }).catch(() => undefined);
      const { url, expiresIn } = (answer?.json ?? {}) as Partial<Record<keyof RecordLink, unknown>>;
      return answer?.status === 201 && typeof url === 'string' && typeof expiresIn === 'number'
        ? { url, expiresIn }
        : undefined;
    },
    presence: () => policyOn(policy(), localDate(clock.guess().ms, timeZone())).presence,
    identity: () => ({ person: identity.person, boxId: identity.boxId }),
    binding: boundBox,
    groups,
    who,
    clock() {
      const { ms, clock: quality } = clock.guess();
      return { now: new Date(ms), quality: quality === 'bounded' ? 'estimated' : quality };
    },
  };
}

/** Of two places that keep the same, the one with the higher number was written last. */
interface Numbered<T> {
  n: number;
  value: T;
}

function isNumbered<T>(kept: unknown): kept is Numbered<T> {
  const { n, value } = (kept ?? {}) as Partial<Numbered<unknown>>;
  return typeof n === 'number' && typeof value === 'object' && value !== null;
}

function isWhy(json: unknown): json is WhyView {
  const { summary, reasons } = (json ?? {}) as Partial<Record<keyof WhyView, unknown>>;
  return typeof summary === 'string' && Array.isArray(reasons);
}

interface KeptFact extends Kept {
  value: unknown;
}

/**
 * The kept sessions that no running tab goes on with. A tab holds a lock by its start's name as long as it
 * lives; without locks every earlier session is taken to have ended, as on a box with its one tab.
 */
async function endedSessions(
  locks: Box['locks'],
  bootId: string,
  open: readonly OpenSession[],
): Promise<readonly OpenSession[]> {
  if (!locks) return open;
  const name = (boot: string): string => `field-classroom-start:${boot}`;
  const { held = [] } = await locks.query();
  const alive = new Set(held.map((lock) => lock.name));
  locks.request(name(bootId), () => new Promise(() => undefined)).catch(() => undefined);
  return open.filter(({ begun }) => !alive.has(name(begun.bootId)));
}

/** Some pages have the locks but may not use them. */
async function usable(locks: Box['locks']): Promise<Box['locks']> {
  try {
    await locks?.query();
    return locks;
  } catch {
    return undefined;
  }
}

function languageMap(text: LocalText): LanguageMap {
  return typeof text === 'string' ? { [SPOKEN]: text } : { ...text };
}

function quarantined({ id, kind, draft, refused }: OutboxRow): Quarantined {
  const { code = '', detail = '' } = refused ?? {};
  if (kind === 'group') return { id, lessonId: '', what: `group ${draft.what}`, code, detail };
  return kind === 'checkpoint'
    ? { id, lessonId: draft.lessonId, what: kind, code, detail }
    : { id, lessonId: draft.session.lessonId, what: draft.verb, code, detail };
}
