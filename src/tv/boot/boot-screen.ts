/** The words that stand on the screen before the app does; also where a failed start is told. */
export interface BootScreen {
  /** A start that failed, with what to do; OK starts again. */
  fail(title: string, words: string, code: string): void;
  hide(): void;
}

/** @param element the page's own element: it must work when nothing else does. */
export function bootScreen(element: HTMLElement, announce: (words: string) => void): BootScreen {
  return {
    fail(title, words, code) {
      // The loader in the page keeps its own words back from now on.
      element.setAttribute('data-state', 'failed');
      element.textContent = '';
      for (const line of [title, words, code]) {
        const row = document.createElement('div');
        row.textContent = line;
        element.appendChild(row);
      }
      element.style.display = 'block';
      announce(`${title} ${words} ${code}`);
      window.addEventListener('keydown', ({ keyCode }) => {
        if (keyCode === 13) location.reload();
      });
    },
    hide() {
      element.setAttribute('data-state', 'started');
      element.style.display = 'none';
    },
  };
}
