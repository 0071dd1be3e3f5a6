/** `npm run package:tizen -- --service URL`: a .wgt that the owner of a Samsung certificate signs. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Stop, root, run } from '../../src/setup/steps.mjs';
import { app, appFolder, filesOf, serviceNeeded, verdict } from '../app-folder.mjs';

await run(async () => {
  if (spawnSync('zip', ['-v'], { stdio: 'ignore' }).status !== 0)
    throw new Stop('zip is missing: install it (Debian: sudo apt-get install zip).');
  const { out, folder } = await appFolder('tizen', { service: serviceNeeded('tizen'), compressed: false });
  copyFileSync(path.join(root, 'packaging/icons/117.png'), path.join(folder, 'icon117.png'));
  const config = readFileSync(path.join(root, 'packaging/tizen/config.xml'), 'utf8');
  writeFileSync(path.join(folder, 'config.xml'), config.replace('VERSION', app.version));
  const wgt = path.join(out, 'field-classroom-tv.wgt');
  for (const args of [
    ['-q', '-X', '-r', wgt, '.'],
    ['-q', '-T', wgt],
  ])
    if (spawnSync('zip', args, { cwd: folder, stdio: 'inherit' }).status !== 0)
      throw new Stop(`zip ${args[0]} ${args[1]}: failed.`);
  verdict(
    `build/packages/tizen/field-classroom-tv.wgt: ${filesOf(folder).length} files, archive tested; not signed.`,
  );
});
