import { readFileSync } from 'node:fs';
import { handset, type HandsetKey } from './handset.ts';
import { icon } from './icons.ts';
import type { Item, Scene, Storyboard } from './storyboard.ts';
import { frameRate, type SceneTimes } from './timeline.ts';

const style = readFileSync(new URL('slide.css', import.meta.url), 'utf8');

/** What stands on every slide of a lesson. */
export interface Footer {
  station: string;
  title: string;
}

/** An item with its moments, in seconds from the scene's start. */
interface TimedItem extends Item {
  enters: number;
  /** When the next item takes over. */
  rests: number;
}

/**
 * One scene as an HTML page of 1280x720. All movement is CSS animation with its delay from the timeline, so
 * that whoever films the page sets the animations' time and needs no clock.
 *
 * @param chapter the running chapter's number from 1 and its title
 */
export function slidePage(
  board: Storyboard,
  scene: Scene,
  times: SceneTimes,
  chapter: { number: number; title: string },
  footer: Footer,
): string {
  const end = (times.endFrame - times.firstFrame) / frameRate;
  const items = (scene.items ?? []).map((item, n) => ({
    ...item,
    enters: times.items[n]!,
    rests: times.items[n + 1] ?? end + 1,
  }));
  const chip =
    scene.kind === 'title'
      ? ''
      : `<div class="chip"><b>第${chapter.number}节</b><span>${escaped(chapter.title)}</span></div>`;
  return page(
    board.theme,
    `${ground}${chip}<div class="scene ${scene.kind}" style="--end:${end}s">${body(scene, items, end)}</div>
     <div class="foot"><span>${escaped(footer.station)}</span><span>${escaped(footer.title)}</span></div>`,
  );
}

/** A lesson's poster as an HTML page of 640x360: colours and icons only. */
export function posterPage(board: Storyboard): string {
  const [large, small] = board.poster;
  const drawn = (name: string, size: string): string =>
    name === 'handset' ? handset({}) : icon(name).replace('class="icon"', `class="icon ${size}"`);
  const second = small ? drawn(small, 'small') : '';
  return page(`poster ${board.theme}`, `${ground}${drawn(large!, 'large')}${second}`);
}

function body(scene: Scene, items: readonly TimedItem[], end: number): string {
  const heading = `<h1>${escaped(scene.heading)}</h1>`;
  const sub = scene.sub ? `<p class="sub">${escaped(scene.sub)}</p>` : '';
  switch (scene.kind) {
    case 'title':
      return `<p class="eyebrow">${escaped(scene.eyebrow ?? '')}</p>${heading}${sub}${figure(scene, [], end)}`;
    case 'fact':
      return `<div class="wide">${heading}</div><p class="number">${escaped(scene.figure ?? '')}</p>${sub}${figure(scene, [], end)}`;
    case 'steps':
      return `<div class="wide">${heading}</div><ul>${items.map(step).join('')}</ul>`;
    case 'bars':
      return `<div class="card">${heading}${bars(items, scene.sub ?? '')}</div>${figure(scene, items, end)}`;
    case 'remote':
      return `<div class="card">${heading}<ul${few(items)}>${items.map(point).join('')}</ul></div><div class="figure">${handset(lights(items))}</div>`;
    case 'summary':
      return `<div class="card">${heading}<ul${few(items)}>${items.map(check).join('')}</ul></div>${figure(scene, [], end)}`;
    case 'points':
      return `<div class="card">${heading}<ul${few(items)}>${items.map(point).join('')}</ul></div>${figure(scene, items, end)}`;
  }
}

/** The scene's icons, and after them those of the items, each as long as its item is the newest. */
function figure(scene: Scene, items: readonly TimedItem[], end: number): string {
  const pictured = items.filter((item) => item.icon);
  const groups = pictured.map((item, n) => ({
    icons: [item.icon!],
    from: item.enters,
    until: pictured[n + 1]?.enters ?? end + 1,
  }));
  if (scene.icons) groups.unshift({ icons: scene.icons, from: 0.25, until: groups[0]?.from ?? end + 1 });
  const drawn = groups.map(
    ({ icons, from, until }) =>
      `<div class="shown ${icons.length > 1 ? 'two' : 'one'}" style="${moments(from, until)}">${icons.map(icon).join('')}</div>`,
  );
  return `<div class="figure">${drawn.join('')}</div>`;
}

function few(items: readonly TimedItem[]): string {
  return items.length <= 3 ? ' class="few"' : '';
}

function point(item: TimedItem, index: number): string {
  return `<li class="item" style="${moments(item.enters, item.rests)}"><i>${index + 1}</i><span>${escaped(item.text)}</span></li>`;
}

function check(item: TimedItem): string {
  return `<li class="item" style="${moments(item.enters, item.rests)}"><i>${icon('check-mark-button')}</i><span>${escaped(item.text)}</span></li>`;
}

function step(item: TimedItem, index: number): string {
  return `<li style="${moments(item.enters, item.rests)}"><i>${index + 1}</i>${item.icon ? icon(item.icon) : ''}<span>${escaped(item.text)}</span></li>`;
}

function bars(items: readonly TimedItem[], unit: string): string {
  const longest = Math.max(...items.map(({ value }) => value ?? 0));
  const many = items.length > 2;
  const rows = items
    .map((item) => {
      const width = Math.round(((many ? 230 : 370) * (item.value ?? 0)) / longest);
      return `<div class="bar" style="${moments(item.enters, item.rests)};--size:${width}px"><p>${escaped(item.text)}</p><div><u></u><b>${item.value ?? 0} ${escaped(unit)}</b></div></div>`;
    })
    .join('');
  return many ? `<div class="many">${rows}</div>` : rows;
}

function lights(items: readonly TimedItem[]): Partial<Record<HandsetKey, string>> {
  const lit: Partial<Record<HandsetKey, string>> = {};
  for (const item of items) lit[item.icon as HandsetKey] = moments(item.enters, item.rests);
  return lit;
}

function moments(from: number, until: number): string {
  return `--at:${from.toFixed(3)}s;--until:${until.toFixed(3)}s`;
}

/** Low hills and furrows running to the horizon. */
const ground = `<div class="ground"><svg viewBox="0 0 1280 300" xmlns="http://www.w3.org/2000/svg">
  <path d="M0 150 C220 70 420 110 640 140 S1080 40 1280 110 V300 H0 Z" fill="#000" opacity=".13"/>
  <path d="M0 210 C300 130 560 200 820 190 S1160 130 1280 180 V300 H0 Z" fill="#000" opacity=".17"/>
  <g stroke="#fff" stroke-opacity=".05" stroke-width="5" fill="none">
    ${Array.from({ length: 11 }, (_, n) => `<path d="M${560 + n * 32} 205 Q${430 + n * 58} 240 ${-260 + n * 190} 310"/>`).join('')}
  </g></svg></div>`;

function page(bodyClass: string, content: string): string {
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>${style}</style><body class="${bodyClass}">${content}</body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
