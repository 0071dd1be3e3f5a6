import type { Lightning } from '@lightningjs/sdk';
import type { StudyYear } from '../../../domain/credit/study-year.ts';
import { hoursText } from '../../../domain/text/durations.ts';
import { Page } from '../../app/Page.ts';
import { t } from '../../locales/i18n.ts';
import type { Study, YearView } from '../../study/study.ts';
import { ButtonRow, type ButtonSpec } from '../../ui/ButtonRow.ts';
import { label } from '../../ui/label.ts';
import { ListRow } from '../../ui/ListRow.ts';
import { pageHeader } from '../../ui/page-header.ts';
import { personPill } from '../../ui/person-pill.ts';
import { part, setText } from '../../ui/parts.ts';
import { ring } from '../../ui/ring.ts';
import { color, screen } from '../../ui/theme.ts';
import { TileWindow } from '../../ui/TileWindow.ts';
import { dotted } from '../shared/lesson-words.ts';
import { MonthBars } from './MonthBars.ts';
import type { HomePerson } from '../../identity/watching.ts';
import { PinEntry } from '../who/PinEntry.ts';
import { linkDetail } from './link-detail.ts';
import { StudyDetail, type DetailSpec } from './StudyDetail.ts';
import { sourceLines, studyRows, type StudyRow } from './study-rows.ts';

const listX = 494;
const row = { w: screen.w - screen.safeX - listX, h: 84 };
const ringSize = 274;
/** Everything that is somebody's own. */
const parts = [
  'Ring',
  'Number',
  'Under',
  'Bars',
  'List',
  'Buttons',
  'Empty',
  'EmptyWords',
  'Waiting',
] as const;

/** The viewer's own year: how much, in which months, what each lesson earned or why it does not count yet. */
export class MyStudyPage extends Page<{ page: 'my-study' }> {
  #rows: StudyRow[] = [];
  #unsubscribe: (() => void) | undefined;
  #study: Study | undefined;
  /** Whose year is shown, of several who watch. */
  #whose: string | undefined;
  #onButtons = false;

  static override _template(): object {
    const middle = 244;
    return {
      Header: {},
      Who: {},
      Ring: { x: middle - ringSize / 2, y: 128 },
      Number: { ...label('number'), x: middle, y: 206, mountX: 0.5 },
      Under: { ...label('body', { color: color.textSoft }), x: middle, y: 284, mountX: 0.5 },
      Bars: { type: MonthBars, x: screen.safeX, y: 458 },
      List: { type: TileWindow, x: listX, y: 116 },
      Empty: { type: ButtonRow, x: listX, y: 250, visible: false },
      EmptyWords: { ...label('heading', { w: row.w, lines: 3 }), x: listX, y: 128, visible: false },
      Buttons: { type: ButtonRow, x: screen.safeX, y: 616 },
      Waiting: { ...label('body', { w: row.w, color: color.textSoft }), x: listX, y: 632 },
      Pin: { type: PinEntry, x: screen.safeX, y: 150, visible: false },
      Detail: { type: StudyDetail },
    };
  }

  override get heading(): string {
    return t('study.title');
  }

  protected override build(): void {
    this.patch({
      Header: pageHeader(this.heading, t('study.thisHome')),
      EmptyWords: { text: { text: t('study.loading') }, visible: true },
      // The focus needs a place while the record is being opened, and when it cannot be had.
      Empty: {
        visible: true,
        buttons: [
          {
            id: 'home',
            words: t('study.watchSomething'),
            onEnter: () => this.navigator.open({ page: 'home' }),
          },
        ],
      },
    });
    this.services.study().then(
      (study) => {
        if (!this.attached) return;
        this.#study = study;
        part<PinEntry>(this, 'Pin').onLeft = () => void this.#show(study);
        this.#unsubscribe = study.onChange(() => void this.#show(study));
        void this.#show(study);
      },
      () => setText(part(this, 'EmptyWords'), t('error.page')),
    );
  }

