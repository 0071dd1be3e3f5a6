import type { Lightning } from '@lightningjs/sdk';
import type { Lesson } from '../../../domain/catalogue/types.ts';
import { t } from '../../locales/i18n.ts';
import { RoomButton } from '../../ui/Button.ts';
import { ButtonRow, type ButtonSpec } from '../../ui/ButtonRow.ts';
import { Grid } from '../../ui/Grid.ts';
import { label } from '../../ui/label.ts';
import { part, setText } from '../../ui/parts.ts';
import { RoomTile } from '../../ui/RoomTile.ts';
import { color, screen } from '../../ui/theme.ts';
import { currentLessons, dotted, lengthWords } from '../shared/lesson-words.ts';
import { RoomView } from './room-view.ts';

const wide = screen.w - screen.safeX * 2;
const row = { w: wide, h: 88 };

interface Offer {
  /** `null` for the farm talk of the month. */
  playlist: string | null;
  title: string;
  lessons: Lesson[];
}

/** Who leads and what is shown; all of it is chosen beforehand, so that one OK begins. */
export class SetupView extends RoomView {
  #offers: Offer[] = [];
  #offer = 0;
  #host = 0;
  #onRows = false;

  static override _template(): object {
    return {
      Title: { ...label('hero', { w: wide }), x: screen.safeX, y: screen.safeY },
      Rows: { type: Grid, x: screen.safeX, y: 130 },
      How: { ...label('heading', { w: wide, lines: 2, color: color.textSoft }), x: screen.safeX, y: 350 },
      Roster: { ...label('room', { w: wide, lines: 2 }), x: screen.safeX, y: 436 },
      Buttons: { type: ButtonRow, kind: RoomButton, x: screen.safeX, y: 590 },
    };
  }

  override get heading(): string {
    return t('together.heading', { room: this.context.room.room.name });
  }

  protected override build(): void {
    const { people, study } = this.context;
    this.#offers = this.#allOffers();
    const last = study.groups.last();
    this.#host = Math.max(
      0,
      people.findIndex(({ id }) => id === last?.host),
    );
    this.#offer = Math.max(
      0,
      this.#offers.findIndex(({ playlist }) => last !== undefined && playlist === last.playlist),
    );
    setText(part(this, 'Title'), this.heading);
    setText(part(this, 'How'), t('together.change'));
    setText(part(this, 'Roster'), t('together.roster', { count: people.length }));
    this.patch({
      Rows: {
        spec: {
          items: ['host', 'playlist'],
          columns: 1,
          cell: row,
          gap: { x: 0, y: 14 },
          visibleRows: 2,
          card: { type: RoomTile, look: row },
          show: (tile: RoomTile, kind: 'host' | 'playlist') => (tile.content = this.#contentOf(kind)),
          onEnter: (kind: 'host' | 'playlist') => this.#step(kind, 1),
        },
      },
      Buttons: { buttons: this.#buttons() },
    });
  }

  /** The farm talk of the month first, then the playlists, each with a lesson that can be watched. */
  #allOffers(): Offer[] {
    const { services } = this.context;
    const { farmTalk, playlists } = services.catalogue();
    const [talk] = farmTalk;
    return [
      ...(talk ? [{ playlist: null, title: services.text(talk.title), ids: talk.lessons }] : []),
      ...playlists.map(({ id, title, lessons }) => ({
        playlist: id,
        title: services.text(title),
        ids: lessons,
      })),
    ]
      .map(({ playlist, title, ids }) => ({ playlist, title, lessons: currentLessons(services, ids) }))
      .filter(({ lessons }) => lessons.length > 0);
  }

  #contentOf(kind: 'host' | 'playlist') {
    const offer = this.#offers[this.#offer];
    const total = (offer?.lessons ?? []).reduce((sum, { length }) => sum + length, 0);
    const [words, value] =
      kind === 'host'
        ? [t('together.host'), this.context.people[this.#host]?.words ?? '']
        : [
            offer?.title ?? t('home.nothing'),
            dotted(t('together.lessons', { count: offer?.lessons.length ?? 0 }), lengthWords(total)),
          ];
    return { words, value, announcement: `${words} ${value}` };
  }

  #buttons(): ButtonSpec[] {
    const { navigator } = this.context;
    return [
      { id: 'start', words: t('together.start'), onEnter: () => this.#start() },
      {
        id: 'past',
        words: t('afterwards.title'),
        onEnter: () => navigator.open({ page: 'together-past' }),
      },
      { id: 'back', words: t('action.back'), onEnter: () => navigator.back() },
    ];
  }

  get #rows(): Grid<RoomTile, 'host' | 'playlist'> {
    return part(this, 'Rows');
  }

  #step(kind: 'host' | 'playlist', by: number): void {
    const turn = (index: number, count: number): number => (index + by + count) % Math.max(1, count);
    if (kind === 'host') this.#host = turn(this.#host, this.context.people.length);
    else this.#offer = turn(this.#offer, this.#offers.length);
    this.#rows.refresh();
    this.context.navigator.say(this.#contentOf(kind).announcement);
  }

  #start(): void {
    const { study, people, room, navigator } = this.context;
    const offer = this.#offers[this.#offer];
    const host = people[this.#host];
    if (!offer || !host) return navigator.toast(t(host ? 'home.nothing' : 'together.noPeople'));
    const { playlist, lessons } = offer;
    void study.groups.begin({
      room: room.room.id,
      host: host.id,
      playlist,
      lessons,
      roster: people.map(({ id }) => id),
    });
  }

  override _getFocused(): Lightning.Component {
    return this.#onRows ? this.#rows : part<ButtonRow>(this, 'Buttons');
  }

  override _handleUp(): boolean {
    this.#onRows = true;
    return true;
  }

  override _handleDown(): boolean {
    this.#onRows = false;
    return true;
  }

  override _handleLeft(): boolean {
    return this.#turn(-1);
  }

  override _handleRight(): boolean {
    return this.#turn(1);
  }

  #turn(by: number): boolean {
    if (this.#onRows) this.#step(this.#rows.index === 0 ? 'host' : 'playlist', by);
    return this.#onRows;
  }
}
