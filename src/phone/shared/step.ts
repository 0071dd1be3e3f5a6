import { button, show } from './dom.ts';
import { alarm } from './notice.ts';
import { changeLanguage, t } from './words.ts';

type Part = Parameters<typeof show>[1];

/**
 * Shows a step of a page, with what went wrong before, if anything did, and a way to the other language.
 *
 * @param draw shows the same step again.
 */
export function step(heading: string, trouble: unknown, draw: () => void, ...parts: readonly Part[]): void {
  const change = button(t('language'), () => {
    changeLanguage();
    draw();
  });
  change.className = 'language';
  show(heading, trouble === undefined ? undefined : alarm(trouble), ...parts, change);
}

/** Asks the service for something; nothing can be pressed twice meanwhile. */
export async function busy(work: () => Promise<void>, onTrouble: (trouble: unknown) => void): Promise<void> {
  const page = document.getElementById('page')!;
  for (const one of Array.from(document.querySelectorAll('button'))) one.disabled = true;
  page.setAttribute('aria-busy', 'true');
  try {
    await work();
  } catch (trouble) {
    onTrouble(trouble);
  } finally {
    page.removeAttribute('aria-busy');
  }
}
