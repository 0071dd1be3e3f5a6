import { roundedBox } from './drawn.ts';
import { label, middleOf } from './label.ts';
import { textWidth } from './text-width.ts';
import { color, screen } from './theme.ts';

const h = 44;
const face = 32;
const gap = 10;

/** Template of who a page is about, at the right end of its title line: first letter, name, and where they live. */
export function personPill(name: string, place?: string): object {
  const words = [name, place].filter(Boolean).join(' · ');
  const w = 6 + face + gap + textWidth(words, 'body') + 18;
  return {
    visible: true,
    x: screen.w - screen.safeX - w,
    y: screen.safeY + 2,
    Back: { ...roundedBox(w, h, h / 2), color: color.pill },
    Face: { ...roundedBox(face, face, face / 2), x: 6, y: (h - face) / 2, color: color.brick },
    Letter: {
      ...label('small', { text: [...name][0] ?? '' }),
      x: 6 + face / 2,
      y: middleOf(h, 'small'),
      mountX: 0.5,
    },
    Words: { ...label('body', { text: words }), x: 6 + face + gap, y: middleOf(h, 'body') },
  };
}
