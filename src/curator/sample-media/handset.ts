/** Keys the drawing can light up: the six that are enough for everything. */
export type HandsetKey = 'arrows' | 'ok' | 'back';

/**
 * A plain remote control, drawn for this lesson: no maker's remote, only the keys every one of them has.
 *
 * @param lit for a key, the CSS custom properties `--at` and `--until` of its light
 */
export function handset(lit: Partial<Record<HandsetKey, string>>): string {
  const light = (key: HandsetKey, shape: string): string =>
    lit[key] === undefined ? '' : `<g class="lit" style="${lit[key]}">${shape}</g>`;
  const arrow = (angle: number, colour: string): string =>
    `<path transform="rotate(${angle} 150 222)" d="M150 132 l20 26 h-40 z" fill="${colour}"/>`;
  const arrows = (colour: string): string => [0, 90, 180, 270].map((angle) => arrow(angle, colour)).join('');
  const small = (x: number, y: number): string => `<circle cx="${x}" cy="${y}" r="21" fill="#3a433d"/>`;
  return `<svg class="handset" viewBox="0 0 300 600" xmlns="http://www.w3.org/2000/svg">
    <rect x="42" y="10" width="216" height="580" rx="70" fill="#0c110e" opacity=".35"/>
    <rect x="42" y="4" width="216" height="580" rx="70" fill="#262e29"/>
    <rect x="49" y="11" width="202" height="566" rx="64" fill="none" stroke="#59655c" stroke-width="2"/>
    <circle cx="104" cy="66" r="20" fill="#a5392b"/><path d="M104 56v9M98 60a8 8 0 1 0 12 0" stroke="#f8f5ea" stroke-width="3" fill="none" stroke-linecap="round"/>
    ${small(196, 66)}
    <circle cx="150" cy="222" r="96" fill="#39433c"/>
    ${arrows('#c9cfc4')}
    ${light('arrows', `<circle cx="150" cy="222" r="96" fill="#f2b544"/>${arrows('#2a1f05')}`)}
    <circle cx="150" cy="222" r="46" fill="#1c231f"/><circle cx="150" cy="222" r="42" fill="#525e55"/>
    ${light('ok', '<circle cx="150" cy="222" r="54" fill="#f2b544"/>')}
    <text x="150" y="234" font-size="34" font-weight="700" fill="${'#f8f5ea'}" text-anchor="middle">OK</text>
    ${light('ok', '<text x="150" y="234" font-size="34" font-weight="700" fill="#2a1f05" text-anchor="middle">OK</text>')}
    <rect x="74" y="346" width="70" height="48" rx="24" fill="#525e55"/>
    ${light('back', '<rect x="66" y="338" width="86" height="64" rx="32" fill="#f2b544"/>')}
    <path d="M96 370h24a9 9 0 0 1 0 18h-8M104 361l-9 9 9 9" stroke="#f8f5ea" stroke-width="4" fill="none" stroke-linecap="round" stroke-linejoin="round" transform="translate(0 -4)"/>
    ${light('back', '<path d="M96 370h24a9 9 0 0 1 0 18h-8M104 361l-9 9 9 9" stroke="#2a1f05" stroke-width="5" fill="none" stroke-linecap="round" stroke-linejoin="round" transform="translate(0 -4)"/>')}
    <rect x="156" y="346" width="70" height="48" rx="24" fill="#3a433d"/>
    ${[0, 1, 2].map((row) => [96, 150, 204].map((x) => small(x, 438 + row * 50)).join('')).join('')}
  </svg>`;
}
