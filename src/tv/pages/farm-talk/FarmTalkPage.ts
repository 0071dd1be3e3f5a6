import type { Lightning } from '@lightningjs/sdk';
import type { FarmTalkIssue } from '../../../domain/catalogue/types.ts';
import { Page } from '../../app/Page.ts';
import { t } from '../../locales/i18n.ts';
import { ButtonRow } from '../../ui/ButtonRow.ts';
import { label } from '../../ui/label.ts';
import { pageHeader } from '../../ui/page-header.ts';
import { part, setText } from '../../ui/parts.ts';
import type { CardContent, CardLayout } from '../../ui/PosterCard.ts';
import { Rail } from '../../ui/Rail.ts';
import { color, screen } from '../../ui/theme.ts';
import { currentLessons, dotted, lengthWords, lessonCard, monthWords } from '../shared/lesson-words.ts';

const visible = 3;
const gap = 28;
const cardWidth = (screen.w - screen.safeX * 2 - gap * (visible - 1)) / visible;
const layout: CardLayout = { w: cardWidth, h: 300, title: 'title', meta: 'small', titleLines: 2, pad: 20 };
/** The words below follow the focus only when it rests: they cost a texture each. */
const settleMs = 400;

interface Issue {
  issue: FarmTalkIssue;
  card: CardContent;
}

/** The monthly column: this month's issue first, then the back issues. */
export class FarmTalkPage extends Page<{ page: 'farm-talk'; issue?: string }> {
  #issues: Issue[] = [];
  #settle: ReturnType<typeof setTimeout> | undefined;

  static override _template(): object {
    return {
      Header: {},
      Issues: { type: Rail, x: screen.safeX, y: 116 },
      Summary: { ...label('heading', { w: 1152, lines: 3, color: color.textSoft }), x: screen.safeX, y: 464 },
      Empty: { type: ButtonRow, x: screen.safeX, y: 560, visible: false },
    };
  }

  override get heading(): string {
    return t('farmTalk.title');
  }

  protected override build(): void {
    const { services, navigator } = this;
    for (const issue of services.catalogue().farmTalk) {
      const [lesson] = currentLessons(services, issue.lessons);
      if (!lesson) continue;
      const month = t('farmTalk.issue', {
        year: issue.month.slice(0, 4),
        month: monthWords(issue),
        number: issue.issue,
      });
      const card = lessonCard(services, lesson);
      const title = services.text(issue.title);
      const content = {
        ...card,
        title,
        badge: month,
        announcement: dotted(month, title, lengthWords(lesson.length)),
      };
      this.#issues.push({ issue, card: content });
    }
    this.patch({
      Header: pageHeader(this.heading, t('farmTalk.note')),
      Issues: {
        spec: {
          title: '',
          note: '',
          cards: this.#issues.map(({ card }) => card),
          layout,
          gap,
          visible,
          onEnter: ({ id }: CardContent) => navigator.open({ page: 'play', id }),
        },
      },
      Empty: {
        visible: this.#issues.length === 0,
        buttons: [{ id: 'back', words: t('action.back'), onEnter: () => navigator.back() }],
      },
    });
    const wanted = this.#issues.findIndex(({ issue }) => issue.id === this.route.issue);
    this.#rail.index = (this.memory as number | undefined) ?? Math.max(0, wanted);
    this.#showSummary();
  }

  get #rail(): Rail {
    return part(this, 'Issues');
  }

  #showSummary(): void {
    const issue = this.#issues[this.#rail.index]?.issue;
    setText(part(this, 'Summary'), issue ? this.services.text(issue.summary) : t('farmTalk.empty'));
  }

  override _focusChange(): void {
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => this.#showSummary(), settleMs);
  }

  override _detach(): void {
    clearTimeout(this.#settle);
  }

  override remember(): number {
    return this.#rail.index;
  }

  override onDigit(digit: number): void {
    const issue = this.#issues[digit - 1];
    if (issue) this.navigator.open({ page: 'play', id: issue.card.id });
  }

  override _getFocused(): Lightning.Component {
    return this.#issues.length > 0 ? this.#rail : part<ButtonRow>(this, 'Empty');
  }
}
