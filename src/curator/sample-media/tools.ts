import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const chromiumPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Makes sure that every program and font the films need is there.
 *
 * @returns path of the Chromium to use: the environment's `CHROMIUM`, else the system's
 * @throws Error whose message says what to install
 */
export function findTools(): { chromium: string } {
  const missing: string[] = [];
  if (!answers('ffmpeg', '-version') || !answers('ffprobe', '-version')) missing.push('ffmpeg');
  if (!answers('espeak-ng', '--version')) missing.push('espeak-ng');
  if (!answers('fc-list', ':lang=zh-cn:family=Noto Sans CJK SC', 'file')) missing.push('fonts-noto-cjk');
  const chromium = [process.env['CHROMIUM'], ...chromiumPaths].find((path) => path && existsSync(path));
  if (!chromium) missing.push('chromium');
  if (missing.length > 0 || !chromium)
    throw new Error(`missing here: ${missing.join(', ')}. On Debian: apt-get install ${missing.join(' ')}`);
  return { chromium };
}

/** Whether a program runs, ends well and says something. */
function answers(program: string, ...args: string[]): boolean {
  try {
    return execFileSync(program, args, { stdio: ['ignore', 'pipe', 'ignore'] }).length > 0;
  } catch {
    return false;
  }
}
