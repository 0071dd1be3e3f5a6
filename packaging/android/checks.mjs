import { spawnSync } from 'node:child_process';
import { Stop } from '../../src/setup/steps.mjs';

/** @param {string} command @param {string[]} args @returns {string} what it prints */
export function outputOf(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Stop(`${command} ${args[0]}: failed (${error?.message ?? stderr.trim()}).`);
  return stdout;
}

/** @param {string} apk @returns {string[]} */
export function signatureFaults(apk) {
  const said = outputOf('apksigner', ['verify', '--verbose', '--min-sdk-version', '19', apk]);
  return [
    'v1 scheme (JAR signing)',
    'v2 scheme (APK Signature Scheme v2)',
    'v3 scheme (APK Signature Scheme v3)',
  ]
    .filter((scheme) => !said.includes(`Verified using ${scheme}: true`))
    .map((scheme) => `no signature by ${scheme}`);
}

/**
 * What a launcher and an installer will read out of the manifest.
 *
 * @param {string} apk
 * @param {{ id: string, title: string, version: string }} app
 * @returns {string[]}
 */
export function badgingFaults(apk, { id, title, version }) {
  const said = outputOf('aapt', ['dump', 'badging', apk]);
  const lines = [
    new RegExp(`^package: name='${id}' versionCode='\\d+' versionName='${version}'`, 'm'),
    /^sdkVersion:'19'$/m,
    /^targetSdkVersion:'28'$/m,
    new RegExp(`^application: label='${title}' icon='res/[^']+icon.png' banner='res/[^']+banner.png'`, 'm'),
    new RegExp(`^launchable-activity: name='${id}.MainActivity'`, 'm'),
    new RegExp(`^leanback-launchable-activity: name='${id}.MainActivity'`, 'm'),
    /^ {2}uses-feature-not-required: name='android.hardware.touchscreen'$/m,
    /^ {2}uses-feature-not-required: name='android.software.leanback'$/m,
    /^uses-permission: name='android.permission.INTERNET'$/m,
  ];
  return lines.filter((line) => !line.test(said)).map((line) => `aapt finds no ${line.source}`);
}
