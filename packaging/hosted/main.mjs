/** `npm run package:hosted`: the folder that an IPTV operator puts behind a link of its portal. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Stop, run } from '../../src/setup/steps.mjs';
import { appFolder, filesOf, serviceFlag, verdict } from '../app-folder.mjs';

await run(async () => {
  const { folder } = await appFolder('hosted', { service: serviceFlag(), compressed: true });
  const page = readFileSync(path.join(folder, 'index.html'), 'utf8');
  if (!/name="?page-view-size"? content="?1280\*720/.test(page))
    throw new Stop('index.html: the meta element page-view-size is missing.');
  const files = filesOf(folder);
  const inTags = [...page.matchAll(/<(?:script|link|img)\b[^>]*?\b(?:src|href)="?([^"\s>]+)/g)];
  // The page's own loader names its scripts in its text.
  const inLoader = [...page.matchAll(/([\w./-]+\.[0-9a-f]{8}\.js)\b/g)];
  if (inLoader.length === 0) throw new Stop('index.html: names no script of the app.');
  for (const [, address = ''] of [...inTags, ...inLoader]) {
    if (address.startsWith('data:')) continue;
    if (/^(\/|[a-z]+:)/i.test(address)) throw new Stop(`index.html: ${address} is not relative to the page.`);
    if (!files.includes(address)) throw new Stop(`index.html: ${address} is not in the folder.`);
  }
  const bare = files.filter((name) => /^[^/\\]+\.js$/.test(name) && !files.includes(`${name}.gz`));
  if (bare.length > 0) throw new Stop(`No gzip copy of ${bare.join(', ')}.`);
  verdict(
    `build/packages/hosted/app: ${files.length} files, relative paths, page size and gzip copies checked.`,
  );
});
