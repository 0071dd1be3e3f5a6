import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const INNER_MB = 512;
const OUTER_MB = 640;

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: 'pipe' });
}

function makeImage(file: string, megabytes: number): void {
  run('truncate', '-s', `${megabytes}M`, file);
  run('mkfs.ext4', '-q', file);
}

/**
 * A disk whose power can be cut while programs write to it. The disk is an image file with a file system in
 * it, mounted at `folder`; the image lies on a second file system, which can be frozen. From the instant of
 * the freeze nothing more reaches the image: what programs had written and not synced is in the memory of the
 * upper file system only, and is lost with it. Programs are not told; their next sync does not come back.
 *
 * Needs root and loop devices: see {@link canCutPower}.
 */
export class CuttableDisk {
  readonly folder: string;
  readonly #root: string;
  readonly #outer: string;
  readonly #image: string;
  readonly #frozen: string;

  constructor() {
    this.#root = mkdtempSync(join(tmpdir(), 'field-classroom-disk-'));
    // PostgreSQL runs as a user of its own.
    chmodSync(this.#root, 0o755);
    this.#outer = join(this.#root, 'outer');
    this.#image = join(this.#outer, 'disk.img');
    this.#frozen = join(this.#root, 'frozen.img');
    this.folder = join(this.#root, 'disk');
    mkdirSync(this.#outer);
    mkdirSync(this.folder);
    try {
      makeImage(join(this.#root, 'outer.img'), OUTER_MB);
      run('mount', '-o', 'loop,noatime', join(this.#root, 'outer.img'), this.#outer);
      makeImage(this.#image, INNER_MB);
      this.#mount();
    } catch (error) {
      this.remove();
      throw error;
    }
  }

  #mount(): void {
    run('mount', '-o', 'loop,noatime', this.#image, this.folder);
  }

  /** The power is gone: from here on nothing reaches the disk. */
  cut(): void {
    run('fsfreeze', '-f', this.#outer);
    run('cp', '--sparse=always', this.#image, this.#frozen);
  }

  /** Lets the programs that were using the disk come to their end; what they still write is thrown away. */
  release(): void {
    run('fsfreeze', '-u', this.#outer);
  }

  /** The power is back: the disk is what it was at the cut. Nobody may be using it. */
  restore(): void {
    run('umount', this.folder);
    run('cp', '--sparse=always', this.#frozen, this.#image);
    this.#mount();
  }

  remove(): void {
    for (const mounted of [this.folder, this.#outer])
      try {
        run('umount', mounted);
      } catch {
        // It was never mounted.
      }
    rmSync(this.#root, { recursive: true, force: true });
  }
}

/** Whether this user on this machine may make such a disk. */
export function canCutPower(): boolean {
  try {
    new CuttableDisk().remove();
    return true;
  } catch {
    return false;
  }
}
