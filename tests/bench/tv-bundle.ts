/**
 * What a box fetches until the first focus answers a key, against an empty Lightning SDK app.
 *
 *   npm run build && npx tsx tests/bench/tv-bundle.ts
 */
import { gzipSync } from 'node:zlib';
import { launchBrowser } from '../e2e/harness/browser.ts';
import { startServiceProcess } from '../e2e/harness/service.ts';
import { floorPage } from './floor/floor-page.ts';

const service = await startServiceProcess();
const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  const scripts: { name: string; gzip: number }[] = [];
  page.on('response', (response) => {
    if (!/\.js$/.test(new URL(response.url()).pathname)) return;
    void response.body().then((body) => {
      scripts.push({
        name: new URL(response.url()).pathname.slice(1),
        gzip: gzipSync(body, { level: 9 }).length,
      });
    });
  });
  // No named functions in here: the runner marks them with a helper that the page does not have.
  // The key is pressed in the page itself, in the moment in which the first focus is announced.
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      const words = document.getElementById('announcer')?.textContent ?? '';
      const noted = window as Window & { first?: string; atFirstKey?: string[] };
      if (!words || words === noted.first) return;
      if (noted.first === undefined) {
        noted.first = words;
        const key = new KeyboardEvent('keydown', { bubbles: true });
        Object.defineProperty(key, 'keyCode', { value: 40 });
        // Not inside the announcement itself: the focus is still being handed down then.
        setTimeout(() => window.dispatchEvent(key));
      } else noted.atFirstKey ??= performance.getEntriesByType('resource').map(({ name }) => name);
    });
    watch.observe(document, { subtree: true, childList: true, characterData: true });
  });
  await page.goto(service.url);
  await page.waitForFunction(() => 'atFirstKey' in window);
  const asked = await page.evaluate(() => (window as Window & { atFirstKey?: string[] }).atFirstKey ?? []);
  // Everything else comes while the screen rests.
  await page.waitForTimeout(5000);
  const first = scripts.filter(({ name }) => asked.some((address) => address.endsWith(name)));
  const kb = (bytes: number): string => `${(bytes / 1024).toFixed(1).padStart(6)} KB gzip`;
  const total = first.reduce((sum, { gzip }) => sum + gzip, 0);
  const floor = (await floorPage()).gzip;
  for (const { name, gzip } of scripts)
    console.log(
      `${kb(gzip)}  ${name}${first.some((script) => script.name === name) ? '  (before the first key)' : ''}`,
    );
  console.log(`${kb(total)}  until the first focus answers a key (goal: at most 150)`);
  console.log(`${kb(floor)}  an empty Lightning SDK app; ratio ${(total / floor).toFixed(2)}`);
} finally {
  await browser.close();
  await service.remove();
}
