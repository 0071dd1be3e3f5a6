import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface IconSet {
  icons: Record<string, { body: string }>;
}

const iconSet = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('@iconify-json/noto/icons.json'), 'utf8'),
) as IconSet;

/** What the emoji set lacks, drawn in its manner on the same 128x128 ground. */
const ownDrawings: Record<string, string> = {
  greenhouse: `
    <path d="M6 104V80C6 54 21 37 43 36L84 22c23 0 38 17 38 42v26l-42 14z" fill="#7fc4b2"/>
    <path d="M43 36L84 22c10 0 18 3 25 9L69 47c-7-7-16-11-26-11z" fill="#a9dccb"/>
    <g fill="none" stroke="#3f6f66" stroke-width="4"><path d="M57 31c23 2 37 18 37 42v26M70 26c23 2 38 18 38 42v26M84 22c23 0 38 17 38 42v26"/><path d="M80 78l42-14"/></g>
    <path d="M6 104V80c0-26 15-44 37-44s37 18 37 44v24z" fill="#d9f2e8"/>
    <g fill="#4c8f3a"><path d="M16 103c-3-13 1-20 8-24 3 10 1 18-3 24z"/><path d="M22 103c1-9 4-14 9-16 1 8-1 12-5 16z"/>
      <path d="M60 103c-2-9 1-14 5-17 3 8 2 13-1 17z"/><path d="M65 103c0-13 3-19 9-23 3 10 0 18-5 23z"/></g>
    <path d="M32 104V76c0-3 2-5 5-5h12c3 0 5 2 5 5v28z" fill="#f0cf85"/><path d="M43 71v33" stroke="#a6762a" stroke-width="3"/>
    <path d="M6 104V80c0-26 15-44 37-44s37 18 37 44v24" fill="none" stroke="#3f6f66" stroke-width="5"/>
    <path d="M43 36v35" stroke="#3f6f66" stroke-width="4"/>
    <path d="M15 66c4-11 11-17 20-20" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round"/>
    <path d="M3 107h78l43-14" fill="none" stroke="#6b4a26" stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/>`,
};

let copies = 0;

/**
 * An icon as inline SVG: a Noto emoji (Google, Apache-2.0) or one of our own drawings. Ids inside it are made
 * unique, so several icons can stand in one page.
 *
 * @param name `greenhouse`, or as in https://icon-sets.iconify.design/noto/, e.g. `sheaf-of-rice`
 * @throws Error when there is no such icon
 */
export function icon(name: string): string {
  const drawing = ownDrawings[name] ?? iconSet.icons[name]?.body;
  if (!drawing) throw new Error(`no icon "${name}" in the Noto emoji set`);
  const copy = ++copies;
  const body = drawing
    .replace(/\bid="([^"]+)"/g, `id="$1-${copy}"`)
    .replace(/url\(#([^)]+)\)/g, `url(#$1-${copy})`)
    .replace(/href="#([^"]+)"/g, `href="#$1-${copy}"`);
  return `<svg class="icon" viewBox="0 0 128 128" xmlns="http://www.w3.org/2000/svg">${body}</svg>`;
}
