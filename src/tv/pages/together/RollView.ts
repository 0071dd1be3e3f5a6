import type { Lightning } from '@lightningjs/sdk';
import { attendeesOf, isHere, presentNow } from '../../../domain/groups/group-session.ts';
import { t } from '../../locales/i18n.ts';
import { RoomButton } from '../../ui/Button.ts';
import { ButtonRow, type ButtonSpec } from '../../ui/ButtonRow.ts';
import { label } from '../../ui/label.ts';
import { part, setText } from '../../ui/parts.ts';
import { RoomTile } from '../../ui/RoomTile.ts';
import { color, screen } from '../../ui/theme.ts';
import { TileWindow } from '../../ui/TileWindow.ts';
import { dotted } from '../shared/lesson-words.ts';
import { CheckInCorner } from './CheckInCorner.ts';
import { GuestCount } from './GuestCount.ts';
import { RoomView, type ListedPerson } from './room-view.ts';

const tile = { w: 252, h: 84 };
const gap = 14;
const columns = 3;
const rows = 4;

/** The names of the room, ticked with the remote or checked in by phone; before the first lesson and during it. */
export class RollView extends RoomView {
  #onButtons = false;
  /** Set while it lies over the player or the end. */
  declare onClose: (() => void) | undefined;

  static override _template(): object {
    return {
      Ground: { rect: true, w: screen.w, h: screen.h, color: color.ground },
      Title: { ...label('hero', { w: 800 }), x: screen.safeX, y: screen.safeY },
      Host: {
        ...label('heading', { color: color.textSoft }),
        x: screen.w - screen.safeX,
        y: screen.safeY + 10,
        mountX: 1,
      },
      Count: { ...label('room', { w: 800 }), x: screen.safeX, y: 98 },
      Names: { type: TileWindow, x: screen.safeX, y: 174 },
      More: { ...label('body', { w: 800, color: color.textSoft }), x: screen.safeX, y: 560 },
      CheckIn: { type: CheckInCorner, x: screen.w - screen.safeX - 320, y: 104 },
      Buttons: { type: ButtonRow, kind: RoomButton, x: screen.safeX, y: 600 },
      Guests: undefined,
    };
  }

  override get heading(): string {
    return t('together.rollTitle');
  }

