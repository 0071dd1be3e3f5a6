/** `npm run package:android -- --service URL`: a WebView .apk for Android 4.4 and later, signed with a test key. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Stop, root, run, step } from '../../src/setup/steps.mjs';
import { app, appFolder, filesOf, serviceNeeded, verdict } from '../app-folder.mjs';
import { badgingFaults, outputOf, signatureFaults } from './checks.mjs';
import { rehearse } from './rehearse.mjs';
import { framework, installTools } from './tools.mjs';

const here = path.join(root, 'packaging/android');
/** Kept outside the package's folder: a box takes a new version only when it is signed with the same key. */
const key = path.join(root, 'build/android-test-key.p12');
/** Of a key that proves nothing to anybody. */
const password = 'test-key';

await run(async () => {
  await installTools();
  const { out, folder } = await appFolder('android', { service: address(), compressed: false });
  widen(path.join(folder, 'index.html'));
  const assets = path.join(out, 'assets');
  mkdirSync(assets);
  renameSync(folder, path.join(assets, 'app'));
  const apk = await pack(out, assets);
  const missing = missingFiles(apk, assets);
  const faults = [...signatureFaults(apk), ...badgingFaults(apk, app), ...missing];
  if (faults.length > 0) throw new Stop(`${path.basename(apk)}: ${faults.join('; ')}.`);
  await step('Checking the alignment', 'zipalign', ['-c', '4', apk]);
  const lines = await rehearse(apk, path.join(out, 'rehearsal'));
  const size = Math.round(statSync(apk).size / 1024);
  verdict(
    `build/packages/android/${path.basename(apk)}: ${size} KB, signed with a test key (v1, v2, v3), manifest and ` +
      `files checked, its code rehearsed on Java (${lines} lines as written); never run on an Android.`,
  );
});

/** As a browser writes addresses, since the wrapper compares them as text. @returns {string} */
function address() {
  const { origin, pathname } = new URL(serviceNeeded('android'));
  return origin + pathname.replace(/\/+$/, '');
}

/** 1280 points across, as the design has; by its density a full HD set would be drawn with 960. @param {string} file */
function widen(file) {
  const page = readFileSync(file, 'utf8');
  const wide = page.replace(/width=device-width,\s*initial-scale=1/, 'width=1280');
  if (wide === page) throw new Stop('index.html: the viewport to widen is missing.');
  writeFileSync(file, wide);
}

/** @param {string} out @param {string} assets @returns {Promise<string>} the signed package */
async function pack(out, assets) {
  const dex = path.join(out, 'classes.dex');
  await step('Assembling the wrapper', 'smali', ['a', '-a', '19', '-o', dex, path.join(here, 'smali')]);
  const res = path.join(out, 'res');
  cpSync(path.join(here, 'res'), res, { recursive: true });
  copyFileSync(path.join(root, 'packaging/icons/130.png'), path.join(res, 'drawable-xhdpi/icon.png'));
  const bare = path.join(out, 'bare.apk');
  const [major = 0, minor = 0, patch = 0] = app.version.split('.').map(Number);
  await step('Packing', 'aapt', [
    ...['package', '-f', '-F', bare, '-I', framework, '-A', assets, '-S', res],
    ...[
      '-M',
      path.join(here, 'AndroidManifest.xml'),
      '--min-sdk-version',
      '19',
      '--target-sdk-version',
      '28',
    ],
    ...['--version-name', app.version, '--version-code', `${major * 10_000 + minor * 100 + patch}`],
  ]);
  // -k: by its bare name, not by its path.
  await step('Adding the wrapper', 'aapt', ['add', '-k', bare, dex]);
  const apk = path.join(out, 'field-classroom-tv.apk');
  await step('Aligning', 'zipalign', ['-f', '4', bare, apk]);
  if (!existsSync(key))
    await step('Making a test key', 'keytool', [
      ...['-genkeypair', '-keystore', key, '-storetype', 'PKCS12', '-storepass', password, '-alias', 'test'],
      ...[
        '-keyalg',
        'RSA',
        '-keysize',
        '2048',
        '-validity',
        '10000',
        '-dname',
        'CN=Field Classroom TV test key',
      ],
    ]);
  // v1 is all that Android 4.4 to 6 can read.
  await step('Signing', 'apksigner', [
    ...['sign', '--ks', key, '--ks-pass', `pass:${password}`, '--min-sdk-version', '19'],
    ...['--v1-signing-enabled', 'true', '--v2-signing-enabled', 'true', '--v3-signing-enabled', 'true'],
    ...['--v4-signing-enabled', 'false', apk],
  ]);
  return apk;
}

/** aapt leaves out names of some kinds without a word. @param {string} apk @param {string} assets */
function missingFiles(apk, assets) {
  const packed = new Set(outputOf('aapt', ['list', apk]).split('\n'));
  return filesOf(assets)
    .filter((name) => !packed.has(`assets/${name}`))
    .map((name) => `${name} is not in it`);
}
