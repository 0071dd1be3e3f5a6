import type { PastMinutes, PastSession } from '../../../groups/group-service.ts';
import type { Unsent } from '../../../groups/unsent.ts';
import { maskedName } from '../../../../domain/roster/masked-name.ts';
import { t } from '../../../locales/i18n.ts';
import type { Study } from '../../../study/study.ts';
import { dotted } from '../../shared/lesson-words.ts';
import { ChooseStep, type Choice } from './ChooseStep.ts';
import { ListStep, type ListedRecord } from './ListStep.ts';
import { RecordStep } from './RecordStep.ts';
import { refusalWords, roomPeople, titlesOf, whenWords } from './record-words.ts';
import { SayStep } from './SayStep.ts';
import { StepPage, type Room } from './StepPage.ts';

const reasons = {
  add: ['forgotten', 'came-late', 'signed'],
  remove: ['wrong-name', 'not-there', 'left'],
} as const;
type Way = keyof typeof reasons;
type Stage = 'list' | 'record' | 'who' | 'why' | 'sure' | 'sent';

/** Earlier sessions of the room, who was counted in them, and how a mistake is put right. */
export class PastPage extends StepPage<{ page: 'together-past' }> {
  #study!: Study;
  #room!: Room;
  #people: Choice[] = [];
  #stage: Stage | undefined;
  #records: readonly PastSession[] = [];
  #trouble = false;
  #openId: string | undefined;
  #minutes: PastMinutes | undefined;
  #way: Way = 'add';
  #chosen = new Set<string>();
  #reason = '';
  #told = '';

  override get heading(): string {
    return t('afterwards.title');
  }

  protected override begin(study: Study, room: Room): void {
    this.#study = study;
    this.#room = room;
    this.#people = roomPeople(room);
    study.groups.service.records(room.room.id).then(
      (records) => this.#heard(records, false),
      () => this.#heard([], true),
    );
  }

