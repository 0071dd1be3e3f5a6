import { RoomButton } from '../../ui/Button.ts';
import { Controls, type ControlsLook } from '../player/Controls.ts';
import { Panel, type PanelLook, type PanelSpec } from '../player/Panel.ts';

/** A question or message that the last row of a room can read. */
export class RoomPanel extends Panel {
  static override readonly look: PanelLook = {
    w: 1120,
    title: { style: 'question', y: 130 },
    words: { style: 'room', y: 300, lines: 4 },
    code: { y: 536 },
    buttons: { kind: RoomButton, y: 584 },
  };

  /** Big words need a quiet ground: the screen below is only just to be seen. */
  override show(spec: PanelSpec): void {
    super.show(spec);
    if (!spec.clear) this.patch({ Shade: { color: 0xfa0c1512 } });
  }
}

/** The controls of a lesson that a whole room watches. */
export class RoomControls extends Controls {
  static override readonly look: ControlsLook = {
    kicker: 'heading',
    title: { style: 'hero', w: 700 },
    studied: 'roomButton',
    bar: { y: 516 },
    buttons: { kind: RoomButton, y: 598 },
  };
}
