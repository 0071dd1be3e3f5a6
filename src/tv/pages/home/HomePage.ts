import type { Lightning } from '@lightningjs/sdk';
import { Page } from '../../app/Page.ts';
import { t } from '../../locales/i18n.ts';
import { label } from '../../ui/label.ts';
import { part, setText } from '../../ui/parts.ts';
import type { CardLayout } from '../../ui/PosterCard.ts';
import { Rail } from '../../ui/Rail.ts';
import { TabBar } from '../../ui/TabBar.ts';
import { textWidth } from '../../ui/text-width.ts';
import { color, motion, screen, space } from '../../ui/theme.ts';
import { currentLessons } from '../shared/lesson-words.ts';
import { watchingWords } from '../shared/watching-words.ts';
import {
  backIssuesPanel,
  clockWords,
  heroCard,
  homeShelves,
  resumeOffer,
  type HomeShelf,
} from './home-content.ts';
import { heroHeight, HeroRow, type HeroPlace } from './HeroRow.ts';

const headerHeight = 74;
const rowGap = 24;
const shelfVisible = 4;
const shelfCard: CardLayout = {
  w: (screen.w - screen.safeX * 2 - space.gap * (shelfVisible - 1)) / shelfVisible,
  h: 150,
  title: 'cardTitle',
  meta: 'small',
  titleLines: 2,
  pad: 16,
};

interface HomeMemory {
  row: number;
  tab: string | undefined;
  place: HeroPlace;
  columns: number[];
}

/** The first screen: what was begun, this month's farm talk, and every playlist as a row. */
export class HomePage extends Page<{ page: 'home' }> {
  /** 0 is the header, 1 the farm talk, then the playlists. */
  #row = 1;
  #rows: Lightning.Component[] = [];
  #tops: number[] = [];
  #shelves: HomeShelf[] = [];
  #clock: ReturnType<typeof setInterval> | undefined;
  #clockRoom = 0;

  static override _template(): object {
    return {
      Rows: {
        x: screen.safeX,
        y: screen.safeY,
        Header: { h: headerHeight, Brand: {}, Tabs: { type: TabBar }, Clock: {} },
      },
      Notice: { visible: false },
    };
  }

  override get heading(): string {
    return t('home.heading');
  }

  protected override build(): void {
    const resume = resumeOffer(this.services);
    this.#shelves = homeShelves(this.services);
    this.#buildHeader();
    this.#buildRows(resume);
    const memory = this.memory as HomeMemory | undefined;
    // Resume is one key press from start-up: with something begun, the focus waits there.
    const place = memory?.place ?? (resume.begun ? 'Resume' : 'Talk');
    part<HeroRow>(part(this, 'Rows'), 'Hero').place = place;
    memory?.columns.forEach((column, index) => {
      const rail = this.#rows[index + 2];
      if (rail instanceof Rail) rail.index = column;
    });
    if (memory?.tab) this.#tabs.focusOn(memory.tab);
    this.#row = Math.min(memory?.row ?? 1, this.#rows.length - 1);
    this.#scroll(false);
    if (this.services.catalogueIsOld()) this.#notice(t('home.oldCatalogue'));
    this.#clock = setInterval(() => setText(this.#clockLabel, this.#clockWords()), 60_000);
  }

  override _detach(): void {
    clearInterval(this.#clock);
  }

  override remember(): HomeMemory {
    return {
      row: this.#row,
      tab: this.#tabs.focusedId,
      place: part<HeroRow>(part(this, 'Rows'), 'Hero').place,
      columns: this.#rows.map((row) => (row instanceof Rail ? row.index : 0)).slice(2),
    };
  }

  get #tabs(): TabBar {
    return part(part(part(this, 'Rows'), 'Header'), 'Tabs');
  }

