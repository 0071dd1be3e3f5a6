import type { Lightning } from '@lightningjs/sdk';
import { Page } from '../../app/Page.ts';
import { t } from '../../locales/i18n.ts';
import { ButtonRow } from '../../ui/ButtonRow.ts';
import { Grid } from '../../ui/Grid.ts';
import { label } from '../../ui/label.ts';
import { pageHeader } from '../../ui/page-header.ts';
import { part } from '../../ui/parts.ts';
import { PosterCard, type CardContent, type CardLayout } from '../../ui/PosterCard.ts';
import { TabBar } from '../../ui/TabBar.ts';
import { color, screen } from '../../ui/theme.ts';
import { currentLessons, dotted, lessonCard } from '../shared/lesson-words.ts';

const columns = 3;
const gap = 28;
const cardWidth = (screen.w - screen.safeX * 2 - gap * (columns - 1)) / columns;
const layout: CardLayout = {
  w: cardWidth,
  h: 212,
  title: 'heading',
  meta: 'small',
  titleLines: 2,
  pad: 20,
};

interface PlaylistMemory {
  index: number;
}

/** All lessons of one playlist, numbered; the county's other playlists are one key above. */
export class PlaylistPage extends Page<{ page: 'playlist'; id: string }> {
  #inTabs = false;
  #cards: CardContent[] = [];

  static override _template(): object {
    return {
      Header: {},
      Tabs: { type: TabBar, x: screen.safeX - 18, y: 92 },
      Summary: { ...label('body', { w: 1152, color: color.textSoft }), x: screen.safeX, y: 152 },
      Lessons: { type: Grid, x: screen.safeX, y: 204 },
      Empty: { ...label('heading', { w: 900, lines: 2 }), x: screen.safeX, y: 300, visible: false },
      WayOut: { type: ButtonRow, x: screen.safeX, y: 400, visible: false },
    };
  }

  get #playlist() {
    return this.services.catalogue().playlists.find(({ id }) => id === this.route.id);
  }

  override get heading(): string {
    return this.services.text(this.#playlist?.title) || t('playlist.gone');
  }

  protected override build(): void {
    const { services, navigator } = this;
    const playlist = this.#playlist;
    const lessons = currentLessons(services, playlist?.lessons ?? []);
    const done = lessons.filter(({ id }) => services.progress(id)?.completed).length;
    this.#cards = lessons.map((lesson, index) => {
      const card = lessonCard(services, lesson);
      const number = t('playlist.number', { number: index + 1 });
      return { ...card, meta: dotted(number, card.meta), announcement: dotted(number, card.announcement) };
    });
    this.patch({
      Header: pageHeader(this.heading, t('playlist.done', { done, all: lessons.length })),
      Tabs: {
        tabs: {
          current: this.route.id,
          width: screen.w - screen.safeX * 2 + 20,
          specs: services.catalogue().playlists.map(({ id, title }) => ({
            id,
            words: services.text(title),
            onEnter: () => navigator.replace({ page: 'playlist', id }),
          })),
        },
      },
      Summary: { text: { text: services.text(playlist?.summary) } },
      Empty: { visible: lessons.length === 0, text: { text: t('playlist.empty') } },
      WayOut: {
        visible: lessons.length === 0,
        buttons: [{ id: 'back', words: t('action.back'), onEnter: () => navigator.back() }],
      },
      Lessons: {
        spec: {
          items: this.#cards,
          columns,
          cell: { w: cardWidth, h: layout.h },
          gap: { x: gap, y: gap },
          visibleRows: 2,
          card: { type: PosterCard, layout },
          show: (card: PosterCard, content: CardContent) => card.show(content),
          onEnter: ({ id }: CardContent) => this.#play(id),
        },
      },
    });
    this.#grid.index = (this.memory as PlaylistMemory | undefined)?.index ?? 0;
  }

  get #grid(): Grid<PosterCard, CardContent> {
    return part(this, 'Lessons');
  }

  #play(id: string): void {
    this.navigator.open({ page: 'play', id, playlist: this.route.id });
  }

  override remember(): PlaylistMemory {
    return { index: this.#grid.index };
  }

  override onDigit(digit: number): void {
    const card = this.#cards[digit - 1];
    if (card) this.#play(card.id);
    else this.navigator.toast(t('playlist.noNumber', { number: digit }));
  }

  override _getFocused(): Lightning.Component {
    if (this.#inTabs) return part<TabBar>(this, 'Tabs');
    return this.#cards.length > 0 ? this.#grid : part<ButtonRow>(this, 'WayOut');
  }

  override _handleUp(): boolean {
    if (this.#inTabs || this.services.catalogue().playlists.length === 0) return false;
    this.#inTabs = true;
    return true;
  }

  override _handleDown(): boolean {
    if (!this.#inTabs) return false;
    this.#inTabs = false;
    return true;
  }
}
