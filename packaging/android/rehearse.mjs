import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Stop, root, step } from '../../src/setup/steps.mjs';
import { filesOf } from '../app-folder.mjs';
import { outputOf } from './checks.mjs';

const here = path.join(root, 'packaging/android');
/** The oldest Android that takes the package, and one whose player can change its speed. */
const levels = ['19', '28'];

/**
 * No program of Android's that could run the package's code is to be had, so the code is translated back into classes
 * of Java and taken through the wrapper's work among made-up Android classes, which write down every call and throw
 * at one that comes at a wrong time. The same is done with the readable Java, compiled; both must write the same.
 *
 * @param {string} apk
 * @param {string} out folder for the classes
 * @returns {Promise<number>} how many lines each wrote on the newer Android
 */
export async function rehearse(apk, out) {
  const packed = path.join(out, 'packed.jar');
  const written = path.join(out, 'written');
  const fakes = path.join(out, 'fakes');
  mkdirSync(written, { recursive: true });
  // Debian's Python: another one in front of it does not find Debian's modules.
  await step('Translating the package’s code', 'env', ['PATH=/usr/bin:/bin', 'enjarify', '-o', packed, apk]);
  await step('Compiling the readable Java', 'javac', [
    ...['--release', '8', '-Xlint:-options', '-d', written],
    ...[...sources('java'), ...sources('fakes')],
  ]);
  await step('Compiling the made-up Android', 'javac', [
    ...['--release', '8', '-Xlint:-options', '-d', fakes, '-cp', packed],
    ...sources('fakes'),
  ]);
  let lines = 0;
  for (const level of levels) {
    const expected = play(level, [written]);
    const found = play(level, [packed, fakes]);
    lines = expected.length;
    const line = expected.findIndex((text, index) => text !== found[index]);
    if (line >= 0 || found.length !== lines)
      throw new Stop(
        `At level ${level} the smali does something else than the Java, line ${line + 1}:\n` +
          `  Java  ${expected[line]}\n  smali ${found[line]}`,
      );
  }
  return lines;
}

/** @param {string} folder @returns {string[]} its Java files */
function sources(folder) {
  return filesOf(path.join(here, folder)).map((name) => path.join(here, folder, name));
}

/** @param {string} level of Android @param {string[]} classes @returns {string[]} what was asked of Android */
function play(level, classes) {
  const box = [`-Dsdk=${level}`, `-Drelease=level ${level}`, '-Dmaker=A maker', '-Dmodel=A model'];
  return outputOf('java', [...box, '-cp', classes.join(path.delimiter), 'rehearsal.Rehearsal'])
    .trimEnd()
    .split('\n');
}
