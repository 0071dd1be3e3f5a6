import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Sentence, Storyboard } from './storyboard.ts';
import { parseWav, trimSilence, type Sound } from './wav.ts';

/** Words every lesson needs in pinyin, because the voice takes the wrong one of their readings. */
const commonWords = JSON.parse(readFileSync(new URL('pronounce.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;

/** Words per minute as espeak-ng counts them: about 4.3 Chinese characters a second. */
const speed = '195';
const pitch = '40';

/**
 * One sentence spoken in Mandarin by espeak-ng, without the silence around it.
 *
 * The voice is `cmn-latn-pinyin`: `cmn` of espeak-ng 1.51 reads some characters as English letters
 * (espeak-ng issue 1044), and only this one takes pinyin with tone digits in the middle of the text.
 */
export function speak(sentence: Sentence, pronounce: Storyboard['pronounce'] = {}): Sound {
  const wav = execFileSync(
    'espeak-ng',
    [
      '-v',
      'cmn-latn-pinyin',
      '-s',
      speed,
      '-p',
      pitch,
      '--stdout',
      spokenText(sentence, { ...commonWords, ...pronounce }),
    ],
    { maxBuffer: 1 << 26 },
  );
  return trimSilence(parseWav(wav));
}

/** What the voice is given: the sentence with its misread words in pinyin, longest words first. */
export function spokenText(sentence: Sentence, pronounce: Record<string, string>): string {
  const words = Object.keys(pronounce).sort((a, b) => b.length - a.length);
  return words.reduce(
    (text, word) => text.replaceAll(word, ` ${pronounce[word]!} `),
    sentence.say ?? sentence.zh,
  );
}
