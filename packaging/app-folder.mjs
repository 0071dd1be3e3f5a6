import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { Stop, build, install, root } from '../src/setup/steps.mjs';

/** What every package carries in its own description. */
export const app = {
  id: 'cn.fieldclassroom.tv',
  title: '田间课堂',
  version: /** @type {{ version: string }} */ (
    JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  ).version,
};

/** The address given by `--service`; undefined when none was. @throws Stop when it is no http(s) address */
export function serviceFlag() {
  const { service } = parseArgs({ options: { service: { type: 'string' } } }).values;
  if (service !== undefined && !(URL.canParse(service) && /^https?:$/.test(new URL(service).protocol)))
    throw new Stop(`--service: no http(s) address: ${service}`);
  return service;
}

/**
 * Builds the app when it is stale and copies it.
 *
 * @param {string} target name of the folder under build/packages, emptied first
 * @param {{ service: string | undefined, compressed: boolean }} options compressed: keep the .gz and .br files, which
 *   only a web server reads
 * @returns {Promise<{ out: string, folder: string }>} the target's folder, and the app's in it
 */
export async function appFolder(target, { service, compressed }) {
  await install();
  await build();
  const out = path.join(root, 'build/packages', target);
  const folder = path.join(out, 'app');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  cpSync(path.join(root, 'build/tv'), folder, { recursive: true });
  for (const name of filesOf(folder)) {
    // The compressed copies of a changed file would be old.
    const old =
      /^index\.html\.(gz|br)$/.test(name) ||
      (service !== undefined && /^settings\.json\.(gz|br)$/.test(name));
    if (old || (!compressed && /\.(gz|br)$/.test(name))) rmSync(path.join(folder, name));
  }
  fetchNoCatalogueAhead(path.join(folder, 'index.html'));
  if (service !== undefined) setService(path.join(folder, 'settings.json'), service);
  return { out, folder };
}

/** @param {string} folder @returns {string[]} its files, deep, relative to it */
export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** @param {string} target of what is installed and has no service beside it @returns {string} */
export function serviceNeeded(target) {
  const service = serviceFlag();
  if (!service)
    throw new Stop(
      `An installed app has no service beside it: npm run package:${target} -- --service http://HOST:PORT`,
    );
  return service;
}

/** @param {string} words the one line at the end */
export function verdict(words) {
  process.stdout.write(`✓ ${words}\n`);
}

/** A packaged page has no catalogue beside it that could be fetched before the settings say where it is. @param {string} file */
function fetchNoCatalogueAhead(file) {
  const page = readFileSync(file, 'utf8');
  const without = page.replace(/<link\b[^>]*\bhref="?catalogue\/catalogue\.json"?[^>]*>/, '');
  if (without === page) throw new Stop('index.html: the link that fetches the catalogue ahead is missing.');
  writeFileSync(file, without);
}

/** @param {string} file @param {string} service */
function setService(file, service) {
  const settings = JSON.parse(readFileSync(file, 'utf8'));
  settings.device.service = service;
  writeFileSync(file, `${JSON.stringify(settings, null, 2)}\n`);
}
