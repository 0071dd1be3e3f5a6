import { Lightning } from '@lightningjs/sdk';
import { maskedList } from '../../../domain/roster/masked-name.ts';
import type { GroupSession } from '../../../domain/groups/group-session.ts';
import type { Lesson } from '../../../domain/catalogue/types.ts';
import type { Navigator, Services } from '../../app/services.ts';
import type { PlaceView } from '../../identity/binding.ts';
import type { Study } from '../../study/study.ts';
import { t } from '../../locales/i18n.ts';
import type { PanelSpec } from '../player/Panel.ts';

/** Somebody of the room's list as its screen may show them. */
export interface ListedPerson {
  id: string;
  words: string;
}

/** What every screen of the evening lives on. */
export interface RoomContext {
  services: Services;
  navigator: Navigator;
  study: Study;
  room: Extract<PlaceView, { state: 'room' }>;
  people: readonly ListedPerson[];
  /** Asks something over the screen; its buttons take it away again. */
  ask: (spec: PanelSpec) => void;
  /** Towards the end: what is still missing is said in words. */
  askEnd: () => void;
}

/** One screen of the evening. */
export abstract class RoomView extends Lightning.Component {
  declare context: RoomContext;

  /** Said when the screen comes. */
  abstract get heading(): string;

  /** Builds the screen, once. */
  protected abstract build(): void;

  /** Something about the evening has changed. */
  refresh(): void {
    // Most screens stand still.
  }

  /** A second has passed. */
  tick(): void {
    // Most screens have no clock.
  }

  onDigit(_digit: number): void {
    // Digits are short cuts only.
  }

  override _init(): void {
    this.build();
  }

  protected get session(): GroupSession {
    return this.context.study.groups.evening()!;
  }

  protected get lesson(): Lesson | undefined {
    const { plan, lesson } = this.session;
    return this.context.services.catalogue().lessons.get(plan.lessons[lesson]?.lessonId ?? '');
  }

  protected nameOf(person: string): string {
    return this.context.people.find(({ id }) => id === person)?.words ?? t('together.somebody');
  }
}

/** The people of a room as its public screen may name them: masked, those alike told apart by their number. */
export function listedPeople(room: RoomContext['room']): ListedPerson[] {
  return maskedList(room.people).map(({ id, masked, tail }) => ({
    id,
    words: `${masked}${tail ?? ''}`,
  }));
}
