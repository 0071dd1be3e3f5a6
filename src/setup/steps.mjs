import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** The repository's folder; every step works there whatever folder it was called from. */
export const root = path.resolve(import.meta.dirname, '../..');

/** A reason to stop that a newcomer can act on: printed as one line. */
export class Stop extends Error {}

/** Ends with one plain line if this Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (!enough)
    throw new Stop(
      `Node ${process.versions.node} is too old: install Node 20.19 or newer, or 22.12 or newer.`,
    );
}

/**
 * Runs a command to its end. A step that takes longer than 2 s says that it is at work and how long it took.
 *
 * @param {string} title what a reader sees
 * @param {string} command
 * @param {string[]} args
 * @param {{ quiet?: boolean, env?: Record<string, string>, beside?: boolean }} [options] quiet: show the output only if
 *   it fails; beside: leave the processor to the step that it runs beside, and show all output in one piece at the end
 * @returns {Promise<void>} rejects with Stop when the command fails
 */
export function step(title, command, args, { quiet = true, env = {}, beside = false } = {}) {
  return new Promise((resolve, reject) => {
    const begun = Date.now();
    let told = false;
    const tell = setTimeout(() => {
      told = true;
      console.log(`… ${title}`);
    }, 2000);
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet || beside ? 'pipe' : 'inherit', quiet || beside ? 'pipe' : 'inherit'],
    });
    if (beside && child.pid !== undefined) setPriority(child.pid, 10);
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => {
      clearTimeout(tell);
      reject(new Stop(`${title}: ${command} cannot be run (${error.message}).`));
    });
    child.on('close', (code) => {
      clearTimeout(tell);
      if (code !== 0) {
        if (output) console.error(output.trimEnd());
        return reject(new Stop(`${title}: failed.`));
      }
      if (beside) console.log(output.trimEnd());
      if (told) console.log(`✓ ${title} (${Math.round((Date.now() - begun) / 1000)} s)`);
      resolve();
    });
  });
}

/** Installs the npm packages when they are missing or not those of the lock file. */
export async function install() {
  await fetchPackages();
  await buildAddons();
}

/** The first half of `install`: enough for what runs no native addon, such as lint, types and the bundles. */
export async function fetchPackages() {
  if (isInstalled()) return;
  await step('Fetching packages (once)', npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    env: { NODE_ENV: 'development' },
  });
}

/** The second half: native addons are compiled, which keeps one core busy. */
export async function buildAddons() {
  if (isInstalled()) return;
  await step('Building native addons (once; a minute or two)', npm, ['rebuild']);
  writeFileSync(installedMark, installedVersion());
}

const installedMark = path.join(root, 'node_modules', '.installed');
const installedVersion = () => `${hashOf(['package-lock.json'])} ${process.versions.modules}`;
const isInstalled = () =>
  existsSync(installedMark) && readFileSync(installedMark, 'utf8') === installedVersion();

/** Builds the TV app and the service when their sources are newer than what is built. */
export async function build() {
  const mark = path.join(root, 'build', '.built');
  const wanted = hashOf([
    'package-lock.json',
    'webpack.config.js',
    'settings.json',
    ...filesUnder('src'),
    ...filesUnder('static'),
  ]);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  await step('Building the TV app and the service', process.execPath, [
    'node_modules/webpack/bin/webpack.js',
    '--mode',
    'production',
  ]);
  mkdirSync(path.dirname(mark), { recursive: true });
  writeFileSync(mark, wanted);
}

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** @param {string} folder relative to the repository @returns {string[]} its files, deep */
function filesUnder(folder) {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => statSync(path.join(root, name)).isFile())
    .sort();
}

/** @param {string[]} files relative to the repository */
export function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

/** Chromium 64 and 76 (`old-browsers.mjs`) are to be had as programs for this kind of machine only. */
export const hasOldBrowsers = process.platform === 'linux' && process.arch === 'x64';

/** Where a Chromium may be; the first that answers counts. */
const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @returns {string | undefined} the command of a Chromium on this machine */
function findChromium() {
  const named = process.env['CHROMIUM'];
  return [...(named ? [named] : []), ...chromiumNames].find(
    (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
  );
}

/**
 * Makes sure that what the tests need beside npm packages is there: a Chromium with H.264, a Chinese font,
 * ffmpeg for odd test streams, a PostgreSQL server, nginx, and what old browsers need. Missing ones are installed by
 * apt where that is allowed.
 *
 * @returns {Promise<string>} the path of the browser
 */
export async function installForTests() {
  const missing = [];
  if (!findChromium()) missing.push('chromium');
  if (!hasChineseFont()) missing.push('fonts-noto-cjk');
  if (spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status !== 0) missing.push('ffmpeg');
  if (!existsSync('/usr/lib/postgresql')) missing.push('postgresql');
  if (spawnSync('/usr/sbin/nginx', ['-v'], { stdio: 'ignore' }).status !== 0) missing.push('nginx');
  if (hasOldBrowsers) missing.push(...missingLibraries());
  if (missing.length > 0) await aptInstall(missing, 'the tests');
  const chromium = findChromium();
  if (!chromium)
    throw new Stop(
      'No Chromium found: install Chromium (Debian: apt-get install chromium) or name one in CHROMIUM.',
    );
  const { stdout } = spawnSync('which', [chromium], { encoding: 'utf8' });
  return stdout.trim() || chromium;
}

function hasChineseFont() {
  const { status, stdout } = spawnSync('fc-list', [':lang=zh-cn'], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '';
}

/** Old browsers bring fewer libraries with them; by the packages of Debian that have them. */
const libraries = {
  libnss3: 'libnss3.so',
  libnspr4: 'libnspr4.so',
  libexpat1: 'libexpat.so.1',
  libosmesa6: 'libOSMesa.so.8',
};

/** @returns {string[]} names of packages */
function missingLibraries() {
  const { stdout } = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  return Object.entries(libraries)
    .filter(([, file]) => !stdout?.includes(file))
    .map(([name]) => name);
}

/**
 * Installs packages of Debian where that is allowed, else says in one line what is missing.
 *
 * @param {string[]} packages
 * @param {string} purpose what they are for
 */
export async function aptInstall(packages, purpose) {
  const may =
    process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
  if (!may)
    throw new Stop(
      `Missing for ${purpose}: ${packages.join(', ')}. Install them (Debian: sudo apt-get install ${packages.join(' ')}) and try again.`,
    );
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await step('Refreshing the list of Debian packages', 'apt-get', ['update'], { env });
  await step(
    `Installing ${packages.join(', ')}`,
    'apt-get',
    ['install', '-y', '--no-install-recommends', ...packages],
    { env },
  );
}

/**
 * Runs `main` and turns a Stop into one plain line and exit code 1.
 *
 * @param {() => Promise<number | void>} main its number is the exit code
 */
export async function run(main) {
  try {
    checkNode();
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.error(`✗ ${error.message}`);
    process.exitCode = 1;
  }
}
