import { Trouble } from './api.ts';
import { element } from './dom.ts';
import { troubleWords } from './words.ts';

/** The words for what went wrong, read out at once. */
export function alarm(trouble: unknown): HTMLElement {
  const { code, wait } = trouble instanceof Trouble ? trouble : new Trouble('other');
  return element('div', { class: 'alarm', role: 'alert' }, troubleWords(code, wait));
}