  override _detach(): void {
    clearTimeout(this.#linkTimer);
    this.#unsubscribe?.();
  }

  /** What this box knows at once, then the service's word: a network that keeps silent delays nothing. */
  async #show(study: Study): Promise<void> {
    const { place } = study.who.view();
    if (place === 'room') return this.#showRoom();
    const person = this.#person;
    const locked = person !== undefined && person.hasPin && !person.open;
    const pin = part<PinEntry>(this, 'Pin');
    if (locked && !pin.visible) pin.open(study.who, person);
    pin.visible = locked;
    for (const ref of parts) part(this, ref).visible = !locked;
    this.patch({
      Header: pageHeader(this.heading, person ? '' : t('study.thisHome')),
      Who: person
        ? personPill(person.name, study.binding.state().kept.view?.village.name)
        : { visible: false },
      Buttons: { buttons: this.#buttons(study) },
    });
    if (locked) return this._refocus();
    const year = this.services.now().getFullYear();
    this.#showYear(study, study.yearSoFar(year, person?.person), true);
    const asked = await study.year(year, person?.person);
    if (this.attached && this.#person?.person === person?.person) this.#showYear(study, asked, false);
  }

  /** Whose page it is: of those who watch, the one asked for, else the first. */
  get #person(): HomePerson | undefined {
    const all = this.#study?.who.view().people.filter(({ watching }) => watching) ?? [];
    return all.find(({ person }) => person === this.#whose) ?? all[0];
  }

  /** A public room has no personal page. */
  #showRoom(): void {
    for (const ref of parts) part(this, ref).visible = false;
    setText(part(this, 'EmptyWords'), t('who.room'));
    this.patch({ Header: pageHeader(this.heading), EmptyWords: { visible: true }, Empty: { visible: true } });
    this.#rows = [];
    this._refocus();
  }

  #buttons(study: Study): ButtonSpec[] {
    const { people } = study.who.view();
    const others = people.filter(({ watching, person }) => watching && person !== this.#person?.person);
    return [
      { id: 'phone', words: t('study.toPhone'), onEnter: () => void this.#showLink(study) },
      ...others.map(({ person, name }) => ({
        id: person,
        words: name,
        onEnter: () => {
          this.#whose = person;
          this.#onButtons = false;
          void this.#show(study);
        },
      })),
    ];
  }

  async #showLink(study: Study): Promise<void> {
    const link = await study.recordLink(this.#person?.person);
    if (!this.attached) return;
    if (!link) return this.navigator.toast(t('study.noLink'));
    this.#open(linkDetail(link, study.waiting().count, () => this.#close()));
    // A code that opens nothing any more does not stay on the screen.
    clearTimeout(this.#linkTimer);
    this.#linkTimer = setTimeout(() => this.#close(), link.expiresIn * 1000);
  }

  #linkTimer: ReturnType<typeof setTimeout> | undefined;

  /** What the box knows at once, then every rule in the service's words. */
  async #showWhy(study: Study, row: StudyRow): Promise<void> {
    const spec = {
      title: row.title,
      summary: dotted(row.value, row.note),
      lines: sourceLines(row),
      buttons: [
        {
          id: 'lesson',
          words: t('study.toLesson'),
          onEnter: () => this.navigator.open({ page: 'lesson' as const, id: row.lessonId }),
        },
        { id: 'back', words: t('action.back'), onEnter: () => this.#close() },
      ],
    };
    this.#open(spec);
    const { language } = this.services.preferences();
    const why = await study.why(row.registration, language, this.#person?.person);
    if (!this.attached || !why || !part(this, 'Detail').visible) return;
    const against = why.reasons.filter(({ passed }) => !passed);
    this.#open({
      ...spec,
      summary: why.summary,
      lines: [...against.map(({ text, next }) => `${text} ${next ?? ''}`.trim()), ...spec.lines],
    });
  }

  #open(spec: DetailSpec): void {
    part<StudyDetail>(this, 'Detail').show(spec);
    this._refocus();
  }

  #close(): void {
    part<StudyDetail>(this, 'Detail').hide();
    this._refocus();
  }

  override onDigit(digit: number): void {
    const pin = part<PinEntry>(this, 'Pin');
    if (pin.visible) pin.takeDigit(digit);
  }

  override _handleBack(): boolean {
    if (!part(this, 'Detail').visible) return false;
    this.#close();
    return true;
  }

  // From the list the buttons lie to the left and below.
  override _handleLeft(): boolean {
    return this.#toButtons(true);
  }

  override _handleDown(): boolean {
    return this.#toButtons(true);
  }

  override _handleRight(): boolean {
    return this.#toButtons(false);
  }

  override _handleUp(): boolean {
    return this.#toButtons(false);
  }

  #toButtons(on: boolean): boolean {
    if (!this.#study || this.#onButtons === on || !part(this, 'Buttons').visible) return false;
    this.#onButtons = on;
    return true;
  }

  #showYear(study: Study, { study: year, fresh, provisional }: YearView, asking: boolean): void {
    this.#showSum(year);
    this.#rows = studyRows(this.services, year, new Set(provisional));
    const empty = this.#rows.length === 0;
    setText(part(this, 'EmptyWords'), t('study.empty'));
    this.patch({
      Empty: { visible: empty },
      EmptyWords: { visible: empty },
      List: {
        spec: {
          items: this.#rows,
          columns: 1,
          cell: row,
          gap: { x: 0, y: 14 },
          visibleRows: 5,
          card: { type: ListRow, look: row },
          show: (card: ListRow, content: StudyRow) => (card.content = content),
          onEnter: (content: StudyRow) => void this.#showWhy(study, content),
        },
      },
    });
    if (this.memory !== undefined) this.#list.index = this.memory as number;
    this.memory = undefined;
    const { count, saved, quarantined } = study.waiting();
    setText(
      part(this, 'Waiting'),
      dotted(
        count > 0 ? t('study.waiting', { count }) : t('study.allSent'),
        fresh || asking ? undefined : t('study.offline'),
        saved ? undefined : t('study.notSaved'),
        quarantined > 0 ? t('study.quarantined', { count: quarantined }) : undefined,
      ),
    );
    this._refocus();
  }

  #showSum({ total, target, duty, months, lessons }: StudyYear): void {
    const done = lessons.filter(({ status }) => status === 'credited').length;
    const all = Math.max(1, this.services.catalogue().lessons.size);
    const share = target ? duty.hours / target.hours : done / all;
    const hours = (target ? duty : total).hours;
    this.patch({
      Ring: ring(ringSize, 26, share),
      Bars: { months },
    });
    setText(part(this, 'Number'), hoursText(hours));
    setText(
      part(this, 'Under'),
      target ? t('study.target', { hours: target.hours }) : t('study.hoursThisYear'),
    );
  }

  get #list(): TileWindow<ListRow, StudyRow> {
    return part(this, 'List');
  }

  override remember(): number {
    return this.#list.index;
  }

  override _getFocused(): Lightning.Component {
    for (const ref of ['Detail', 'Pin']) if (part(this, ref).visible) return part(this, ref);
    if (this.#onButtons && part(this, 'Buttons').visible) return part(this, 'Buttons');
    return this.#rows.length > 0 ? this.#list : part<ButtonRow>(this, 'Empty');
  }
}
