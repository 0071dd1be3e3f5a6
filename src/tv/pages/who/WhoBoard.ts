import { Lightning } from '@lightningjs/sdk';
import type { HomePerson } from '../../identity/watching.ts';
import type { Who } from '../../identity/who.ts';
import { t } from '../../locales/i18n.ts';
import { Grid } from '../../ui/Grid.ts';
import { ListRow, type RowContent } from '../../ui/ListRow.ts';
import { part } from '../../ui/parts.ts';
import { color } from '../../ui/theme.ts';

const row = { w: 560, h: 76 };
const gap = { x: 24, y: 12 };
const rowsShown = 5;

/** What can be done about one person, or about all. */
interface Choice {
  content: RowContent;
  pick: () => void;
}

/**
 * Who of the home is watching, in big names: on the left who watches instead, on the right who watches too. What
 * is picked holds at once.
 */
export class WhoBoard extends Lightning.Component {
  #who: Who | undefined;
  #columns = 1;
  /** What was picked, for words about it; `undefined` for a guest. */
  declare onPicked: (person: HomePerson | undefined) => void;

  static override _template(): object {
    return { List: { type: Grid } };
  }

  /** @param fresh the focus goes to who is most likely wanted: the first who does not watch */
  show(who: Who, fresh = false): void {
    this.#who = who;
    const people = who.view().people;
    const watching = people.filter((one) => one.watching);
    this.#columns = watching.length > 0 ? 2 : 1;
    this.patch({
      List: {
        spec: {
          items: this.#choices(people, watching.length),
          columns: this.#columns,
          cell: row,
          gap,
          visibleRows: rowsShown,
          card: { type: ListRow, look: row },
          show: (card: ListRow, { content }: Choice) => (card.content = content),
          onEnter: ({ pick }: Choice) => pick(),
        },
      },
    });
    if (fresh) {
      const other = people.findIndex((one) => !one.watching);
      this.#list.index = Math.max(0, other) * this.#columns;
    }
    this._refocus();
  }

  get #list(): Grid<ListRow, Choice> {
    return part(this, 'List');
  }

  #choices(people: readonly HomePerson[], watching: number): Choice[] {
    const who = this.#who!;
    const choice = (name: string, key: string, pick: () => void, person?: HomePerson): Choice => {
      const value = t(`who.${key}`);
      return {
        content: {
          title: name,
          big: true,
          value,
          valueColor: person?.watching ? color.done : color.focus,
          note: '',
          announcement: `${name} ${value}`,
        },
        pick: () => {
          pick();
          this.onPicked(person);
        },
      };
    };
    const choicesOf = (one: HomePerson): Choice[] => {
      const { person, name } = one;
      if (watching === 0) return [choice(name, 'pick', () => who.switchTo(person), one)];
      if (!one.watching)
        return [
          choice(name, 'instead', () => who.switchTo(person), one),
          choice(name, 'too', () => who.join(person), one),
        ];
      return [
        choice(name, watching === 1 ? 'watching' : 'alone', () => who.switchTo(person), one),
        choice(name, 'leave', () => who.leave(person), one),
      ];
    };
    const rows = people.reduce<Choice[]>((all, one) => [...all, ...choicesOf(one)], []);
    return watching === 0 ? rows : [...rows, choice(t('who.guest'), 'guestPick', () => who.guest())];
  }

  override _getFocused(): Lightning.Component {
    return this.#list;
  }

  // The board keeps the focus: nothing beside it hears the arrows.
  override _handleLeft(): boolean {
    return true;
  }

  override _handleRight(): boolean {
    return true;
  }
}