  get #clockLabel(): Lightning.Element {
    return part(part(part(this, 'Rows'), 'Header'), 'Clock');
  }

  #buildHeader(): void {
    const { navigator } = this;
    const watching = this.services.watching();
    const duty = this.#shelves.find(({ playlist }) => playlist.kind === 'duty');
    const farming = this.#shelves.find(({ playlist }) => playlist.kind !== 'duty');
    const open = (route: Parameters<typeof navigator.open>[0]) => () => navigator.open(route);
    const together = { id: 'together', words: t('tab.together'), onEnter: open({ page: 'together' }) };
    const specs = [
      { id: 'home', words: t('tab.home'), onEnter: () => this.#moveTo(1) },
      // Where a whole room studies, that is what most people want next.
      ...(this.services.inRoom() ? [together] : []),
      { id: 'farm-talk', words: t('tab.farmTalk'), onEnter: open({ page: 'farm-talk' }) },
      ...(farming
        ? [
            {
              id: 'lessons',
              words: t('tab.lessons'),
              onEnter: open({ page: 'playlist', id: farming.playlist.id }),
            },
          ]
        : []),
      ...(duty
        ? [{ id: 'duty', words: t('tab.duty'), onEnter: open({ page: 'playlist', id: duty.playlist.id }) }]
        : []),
      ...(watching.place === 'home'
        ? [
            {
              id: 'who',
              words: t('who.chip', { names: watchingWords(watching) }),
              onEnter: open({ page: 'who' }),
            },
          ]
        : []),
      // A public room has no personal page.
      ...(watching.place === 'room'
        ? []
        : [{ id: 'my-study', words: t('tab.myStudy'), onEnter: open({ page: 'my-study' }) }]),
      { id: 'settings', words: t('tab.settings'), onEnter: open({ page: 'settings' }) },
      { id: 'help', words: t('tab.help'), onEnter: open({ page: 'help' }) },
    ];
    const brand = textWidth(t('app.name'), 'heading');
    const width = screen.w - screen.safeX * 2;
    const tabsX = brand + 30;
    const tabsWidth = Math.min(TabBar.widthOf(specs), width - tabsX);
    // The solar term gives way where the words of a language leave no room for it.
    this.#clockRoom = width - tabsX - tabsWidth - 30;
    part(part(this, 'Rows'), 'Header').patch({
      Brand: { ...label('heading', { text: t('app.name'), color: color.focus }), y: 5 },
      Tabs: { x: tabsX, tabs: { specs, current: 'home', width: tabsWidth } },
      Clock: {
        ...label('body', { text: this.#clockWords(), color: color.textSoft }),
        x: width,
        mountX: 1,
        y: 9,
      },
    });
  }

  #clockWords(): string {
    const full = clockWords(this.services);
    const time = full.slice(full.lastIndexOf(' ') + 1);
    return [full, time].find((words) => textWidth(words, 'body') <= this.#clockRoom) ?? '';
  }

  #buildRows({ lesson, content }: ReturnType<typeof resumeOffer>): void {
    const { navigator, services } = this;
    const [talk] = services.catalogue().farmTalk;
    const [talkLesson] = currentLessons(services, talk?.lessons ?? []);
    const rows = part(this, 'Rows');
    let y = headerHeight + heroHeight + rowGap;
    rows.patch({
      Hero: {
        type: HeroRow,
        y: headerHeight,
        spec: {
          talk: talk && talkLesson ? heroCard(services, talk, talkLesson) : undefined,
          resume: content,
          backIssues: backIssuesPanel(services),
          onTalk: () => talkLesson && navigator.open({ page: 'play', id: talkLesson.id }),
          onResume: () => lesson && navigator.open({ page: 'play', id: lesson.id }),
          onBackIssues: () =>
            navigator.open({ page: 'farm-talk', issue: services.catalogue().farmTalk[1]?.id }),
        },
      },
    });
    this.#tops = [0, 0];
    this.#shelves.forEach(({ playlist, title, note, cards }, index) => {
      rows.patch({
        [`Shelf${index}`]: {
          type: Rail,
          y,
          spec: {
            title,
            note,
            cards,
            layout: shelfCard,
            gap: space.gap,
            visible: shelfVisible,
            onEnter: ({ id }: { id: string }) => navigator.open({ page: 'play', id, playlist: playlist.id }),
          },
        },
      });
      this.#tops.push(y - (screen.h - screen.safeY * 2 - Rail.heightOf(shelfCard) - 40));
      y += Rail.heightOf(shelfCard) + rowGap;
    });
    this.#rows = [
      part<Lightning.Component>(part(rows, 'Header'), 'Tabs'),
      part<Lightning.Component>(rows, 'Hero'),
      ...this.#shelves.map((_, index) => part<Lightning.Component>(rows, `Shelf${index}`)),
    ];
  }

  #notice(words: string): void {
    this.navigator.say(words);
    this.patch({
      Notice: {
        ...label('small', { text: words, color: color.focus }),
        visible: true,
        x: screen.safeX,
        y: screen.h - screen.safeY - 26,
      },
    });
  }

  override _getFocused(): Lightning.Component {
    return this.#rows[this.#row] ?? this;
  }

  // Like each row, the page goes round: the last playlist is as near as the first.
  override _handleUp(): boolean {
    return this.#moveTo((this.#row || this.#rows.length) - 1);
  }

  override _handleDown(): boolean {
    return this.#moveTo((this.#row + 1) % this.#rows.length);
  }

  /** Digits pick a card of the row that has the focus. */
  override onDigit(digit: number): void {
    const rail = this.#rows[this.#row];
    if (!(rail instanceof Rail) || digit === 0) return;
    rail.index = digit - 1;
    this._refocus();
  }

  #moveTo(row: number): boolean {
    this.#row = row;
    this.#scroll(true);
    this._refocus();
    return true;
  }

  #scroll(smooth: boolean): void {
    const y = screen.safeY - Math.max(0, this.#tops[this.#row] ?? 0);
    const rows = part(this, 'Rows');
    if (smooth) rows.setSmooth('y', y, { duration: motion.page });
    else rows.y = y;
  }
}
