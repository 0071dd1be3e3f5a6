import type { Lightning } from '@lightningjs/sdk';
import type { StudyYear } from '../../../domain/credit/study-year.ts';
import { hoursText } from '../../../domain/text/durations.ts';
import { Page } from '../../app/Page.ts';
import { t } from '../../locales/i18n.ts';
import type { Study, YearView } from '../../study/study.ts';
import { ButtonRow } from '../../ui/ButtonRow.ts';
import { Grid } from '../../ui/Grid.ts';
import { label } from '../../ui/label.ts';
import { ListRow } from '../../ui/ListRow.ts';
import { pageHeader } from '../../ui/page-header.ts';
import { part, setText } from '../../ui/parts.ts';
import { ring } from '../../ui/ring.ts';
import { color, screen } from '../../ui/theme.ts';
import { dotted } from '../shared/lesson-words.ts';
import { MonthBars } from './MonthBars.ts';
import { studyRows, type StudyRow } from './study-rows.ts';

const listX = 494;
const row = { w: screen.w - screen.safeX - listX, h: 84 };
const ringSize = 274;

/** The viewer's own year: how much, in which months, what each lesson earned or why it does not count yet. */
export class MyStudyPage extends Page<{ page: 'my-study' }> {
  #rows: StudyRow[] = [];
  #unsubscribe: (() => void) | undefined;

  static override _template(): object {
    const middle = 244;
    return {
      Header: {},
      Ring: { x: middle - ringSize / 2, y: 128 },
      Number: { ...label('number'), x: middle, y: 206, mountX: 0.5 },
      Under: { ...label('body', { color: color.textSoft }), x: middle, y: 284, mountX: 0.5 },
      Bars: { type: MonthBars, x: screen.safeX, y: 458 },
      List: { type: Grid, x: listX, y: 116 },
      Empty: { type: ButtonRow, x: listX, y: 250, visible: false },
      EmptyWords: { ...label('heading', { w: row.w, lines: 3 }), x: listX, y: 128, visible: false },
      Waiting: { ...label('body', { w: row.w, color: color.textSoft }), x: listX, y: 632 },
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
        this.#unsubscribe = study.onChange(() => void this.#show(study));
        void this.#show(study);
      },
      () => setText(part(this, 'EmptyWords'), t('error.page')),
    );
  }

  override _detach(): void {
    this.#unsubscribe?.();
  }

  /** What this box knows at once, then the service's word: a network that keeps silent delays nothing. */
  async #show(study: Study): Promise<void> {
    const year = this.services.now().getFullYear();
    this.#showYear(study, study.yearSoFar(year), true);
    const asked = await study.year(year);
    if (this.attached) this.#showYear(study, asked, false);
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
          onEnter: ({ lessonId }: StudyRow) => this.navigator.open({ page: 'lesson', id: lessonId }),
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

  get #list(): Grid<ListRow, StudyRow> {
    return part(this, 'List');
  }

  override remember(): number {
    return this.#list.index;
  }

  override _getFocused(): Lightning.Component {
    return this.#rows.length > 0 ? this.#list : part<ButtonRow>(this, 'Empty');
  }
}
