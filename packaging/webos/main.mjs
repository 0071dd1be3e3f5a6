/** `npm run package:webos -- --service URL`: an unsigned .ipk, made and checked by webOS's own tool. */
import { copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { Stop, root, run, step } from '../../src/setup/steps.mjs';
import { app, appFolder, serviceNeeded, verdict } from '../app-folder.mjs';

const here = path.join(root, 'packaging/webos');
const ares = path.join(here, 'node_modules/@webos-tools/cli/bin/ares-package.js');

await run(async () => {
  const { out, folder } = await appFolder('webos', { service: serviceNeeded('webos'), compressed: false });
  for (const size of ['80', '130'])
    copyFileSync(path.join(root, `packaging/icons/${size}.png`), path.join(folder, `icon${size}.png`));
  const info = {
    ...{ id: app.id, title: app.title, version: app.version, vendor: 'Field Classroom TV' },
    ...{ type: 'web', main: 'index.html', icon: 'icon80.png', largeIcon: 'icon130.png' },
    ...{ resolution: '1280x720', transparent: true, disableBackHistoryAPI: true },
  };
  writeFileSync(path.join(folder, 'appinfo.json'), JSON.stringify(info, null, 2));
  if (!existsSync(ares))
    await step('Installing the webOS packager (once; a minute)', 'npm', [
      'ci',
      '--ignore-scripts',
      '--prefix',
      here,
    ]);
  await step('Checking appinfo.json', process.execPath, [ares, '--check', folder]);
  // -n: the packager's own minifier would touch the bundle.
  await step('Packing', process.execPath, [ares, '-n', '-o', out, folder]);
  const made = readdirSync(out).find((name) => name.endsWith('.ipk'));
  if (!made) throw new Stop('ares-package made no .ipk.');
  verdict(`build/packages/webos/${made}: packed, appinfo.json checked by ares-package; not signed.`);
});
