import { localNote } from '../study/local-note.ts';
import { afterLoss, lossesIn, sparesChip } from './graphics-losses.ts';
import type { Viewport } from './viewport.ts';

/** Options of the stage: the context it draws in, or none for Canvas 2D. */
export type Graphics = { context: WebGLRenderingContext } | { canvas2d: true };

interface GraphicsWorld {
  document: Document;
  location: Location;
  storage: Storage | undefined;
  /** Starts the app again where it is; called once. */
  restart: () => void;
}

/** What Lightning itself asks of its context. */
const contextOptions = { alpha: true, antialias: false, premultipliedAlpha: true, stencil: true };

/**
 * Opens the stage's graphics before Lightning does: a second context only to see whether there is one, or a
 * change of its size, costs as much as the first.
 *
 * Lightning cannot rebuild its textures in a new context, so a chip that is lost means a new start. One that is
 * lost again soon after is left alone for a day (`graphics-losses.ts`). `?graphics=canvas` and `?graphics=webgl`
 * in the address have it one way or the other.
 */
export function openGraphics({ w, h }: Viewport, world: GraphicsWorld): Graphics {
  const { document, location, storage, restart } = world;
  const note = localNote<unknown>(storage, 'field-classroom.graphics');
  const asked = /[?&]graphics=(canvas|webgl)\b/.exec(location.search)?.[1];
  if (asked === 'canvas' || (!asked && sparesChip(lossesIn(note.read()), Date.now())))
    return { canvas2d: true };

  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: w, height: h });
  const open = (name: string) => canvas.getContext(name, contextOptions) as WebGLRenderingContext | null;
  const context = open('webgl') ?? open('experimental-webgl');
  if (!context || context.isContextLost()) return { canvas2d: true };
  canvas.addEventListener(
    'webglcontextlost',
    () => {
      const losses = afterLoss(lossesIn(note.read()), Date.now());
      note.write(losses);
      // Where nothing can be kept, the address remembers: else the box might start for ever.
      if (lossesIn(note.read()).length > 0) restart();
      else location.replace(withCanvas(location));
    },
    { once: true },
  );
  return { context };
}

function withCanvas({ pathname, search, hash }: Location): string {
  return `${pathname}${search}${search ? '&' : '?'}graphics=canvas${hash}`;
}
