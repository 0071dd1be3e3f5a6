import { t } from '../../../locales/i18n.ts';
import type { Study } from '../../../study/study.ts';
import { currentLessons } from '../../shared/lesson-words.ts';
import { ChooseStep, type Choice } from './ChooseStep.ts';
import { DialStep } from './DialStep.ts';
import { GuestCount } from '../GuestCount.ts';
import { listedPeople } from '../room-view.ts';
import { refusalWords, titlesOf, whenWords } from './record-words.ts';
import { SayStep } from './SayStep.ts';
import { lastHour, turned, type SheetDial } from './sheet-time.ts';
import { StepPage, type Room } from './StepPage.ts';

const stages = ['when', 'list', 'lessons', 'people', 'host', 'guests', 'check', 'done'] as const;
type Stage = (typeof stages)[number];

/** As many as a sheet may have. */
const MOST_LESSONS = 20;

/** A sheet of paper that people signed, entered with the remote step by step; it waits where there is no network. */
export class PaperPage extends StepPage<{ page: 'together-paper' }> {
  #study!: Study;
  #room!: Room;
  #people: Choice[] = [];
  #stage: Stage | undefined;
  #at = new Date(0);
  /** Of the list that was chosen, in its order. */
  #offered: string[] = [];
  #lessons = new Set<string>();
  #here = new Set<string>();
  #host = '';
  #guests = 0;
  #session: string | undefined;
  #told = '';

  override get heading(): string {
    return t('afterwards.paper.title');
  }

  protected override begin(study: Study, room: Room): void {
    this.#study = study;
    this.#room = room;
    this.#people = listedPeople(room);
    this.#at = lastHour(study.clock().now);
    this.#host = study.groups.last()?.host ?? '';
    this.#open('when');
  }

