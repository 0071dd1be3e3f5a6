import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface IconSet {
  icons: Record<string, { body: string }>;
}

const iconSet = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('@iconify-json/noto/icons.json'), 'utf8'),
) as IconSet;

let copies = 0;

/**
 * A Noto emoji (Google, Apache-2.0) as inline SVG. Ids inside it are made unique, so several icons can
 * stand in one page.
 *
 * @param name as in https://icon-sets.iconify.design/noto/, e.g. `sheaf-of-rice`
 * @throws Error when there is no such icon
 */
export function icon(name: string): string {
  const found = iconSet.icons[name];
  if (!found) throw new Error(`no icon "${name}" in the Noto emoji set`);
  const copy = ++copies;
  const body = found.body
    .replace(/\bid="([^"]+)"/g, `id="$1-${copy}"`)
    .replace(/url\(#([^)]+)\)/g, `url(#$1-${copy})`)
    .replace(/href="#([^"]+)"/g, `href="#$1-${copy}"`);
  return `<svg class="icon" viewBox="0 0 128 128" xmlns="http://www.w3.org/2000/svg">${body}</svg>`;
}