  protected override build(): void {
    const { people, room } = this.context;
    setText(part(this, 'Title'), t('together.heading', { room: room.room.name }));
    setText(part(this, 'Host'), t('together.hostIs', { name: this.nameOf(this.session.plan.host) }));
    this.#names.patch({
      spec: {
        items: people,
        columns,
        cell: tile,
        gap: { x: gap, y: gap },
        visibleRows: rows,
        card: { type: RoomTile, look: tile },
        show: (card: RoomTile, person: ListedPerson) => (card.content = this.#contentOf(person)),
        onEnter: ({ id }: ListedPerson, index: number) => void this.#tick(id, index),
      },
    });
    this.#onButtons = people.length === 0;
    this.refresh();
  }

  get #names(): TileWindow<RoomTile, ListedPerson> {
    return part(this, 'Names');
  }

  /** There while guests are counted. */
  get #guests(): GuestCount | undefined {
    return this.getByRef('Guests' as never) as GuestCount | undefined;
  }

  #contentOf({ id, words }: ListedPerson) {
    const ticked = isHere(this.session, id);
    return { words, ticked, announcement: `${words} ${t(ticked ? 'together.here' : 'together.notHere')}` };
  }

  override refresh(): void {
    if (!this.context.study.groups.evening()) return;
    const { groups } = this.context.study;
    const here = presentNow(this.session).length;
    const guests = this.session.guests + groups.phoneGuests();
    setText(
      part(this, 'Count'),
      dotted(
        t('together.count', { here, expected: this.session.plan.roster.length }),
        guests > 0 ? t('together.guests', { count: guests }) : undefined,
        this.context.study.waiting().saved ? undefined : t('together.unsaved'),
      ),
    );
    this.#names.refresh();
    this.patch({ Buttons: { buttons: this.#buttons() } });
    this.tick();
  }

  override tick(): void {
    const { study, services } = this.context;
    const page = services.address('../phone/check-in');
    part<CheckInCorner>(this, 'CheckIn').show(
      this.session.plan,
      study.groups.seconds(),
      page,
      study.groups.online(),
    );
    const { below } = this.#names;
    setText(part(this, 'More'), below > 0 ? t('together.more', { count: below }) : '');
  }

  #buttons(): ButtonSpec[] {
    const begun = this.onClose !== undefined;
    return [
      begun
        ? { id: 'start', words: t('together.close'), onEnter: () => this.onClose?.() }
        : { id: 'start', words: t('together.begin'), onEnter: () => this.#begin() },
      ...(begun ? [] : [{ id: 'all', words: t('together.all'), onEnter: () => this.#askAll() }]),
      {
        id: 'guests',
        words: t('together.guestsButton'),
        onEnter: () => this.#countGuests(),
      },
      ...(this.session.before
        ? [{ id: 'undo', words: t('together.undo'), onEnter: () => this.#undo() }]
        : []),
      ...(begun ? [{ id: 'end', words: t('together.end'), onEnter: () => this.context.askEnd() }] : []),
    ];
  }

  /** After a tick the focus goes to the next name that has none, so that OK, OK, OK calls the roll. */
  async #tick(person: string, index: number): Promise<void> {
    const was = isHere(this.session, person);
    await this.context.study.groups.tell({ type: 'ticked', person });
    if (!this.attached) return;
    const { people, navigator } = this.context;
    const words = people[index]?.words ?? '';
    navigator.say(`${words} ${t(was ? 'together.notHere' : 'together.here')}`);
    if (was || this.onClose) return;
    const next = people.findIndex(({ id }, at) => at > index && !isHere(this.session, id));
    if (next >= 0) this.#names.index = next;
    else this.#onButtons = true;
    this._refocus();
  }

  #begin(): void {
    const { groups } = this.context.study;
    if (attendeesOf(this.session).length > 0) return void groups.tell({ type: 'roll-called' });
    this.context.ask({
      title: t('together.nobody.title'),
      words: t('together.nobody.words'),
      buttons: [{ id: 'back', words: t('together.callRoll'), onEnter: () => this.#toNames() }],
    });
  }

  #toNames(): void {
    this.#onButtons = false;
    this._refocus();
  }

  #askAll(): void {
    const { groups } = this.context.study;
    this.context.ask({
      title: t('together.allSure', { count: this.context.people.length }),
      words: t('together.allNote'),
      buttons: [
        { id: 'yes', words: t('together.allYes'), onEnter: () => void groups.tell({ type: 'all-ticked' }) },
        { id: 'no', words: t('together.no'), onEnter: () => undefined },
      ],
    });
  }

  #undo(): void {
    void this.context.study.groups.tell({ type: 'undone' });
    this.context.navigator.say(t('together.undone'));
  }

  #countGuests(): void {
    const onDone = (count: number): void => {
      this.patch({ Guests: undefined });
      void this.context.study.groups.tell({ type: 'guests', count });
      this._refocus();
    };
    this.patch({ Guests: { type: GuestCount, spec: { count: this.session.guests, onDone } } });
    this._refocus();
  }

  override onDigit(digit: number): void {
    this.#guests?.onDigit(digit);
  }

  override _getFocused(): Lightning.Component {
    return this.#guests ?? (this.#onButtons ? part<ButtonRow>(this, 'Buttons') : this.#names);
  }

  override _handleDown(): boolean {
    this.#onButtons = true;
    return true;
  }

  override _handleUp(): boolean {
    this.#onButtons = this.context.people.length === 0;
    return true;
  }

  override _handleBack(): boolean {
    if (this.#guests) return this.#guests.done();
    if (!this.onClose) return false;
    this.onClose();
    return true;
  }
}