  #open(stage: Stage): void {
    this.#stage = stage;
    const screens: Record<Stage, () => void> = {
      when: () => this.#askWhen(),
      list: () => this.#askList(),
      lessons: () => this.#askLessons(),
      people: () => this.#askPeople(),
      host: () => this.#askHost(),
      guests: () => this.#askGuests(),
      check: () => this.#check(),
      done: () => this.#done(),
    };
    screens[stage]();
  }

  #askWhen(): void {
    const now = this.#study.clock().now;
    const dial = (part: SheetDial, words: () => string) => ({
      words,
      turn: (step: number) => void (this.#at = turned(this.#at, part, step, now)),
    });
    this.show(DialStep, {
      title: t('afterwards.paper.when'),
      how: t('afterwards.paper.whenHow'),
      sum: () =>
        t('afterwards.paper.date', { year: this.#at.getFullYear(), when: whenWords(this.#at.getTime()) }),
      dials: [
        dial('month', () => t('afterwards.paper.month', { month: this.#at.getMonth() + 1 })),
        dial('day', () => t('afterwards.paper.day', { day: this.#at.getDate() })),
        dial('hour', () => t('afterwards.paper.hour', { hour: this.#at.getHours() })),
      ],
      // The month is mostly right; the day is what is turned.
      at: 1,
      onDone: () => this.#open('list'),
    });
  }

  /** Playlists, and the farm talk of each month. */
  #askList(): void {
    const { services } = this;
    const { playlists, farmTalk } = services.catalogue();
    const lists = [...playlists, ...farmTalk]
      .map(({ id, title, lessons }) => ({ id, words: services.text(title), lessons: currentIds(lessons) }))
      .filter(({ lessons }) => lessons.length > 0);
    function currentIds(ids: readonly string[]): string[] {
      return currentLessons(services, ids).map(({ id }) => id);
    }
    this.show(ChooseStep, {
      title: t('afterwards.paper.list'),
      how: () => t('afterwards.paper.listHow'),
      choices: lists.map(({ id, words, lessons }) => ({
        id,
        words,
        value: t('afterwards.paper.lessonCount', { count: lessons.length }),
      })),
      columns: 1,
      onPick: (id) => {
        this.#offered = lists.find((list) => list.id === id)?.lessons ?? [];
        this.#lessons = new Set(this.#offered.length === 1 ? this.#offered : []);
        this.#open('lessons');
      },
      buttons: [],
    });
  }

  #askLessons(): void {
    const { lessons } = this.services.catalogue();
    this.show(ChooseStep, {
      title: t('afterwards.paper.lessons'),
      how: () => t('afterwards.chosen', { count: this.#lessons.size }),
      choices: this.#offered.map((id) => ({
        id,
        words: this.services.text(lessons.get(id)?.title),
        value: t('length.minute', { count: this.#minutes(id) }),
      })),
      columns: 1,
      isTicked: (id) => this.#lessons.has(id),
      onPick: (id) => this.#tick(this.#lessons, id),
      buttons: [this.#next('people', () => this.#lessons.size > 0 && this.#lessons.size <= MOST_LESSONS)],
    });
  }

  #askPeople(): void {
    this.show(ChooseStep, {
      title: t('afterwards.paper.people'),
      how: () => t('afterwards.chosen', { count: this.#here.size }),
      choices: this.#people,
      columns: 4,
      isTicked: (id) => this.#here.has(id),
      onPick: (id) => this.#tick(this.#here, id),
      buttons: [this.#next('host', () => this.#here.size > 0)],
    });
  }

  #askHost(): void {
    this.show(ChooseStep, {
      title: t('afterwards.paper.host'),
      how: () => t('afterwards.paper.hostHow'),
      choices: this.#people,
      columns: 4,
      at: this.#host,
      onPick: (id) => {
        this.#host = id;
        this.#open('guests');
      },
      buttons: [],
    });
  }

  #askGuests(): void {
    this.show(GuestCount, {
      count: this.#guests,
      onDone: (count) => {
        this.#guests = count;
        this.#open('check');
      },
    });
  }

  #check(): void {
    const future = this.#end() > this.#study.clock().now;
    this.show(SayStep, {
      title: t('afterwards.paper.check'),
      lines: [
        t('afterwards.paper.date', { year: this.#at.getFullYear(), when: whenWords(this.#at.getTime()) }),
        titlesOf(this.services, this.#chosen()),
        t('afterwards.paper.present', {
          count: this.#here.size,
          guests: this.#guests,
          names: this.#names(this.#here),
        }),
        t('afterwards.paper.hostIs', { name: this.#names(new Set([this.#host])) }),
        ...(future ? [t('afterwards.refusal.future')] : []),
      ],
      buttons: [
        ...(future
          ? []
          : [{ id: 'save', words: t('afterwards.paper.save'), onEnter: () => void this.#save() }]),
        { id: 'edit', words: t('afterwards.paper.edit'), onEnter: () => this.#open('when') },
      ],
    });
  }

  async #save(): Promise<void> {
    // A second OK while it is being kept enters nothing twice.
    if (this.#stage !== 'check') return;
    this.#stage = 'done';
    const when = whenWords(this.#at.getTime());
    this.#session = await this.#study.groups.enterPaper({
      room: this.#room.room.id,
      host: this.#host,
      startedAt: this.#at.toISOString(),
      lessons: this.#chosen().map((lessonId) => ({ lessonId, minutes: this.#minutes(lessonId) })),
      attendees: [...this.#here],
      guests: this.#guests,
      sheet: t('afterwards.paper.sheet', { year: this.#at.getFullYear(), when }),
    });
    if (this.attached) this.#open('done');
  }

  #done(): void {
    this.#told = this.#upload();
    this.show(SayStep, {
      title: t('afterwards.paper.saved'),
      lines: [this.#told],
      buttons: [{ id: 'done', words: t('afterwards.done'), onEnter: () => this.navigator.back() }],
    });
  }

  /** How far the sheet has come, or why it was sent back. */
  #upload(): string {
    const sent = this.#study.groups.unsent().find(({ sessionId }) => sessionId === this.#session);
    if (!sent) return t('afterwards.uploaded');
    return sent.refused === undefined ? t('afterwards.waiting') : refusalWords(sent.refused);
  }

  protected override changed(): void {
    if (this.#session !== undefined && this.#stage === 'done' && this.#upload() !== this.#told) this.#done();
  }

  #tick(set: Set<string>, id: string): void {
    if (!set.delete(id)) set.add(id);
  }

  /** A button that goes on when something is chosen, and says so when nothing is. */
  #next(stage: Stage, ready: () => boolean) {
    const onEnter = (): void =>
      ready() ? this.#open(stage) : this.navigator.toast(t('afterwards.nothingChosen'));
    return { id: 'next', words: t('afterwards.next'), onEnter };
  }

  #chosen(): string[] {
    return this.#offered.filter((id) => this.#lessons.has(id));
  }

  /** What a sheet says of a lesson: its length. */
  #minutes(lessonId: string): number {
    const length = this.services.catalogue().lessons.get(lessonId)?.length ?? 0;
    return Math.max(1, Math.round(length / 60));
  }

  #end(): Date {
    const minutes = this.#chosen().reduce((sum, id) => sum + this.#minutes(id), 0);
    return new Date(this.#at.getTime() + minutes * 60_000);
  }

  #names(ids: ReadonlySet<string>): string {
    return this.#people
      .filter(({ id }) => ids.has(id))
      .map(({ words }) => words)
      .join(t('app.comma'));
  }

  /** One step back; what was entered stays. From the first step, and once it is kept, the page is left. */
  override _handleBack(): boolean {
    const before = this.#stage === undefined ? undefined : stages[stages.indexOf(this.#stage) - 1];
    if (before === undefined || this.#stage === 'done') return false;
    this.#open(before);
    return true;
  }
}
