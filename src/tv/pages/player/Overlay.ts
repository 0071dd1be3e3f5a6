import { Lightning } from '@lightningjs/sdk';
import { part } from '../../ui/parts.ts';
import { Captions } from './Captions.ts';
import { ChapterList } from './ChapterList.ts';
import { Controls } from './Controls.ts';
import { WhoPanel } from './WhoPanel.ts';

/** All that comes and goes over a lesson's picture. */
export class Overlay extends Lightning.Component {
  static override _template(): object {
    return {
      Controls: { type: Controls },
      Captions: { type: Captions },
      Chapters: { type: ChapterList },
      Who: { type: WhoPanel },
    };
  }

  get controls(): Controls {
    return part(this, 'Controls');
  }

  get captions(): Captions {
    return part(this, 'Captions');
  }

  get chapters(): ChapterList {
    return part(this, 'Chapters');
  }

  get who(): WhoPanel {
    return part(this, 'Who');
  }

  override _getFocused(): Lightning.Component {
    return [this.who, this.chapters, this.controls].find(({ visible }) => visible) ?? this;
  }
}