  #heard(records: readonly PastSession[], trouble: boolean): void {
    if (!this.attached) return;
    this.#records = records;
    this.#trouble = trouble;
    this.#list();
  }

  #list(): void {
    this.#stage = 'list';
    const records = this.#listed();
    const note = this.#trouble
      ? t('afterwards.needsNetwork')
      : records.length === 0
        ? t('afterwards.none')
        : '';
    this.show(ListStep, {
      title: this.heading,
      note,
      records,
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

  /** What has not arrived comes first: it is what somebody may have to care about. */
  #listed(): ListedRecord[] {
    const unsent = this.#study.groups.unsent();
    const own = unsent.filter(({ what }) => what !== 'corrections');
    return [
      ...own.map(({ sessionId, at, attendees, lessons, refused }) => ({
        id: sessionId,
        title: dotted(whenWords(at), t('afterwards.people', { count: attendees })),
        note: titlesOf(this.services, lessons),
        value: t(refused === undefined ? 'afterwards.mark.waiting' : 'afterwards.mark.refused'),
        waits: true,
      })),
      ...this.#records
        .filter(({ session }) => own.every(({ sessionId }) => sessionId !== session))
        .map(({ session, at, attendees, lessons = [], kind }) => {
          const waits = unsent.some(({ sessionId }) => sessionId === session);
          return {
            id: session,
            title: dotted(whenWords(Date.parse(at)), t('afterwards.people', { count: attendees })),
            note: titlesOf(this.services, lessons),
            value: t(waits ? 'afterwards.mark.waiting' : `afterwards.mark.${kind}`),
            waits,
          };
        }),
    ];
  }

  #open(id: string): void {
    this.#openId = id;
    const unsent = this.#study.groups
      .unsent()
      .find(({ sessionId, what }) => sessionId === id && what !== 'corrections');
    if (unsent) return this.#say(unsent);
    this.#study.groups.service.minutes(id).then(
      (minutes) => {
        if (!this.attached || this.#openId !== id) return;
        this.#minutes = minutes;
        this.#record();
      },
      () => {
        if (this.attached) this.navigator.toast(t('afterwards.noAnswer'));
      },
    );
  }

  /** What the service does not have yet cannot be put right there either. */
  #say({ at, attendees, lessons, refused }: Unsent): void {
    this.#stage = 'record';
    this.show(SayStep, {
      title: dotted(whenWords(at), t('afterwards.people', { count: attendees })),
      lines: [
        titlesOf(this.services, lessons),
        refused === undefined ? t('afterwards.waiting') : refusalWords(refused),
        ...(refused === undefined ? [t('afterwards.correctLater')] : []),
      ],
      buttons: [this.#backToList()],
    });
  }

  #record(): void {
    const minutes = this.#minutes!;
    const id = this.#openId!;
    this.#stage = 'record';
    const record = this.#records.find(({ session }) => session === id);
    const way = (wanted: Way): void => {
      this.#way = wanted;
      this.#chosen = new Set();
      this.#who();
    };
    this.show(RecordStep, {
      title: dotted(
        whenWords(record && Date.parse(record.at)),
        titlesOf(this.services, record?.lessons ?? []),
      ),
      count: t('afterwards.wereThere', { count: minutes.attendees.length, guests: minutes.guests }),
      people: this.#counted(),
      corrections: this.#corrections(),
      onPerson: (person) => {
        this.#way = 'remove';
        this.#chosen = new Set([person]);
        this.#who();
      },
      buttons: [
        { id: 'add', words: t('afterwards.add'), onEnter: () => way('add') },
        { id: 'remove', words: t('afterwards.remove'), onEnter: () => way('remove') },
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

  #counted(): Choice[] {
    return this.#minutes!.attendees.map(
      ({ id, name }) => this.#people.find((one) => one.id === id) ?? { id, words: maskedName(name) },
    );
  }

  #corrections(): string[] {
    const mask = (names: readonly string[]): string => names.map(maskedName).join(t('app.comma'));
    return [...this.#minutes!.corrections].reverse().map(({ at, reason, added, removed }) =>
      dotted(
        whenWords(Date.parse(at)),
        added.length > 0 ? t('afterwards.added', { names: mask(added) }) : undefined,
        removed.length > 0 ? t('afterwards.removed', { names: mask(removed) }) : undefined,
        reason,
      ),
    );
  }

  #candidates(): Choice[] {
    const counted = this.#counted();
    return this.#way === 'remove'
      ? counted
      : this.#people.filter(({ id }) => counted.every((one) => one.id !== id));
  }

  #who(): void {
    this.#stage = 'who';
    const [first] = this.#chosen;
    this.show(ChooseStep, {
      title: t(`afterwards.who.${this.#way}`),
      how: () => t('afterwards.chosen', { count: this.#chosen.size }),
      choices: this.#candidates(),
      columns: 4,
      at: first,
      isTicked: (id) => this.#chosen.has(id),
      onPick: (id) => {
        if (!this.#chosen.delete(id)) this.#chosen.add(id);
      },
      buttons: [
        {
          id: 'next',
          words: t('afterwards.next'),
          onEnter: () =>
            this.#chosen.size > 0 ? this.#why() : this.navigator.toast(t('afterwards.nothingChosen')),
        },
      ],
    });
  }

  #why(): void {
    this.#stage = 'why';
    this.show(ChooseStep, {
      title: t('afterwards.why'),
      how: () => this.#names(),
      choices: reasons[this.#way].map((id) => ({ id, words: t(`afterwards.reason.${id}`) })),
      columns: 1,
      onPick: (id) => {
        this.#reason = t(`afterwards.reason.${id}`);
        this.#sure();
      },
      buttons: [],
    });
  }

  #sure(): void {
    this.#stage = 'sure';
    this.show(SayStep, {
      title: t(`afterwards.sure.${this.#way}`, { count: this.#chosen.size }),
      lines: [this.#names(), this.#reason, t('afterwards.staysVisible')],
      buttons: [
        { id: 'yes', words: t('afterwards.yes'), onEnter: () => void this.#correct() },
        { id: 'no', words: t('afterwards.no'), onEnter: () => this.#record() },
      ],
    });
  }

  async #correct(): Promise<void> {
    // A second OK while it is being kept sends nothing twice.
    if (this.#stage !== 'sure') return;
    this.#stage = 'sent';
    const persons = [...this.#chosen];
    await this.#study.groups.correct(this.#openId!, {
      reason: this.#reason,
      add: this.#way === 'add' ? persons : [],
      remove: this.#way === 'remove' ? persons : [],
    });
    if (this.attached) this.#sent();
  }

  #sent(): void {
    this.#told = this.#upload();
    this.show(SayStep, {
      title: t('afterwards.sent'),
      lines: [this.#told],
      buttons: [{ id: 'done', words: t('afterwards.done'), onEnter: () => this.#open(this.#openId!) }],
    });
  }

  #upload(): string {
    const own = this.#study.groups
      .unsent()
      .filter(({ sessionId, what }) => sessionId === this.#openId && what === 'corrections')
      .pop();
    if (!own) return t('afterwards.corrected');
    return own.refused === undefined ? t('afterwards.waiting') : refusalWords(own.refused);
  }

  #names(): string {
    return this.#candidates()
      .filter(({ id }) => this.#chosen.has(id))
      .map(({ words }) => words)
      .join(t('app.comma'));
  }

  #backToList() {
    return { id: 'list', words: t('action.back'), onEnter: () => this.#list() };
  }

  protected override changed(): void {
    if (this.#stage === 'sent' && this.#upload() !== this.#told) this.#sent();
  }

  /** One step back; the list is left to the page before. */
  override _handleBack(): boolean {
    const before: Partial<Record<Stage, () => void>> = {
      record: () => this.#list(),
      who: () => this.#record(),
      why: () => this.#who(),
      sure: () => this.#why(),
      sent: () => this.#open(this.#openId!),
    };
    const back = this.#stage && before[this.#stage];
    back?.();
    return back !== undefined;
  }
}
