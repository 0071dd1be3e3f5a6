import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { aptInstall } from '../../src/setup/steps.mjs';

/** Android's own resources, which a package's manifest refers to. */
export const framework = '/usr/share/android-framework-res/framework-res.apk';

/** What makes and checks the package, by the packages of Debian that have it. */
const programs = {
  aapt: ['aapt', 'version'],
  'libsmali-java': ['smali', '--version'],
  zipalign: ['which', 'zipalign'],
  apksigner: ['apksigner', '--version'],
  'default-jdk-headless': ['javac', '-version'],
  enjarify: ['which', 'enjarify'],
};

/** Installs what is missing where that is allowed, else says what it is. */
export async function installTools() {
  const missing = Object.entries(programs)
    .filter(([, [command = '', ...args]]) => spawnSync(command, args, { stdio: 'ignore' }).status !== 0)
    .map(([name]) => name);
  if (!existsSync(framework)) missing.push('android-framework-res');
  if (missing.length > 0) await aptInstall(missing, 'the Android package');
}
