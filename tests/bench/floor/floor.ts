/** The least a Lightning SDK app can be: what the app's figures are compared with. */
import { Launch, Lightning } from '@lightningjs/sdk';

class Floor extends Lightning.Component {
  static override _template(): object {
    return { Box: { rect: true, w: 200, h: 100, color: 0xfff2b544 } };
  }
}

const app = Launch(Floor, { stage: {} } as never, {}, undefined);
document.body.appendChild((app as unknown as { stage: Lightning.Stage }).stage.getCanvas());
