import {
  copyFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { hasOldBrowsers, hashOf, root, step } from './steps.mjs';

/** Their packages have a list and a lock of their own: nobody downloads 70 MB who does not test with them. */
const packages = 'tests/compat/engines';
const home = path.join(root, '.cache/old-browsers');

/**
 * What is unpacked, from the package to its place under `.cache/old-browsers`. Chromium 64 finds WebGL by software
 * in a library beside it, which Debian has; 76 brings its own.
 */
const packed = [
  { from: 'chromium-64/bin/chromium.br', to: '64/chromium' },
  { from: 'chromium-76/bin/chromium-76.0.3786.0.br', to: '76/chromium' },
  { from: 'chromium-76/bin/swiftshader/libEGL.so.br', to: '76/swiftshader/libEGL.so' },
  { from: 'chromium-76/bin/swiftshader/libGLESv2.so.br', to: '76/swiftshader/libGLESv2.so' },
];
const softwareGl = '/usr/lib/x86_64-linux-gnu/libOSMesa.so.8';

/** Installs and unpacks the old browsers when they are missing or not those of their lock file. */
export async function installOldBrowsers() {
  if (!hasOldBrowsers) return;
  const mark = path.join(home, '.installed');
  const wanted = hashOf([`${packages}/package-lock.json`, 'src/setup/old-browsers.mjs']);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  rmSync(home, { recursive: true, force: true });
  await step('Installing Chromium 64 and 76 (once; 70 MB)', 'npm', [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefix',
    packages,
  ]);
  for (const { from, to } of packed) {
    const file = path.join(home, to);
    mkdirSync(path.dirname(file), { recursive: true });
    await pipeline(
      createReadStream(path.join(root, packages, 'node_modules', from)),
      createBrotliDecompress(),
      createWriteStream(file, { mode: 0o755 }),
    );
  }
  copyFileSync(softwareGl, path.join(home, '64/libosmesa.so'));
  writeFileSync(mark, wanted);
}
