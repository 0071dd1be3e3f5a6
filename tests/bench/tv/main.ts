/**
 * The TV's speed, measured from outside: the built app in a real Chromium beside two yardsticks of the same run,
 * the floor (`tests/bench/floor`) and the bare player (`tests/bench/bare`). Prints a table and one line that says
 * which targets hold; its exit code is 0 either way. Needs a build.
 *
 *   npm run bench -- [--quick] [--query '?…'] [--scripts 230] [part…]
 */
import { arch, cpus, release, totalmem, type } from 'node:os';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../../e2e/harness/browser.ts';
import { table, verdict, type Figure } from './figures.ts';
import * as sections from './sections.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    query: { type: 'string', default: '' },
    scripts: { type: 'string', default: '150' },
  },
});

const named = positionals.length > 0 ? positionals : Object.keys(sections);
const chosen = named.map((name) => {
  if (!(name in sections)) throw new Error(`No part ${name}: there is ${Object.keys(sections).join(', ')}`);
  return name as keyof typeof sections;
});
const begun = performance.now();
const minutes = (): string => ((performance.now() - begun) / 60_000).toFixed(1).padStart(4);
const browser = await launchBrowser();
const figures: Figure[] = [];
const left: string[] = [];
try {
  const cpu = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`;
  console.log(
    `${cpu}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()} ${arch()}, Node ${process.version}, Chromium ${browser.version()}`,
  );
  for (const name of chosen) {
    const seen = await sections[name]({
      browser,
      query: values.query,
      quick: values.quick,
      scriptsGoal: Number(values.scripts),
      tell: (words) => console.log(`${minutes()} min  ${words}`),
    });
    if (seen.length === 0) left.push(name);
    figures.push(...seen);
  }
  console.log(`${minutes()} min  done\n`);
  console.log(table(figures));
  if (left.includes('rebuffering'))
    console.log(
      '\nRebuffering needs the recorded lines and streams of ../shared/streams, which are not there.',
    );
  console.log(`\n${verdict(figures, left)}`);
} finally {
  await browser.close();
}
