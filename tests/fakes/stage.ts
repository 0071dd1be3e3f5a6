import { Lightning } from '@lightningjs/sdk';
import { installFakeCanvas } from './canvas.ts';

export type Key = 'Left' | 'Right' | 'Up' | 'Down' | 'Enter' | 'Back';

/** Key codes as settings.json has them. */
export const keyCodes: Record<Key, number> = { Left: 37, Up: 38, Right: 39, Down: 40, Enter: 13, Back: 8 };

/** A real Lightning stage in jsdom that shows one component and gives it the keys. */
export interface TestStage<Shown extends Lightning.Component> {
  shown: Shown;
  /** Keys in order. @returns the keys that nobody on the stage handled */
  press(...keys: Key[]): Key[];
  focused(): Lightning.Component;
  /** What the app's frame would have announced, at every change of focus. */
  said: string[];
  /** Takes the component off the stage, so that it ends its timers. */
  dispose(): void;
  /** Draws two frames a second apart, so that textures load and transitions end. */
  settle(): void;
}

installFakeCanvas();

/** @param template of the component; `props` are set on it before it is attached. */
export function showOnStage<Shown extends Lightning.Component>(
  type: new (...args: never[]) => Shown,
  props: object = {},
): TestStage<Shown> {
  let unhandled: Key[] = [];
  const said: string[] = [];
  const announced = (component: Lightning.Component): string =>
    'announcement' in component ? String(component.announcement) : '';
  class Owner extends Lightning.Application {
    static override _template(): object {
      return { Shown: { type, ...props } };
    }
    override _getFocused(): Lightning.Component {
      const shown = this.getByRef('Shown' as never) as Lightning.Component | undefined;
      // While it is being made it may ask for the focus already.
      return shown ?? this;
    }
    override _focusChange(focused: Lightning.Component): void {
      said.push(announced(focused));
    }
    $announce(words: string): void {
      said.push(words);
    }
    override _handleKey(event: KeyboardEvent): boolean {
      const key = (Object.keys(keyCodes) as Key[]).find((name) => keyCodes[name] === event.keyCode);
      unhandled.push(key!);
      return true;
    }
  }
  const application = new Owner({
    keys: Object.fromEntries(Object.entries(keyCodes).map(([name, code]) => [code, name])),
    stage: { w: 1280, h: 720, canvas2d: true, autostart: false, useImageWorker: false, fixedDt: 1 },
  });
  return {
    shown: application._getFocused() as Shown,
    press(...keys) {
      unhandled = [];
      for (const key of keys)
        (application as unknown as { _receiveKeydown(event: object): void })._receiveKeydown({
          keyCode: keyCodes[key],
        });
      return unhandled;
    },
    said,
    focused() {
      const path = application.focusPath as Lightning.Component[];
      return path[path.length - 1]!;
    },
    dispose() {
      application.childList.clear();
    },
    settle() {
      application.stage.drawFrame();
      application.stage.drawFrame();
    },
  };
}

/** Every element at and under one, as it would be drawn. */
export function elementsUnder(root: Lightning.Element): Lightning.Element[] {
  return [root, ...root.children.flatMap(elementsUnder)];
}

/** True when neither the element nor any of its owners is hidden. */
export function isShown(element: Lightning.Element | undefined): boolean {
  for (let one = element; one; one = one.parent as Lightning.Element | undefined)
    if (!one.visible || one.alpha === 0) return false;
  return true;
}

/** The focus rings that can be seen. */
export function visibleRings(root: Lightning.Element): Lightning.Element[] {
  return elementsUnder(root).filter((element) => element.ref === 'FocusRing' && isShown(element));
}

/** Texts under an element that are shown and not empty. */
export function textsUnder(root: Lightning.Element): string[] {
  return elementsUnder(root)
    .filter((element) => isShown(element) && element.text)
    .map((element) => element.text!.text)
    .filter((text) => text !== '');
}
