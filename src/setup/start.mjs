/**
 * `npm start`: installs and builds what is missing or stale, then runs the service, which serves the TV
 * app, the content and the study-credit API on one port.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { build, install, root, run, Stop } from './steps.mjs';

const help = `Usage: npm start -- [options]

Starts Field Classroom TV: the TV app, the county's content and the study-credit service on one port.

  --port N          port to listen on (default 8080; 0 for any free one)
  --host ADDRESS    address to listen on (default 127.0.0.1; 0.0.0.0 for the village network)
  --data DIR        folder of the embedded database (default ./data)
  --manifests DIR   folder of the county's content (default ./media-manifests)
  --help            this text

Environment:
  DATABASE_URL        postgres://… to use PostgreSQL instead of the embedded SQLite
  CREDIT_INTEGRATION  user:password, a Basic credential for /xapi and /api/v1`;

/** @returns {{ port: string, host: string, data: string, manifests: string, help: boolean }} */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '8080' },
        host: { type: 'string', default: '127.0.0.1' },
        data: { type: 'string', default: path.join(root, 'data') },
        manifests: { type: 'string', default: path.join(root, 'media-manifests') },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new Stop(
      `${error instanceof Error ? error.message : String(error)} (npm start -- --help lists the options)`,
    );
  }
}

/**
 * The demo county has demo people; every other county brings its own.
 *
 * @param {string} manifests
 */
function isDemoCounty(manifests) {
  try {
    const file = path.resolve(process.env['INIT_CWD'] ?? '.', manifests, 'county.json');
    return JSON.parse(readFileSync(file, 'utf8')).id === 'qinghe-demo';
  } catch {
    // The service tells what is wrong with the content.
    return false;
  }
}

/** @param {string} address */
function howToUse(address) {
  return `
  Open ${address} in a browser.
  Keys: arrows move, Enter is OK, Backspace goes back; Ctrl-C here ends it.
`;
}

await run(async () => {
  const options = readOptions();
  if (options.help) return console.log(help);
  await install();
  await build();
  const service = spawn(
    process.execPath,
    [
      '--enable-source-maps',
      path.join(root, 'build/service/main.js'),
      ...['--port', options.port, '--host', options.host],
      ...[
        '--data',
        path.resolve(process.env['INIT_CWD'] ?? '.', options.data),
        '--manifests',
        path.resolve(process.env['INIT_CWD'] ?? '.', options.manifests),
      ],
      ...['--app', path.join(root, 'build/tv'), '--phone', path.join(root, 'build/phone')],
      ...(isDemoCounty(options.manifests) ? ['--sample-roster', path.join(root, 'samples/roster.csv')] : []),
    ],
    { stdio: ['inherit', 'pipe', 'inherit'] },
  );
  service.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    const address = /ready at (http:\S+)/.exec(String(chunk))?.[1];
    if (address) console.log(howToUse(address));
  });
  // The service stops cleanly by itself; this process only waits for it.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => service.kill(signal));
  return new Promise((resolve) => service.on('close', (code) => resolve(code ?? 0)));
});
