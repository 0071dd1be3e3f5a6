import { label } from './label.ts';
import { color, screen } from './theme.ts';

/** Template of a page's title line, with a few words at the right edge. */
export function pageHeader(title: string, right = ''): object {
  return {
    x: screen.safeX,
    y: screen.safeY,
    Title: label('title', { text: title, w: right ? 820 : screen.w - screen.safeX * 2 }),
    Right: {
      ...label('body', { text: right, color: color.textSoft }),
      x: screen.w - screen.safeX * 2,
      y: 7,
      mountX: 1,
    },
  };
}
