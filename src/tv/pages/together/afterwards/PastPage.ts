import { maskedName } from '../../../../domain/roster/masked-name.ts';
import type { PastMinutes, PastSession } from '../../../groups/group-service.ts';
import type { Unsent } from '../../../groups/unsent.ts';
import { t } from '../../../locales/i18n.ts';
import type { Study } from '../../../study/study.ts';
import { dotted } from '../../shared/lesson-words.ts';
import { listedPeople, type ListedPerson } from '../room-view.ts';
import type { Way } from './correcting.ts';
import { CorrectionSteps } from './CorrectionSteps.ts';
import { ListStep } from './ListStep.ts';
import { newestCorrection, roomRecords } from './past-records.ts';
import { RecordStep } from './RecordStep.ts';
import { refusalWords, titlesOf, whenWords } from './record-words.ts';
import { SayStep } from './SayStep.ts';
import { StepPage, type Room } from './StepPage.ts';

/** Earlier sessions of the room, who was counted in them, and how a mistake is put right. */
export class PastPage extends StepPage<{ page: 'together-past' }> {
  #study!: Study;
  #people: readonly ListedPerson[] = [];
  #stored: readonly PastSession[] = [];
  /** The service has not answered. */
  #alone = false;
  #openId: string | undefined;
  #minutes: PastMinutes | undefined;
  #correction: CorrectionSteps | undefined;
  #stage: 'list' | 'record' | 'correction' = 'list';

  override get heading(): string {
    return t('afterwards.title');
  }

  protected override begin(study: Study, room: Room): void {
    this.#study = study;
    this.#people = listedPeople(room);
    study.groups.service.records(room.room.id).then(
      (records) => this.#heard(records, false),
      () => this.#heard([], true),
    );
  }

  #heard(records: readonly PastSession[], alone: boolean): void {
    if (!this.attached) return;
    this.#stored = records;
    this.#alone = alone;
    this.#list();
  }

  #list(): void {
    this.#stage = 'list';
    const records = roomRecords(this.#study.groups.unsent(), this.#stored);
    const none = records.length === 0 ? t('afterwards.none') : '';
    this.show(ListStep, {
      title: this.heading,
      note: this.#alone ? t('afterwards.needsNetwork') : none,
      records: records.map(({ id, at, lessons, attendees, kind, unsent }) => ({
        id,
        title: this.#title(at, attendees),
        note: titlesOf(this.services, lessons),
        value: t(`afterwards.mark.${unsent ?? kind}`),
        waits: unsent !== undefined,
      })),
      at: this.#openId,
      onOpen: (id) => this.#open(id),
      buttons: [
        {
          id: 'paper',
          words: t('afterwards.paper.title'),
          onEnter: () => this.navigator.open({ page: 'together-paper' }),
        },
        { id: 'back', words: t('action.back'), onEnter: () => this.navigator.back() },
      ],
    });
  }

  #open(id: string): void {
    const { groups } = this.#study;
    this.#openId = id;
    const own = groups.unsent().find(({ sessionId, what }) => sessionId === id && what !== 'corrections');
    if (own) return this.#say(own);
    groups.service.minutes(id).then(
      (minutes) => {
        if (!this.attached || this.#openId !== id) return;
        this.#minutes = minutes;
        this.#record();
      },
      () => {
        if (!this.attached) return;
        this.navigator.toast(t('afterwards.noAnswer'));
        if (this.#stage === 'correction') this.#list();
      },
    );
  }

  /** What the service does not have yet cannot be put right there either. */
  #say({ at, attendees, lessons, refused }: Unsent): void {
    this.#stage = 'record';
    this.show(SayStep, {
      title: this.#title(at, attendees),
      lines: [
        titlesOf(this.services, lessons),
        ...(refused === undefined
          ? [t('afterwards.waiting'), t('afterwards.correctLater')]
          : [refusalWords(refused)]),
      ],
      buttons: [this.#backToList()],
    });
  }

  #record(): void {
    const { attendees, guests } = this.#minutes!;
    const id = this.#openId!;
    this.#stage = 'record';
    const record = this.#stored.find(({ session }) => session === id);
    this.show(RecordStep, {
      title: dotted(
        whenWords(record && Date.parse(record.at)),
        titlesOf(this.services, record?.lessons ?? []),
      ),
      count: t('afterwards.wereThere', { count: attendees.length, guests }),
      people: this.#counted(),
      corrections: this.#corrections(),
      onPerson: (person) => this.#correct('remove', [person]),
      buttons: [
        { id: 'add', words: t('afterwards.add'), onEnter: () => this.#correct('add') },
        { id: 'remove', words: t('afterwards.remove'), onEnter: () => this.#correct('remove') },
        this.#backToList(),
      ],
    });
    this.#study.groups.service.minutesLink(id).then(
      (link) => {
        if (this.step instanceof RecordStep && this.#openId === id) this.step.link = link;
      },
      // The words in its place already say that it comes with the network.
      () => undefined,
    );
  }

  #counted(): ListedPerson[] {
    return this.#minutes!.attendees.map(
      ({ id, name }) => this.#people.find((one) => one.id === id) ?? { id, words: maskedName(name) },
    );
  }

  /** Newest first; one that has not arrived is the newest. */
  #corrections(): string[] {
    const mask = (names: readonly string[]): string => names.map(maskedName).join(t('app.comma'));
    const waits = newestCorrection(this.#study.groups.unsent(), this.#openId!);
    const arrived = this.#minutes!.corrections.map(({ at, reason, added, removed }) =>
      dotted(
        whenWords(Date.parse(at)),
        added.length > 0 ? t('afterwards.added', { names: mask(added) }) : undefined,
        removed.length > 0 ? t('afterwards.removed', { names: mask(removed) }) : undefined,
        reason,
      ),
    );
    return [...(waits ? [this.#correctionState()] : []), ...arrived.reverse()];
  }

  #correct(way: Way, chosen: readonly string[] = []): void {
    const id = this.#openId!;
    const counted = this.#counted();
    this.#stage = 'correction';
    this.#correction = new CorrectionSteps(
      { way, chosen },
      {
        show: this.show,
        toast: (words) => this.navigator.toast(words),
        people:
          way === 'remove'
            ? counted
            : this.#people.filter((person) => counted.every((one) => one.id !== person.id)),
        send: (change) => this.#study.groups.correct(id, change),
        upload: () => this.#correctionState(),
        onLeave: () => this.#open(id),
      },
    );
  }

  #correctionState(): string {
    const own = newestCorrection(this.#study.groups.unsent(), this.#openId!);
    if (!own) return t('afterwards.corrected');
    return own.refused === undefined ? t('afterwards.waiting') : refusalWords(own.refused);
  }

  #title(at: number | undefined, attendees: number): string {
    return dotted(whenWords(at), t('afterwards.people', { count: attendees }));
  }

  #backToList() {
    return { id: 'list', words: t('action.back'), onEnter: () => this.#list() };
  }

  protected override changed(): void {
    if (this.#stage === 'correction') this.#correction?.changed();
  }

  /** One step back; from the list to the page before. */
  override _handleBack(): boolean {
    if (this.#stage === 'list') return false;
    if (this.#stage === 'correction') this.#correction?.back();
    else this.#list();
    return true;
  }
}
