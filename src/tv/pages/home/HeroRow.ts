import { Lightning } from '@lightningjs/sdk';
import { PanelCard, type PanelContent } from '../../ui/PanelCard.ts';
import { part } from '../../ui/parts.ts';
import { PosterCard, type CardContent } from '../../ui/PosterCard.ts';
import { color } from '../../ui/theme.ts';

export const heroHeight = 290;
const heroWidth = 718;
const panelWidth = 410;
const panelHeight = 134;

export type HeroPlace = 'Talk' | 'Resume' | 'Back';

export interface HeroSpec {
  talk: CardContent | undefined;
  resume: PanelContent;
  backIssues: PanelContent;
  onTalk: () => void;
  onResume: () => void;
  onBackIssues: () => void;
}

/** This month's farm talk large on the left; what was begun, and the back issues, beside it. */
export class HeroRow extends Lightning.Component {
  #place: HeroPlace = 'Talk';
  #hasTalk = true;

  static override _template(): object {
    const right = heroWidth + 24;
    return {
      h: heroHeight,
      Talk: {
        type: PosterCard,
        layout: { w: heroWidth, h: heroHeight, title: 'hero', meta: 'body', titleLines: 2, pad: 28 },
      },
      Resume: { type: PanelCard, x: right, look: { w: panelWidth, h: panelHeight, paint: color.panel } },
      Back: {
        type: PanelCard,
        x: right,
        y: heroHeight - panelHeight,
        look: { w: panelWidth, h: panelHeight, paint: color.panelWarm },
      },
    };
  }

  set spec(spec: HeroSpec) {
    this.#hasTalk = spec.talk !== undefined;
    this.patch({
      Talk: { visible: this.#hasTalk, onEnter: spec.onTalk },
      Resume: { content: spec.resume, onEnter: spec.onResume },
      Back: { content: spec.backIssues, onEnter: spec.onBackIssues },
    });
    if (spec.talk) part<PosterCard>(this, 'Talk').show(spec.talk);
  }

  get place(): HeroPlace {
    return this.#place;
  }

  set place(place: HeroPlace) {
    this.#place = place === 'Talk' && !this.#hasTalk ? 'Resume' : place;
  }

  override _getFocused(): Lightning.Component {
    return part<Lightning.Component>(this, this.#place);
  }

  override _handleRight(): boolean {
    if (this.#place !== 'Talk') return false;
    this.#place = 'Resume';
    return true;
  }

  override _handleLeft(): boolean {
    if (this.#place === 'Talk' || !this.#hasTalk) return false;
    this.#place = 'Talk';
    return true;
  }

  override _handleDown(): boolean {
    if (this.#place !== 'Resume') return false;
    this.#place = 'Back';
    return true;
  }

  override _handleUp(): boolean {
    if (this.#place !== 'Back') return false;
    this.#place = 'Resume';
    return true;
  }
}
