import { Lightning } from '@lightningjs/sdk';
import type { Route } from './routes.ts';
import type { Navigator, Services } from './services.ts';

/**
 * A screen. It gets all it needs before it is attached and builds itself in `build()`; a page is made anew
 * for every visit, so what it wants to find again it hands over in `memory`.
 */
export abstract class Page<R extends Route = Route> extends Lightning.Component {
  declare services: Services;
  declare navigator: Navigator;
  declare route: R;
  /** What `remember()` gave at the last visit of this page. */
  declare memory: unknown;

  /** Said once when the page opens, before what has the focus. */
  abstract get heading(): string;

  protected abstract build(): void;

  /** Focus and scroll, to be found again when Back leads here. */
  remember(): unknown {
    return undefined;
  }

  /** A number key was pressed; pages with numbered things act on it. */
  onDigit(_digit: number): void {
    // Digits are short cuts only: most pages have none.
  }

  /** True while nothing may cover the page (playing video). */
  get busy(): boolean {
    return false;
  }

  override _init(): void {
    this.build();
  }
}

export type PageClass = new (...args: never[]) => Page;
