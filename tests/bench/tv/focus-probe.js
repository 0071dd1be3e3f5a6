/**
 * Runs in the page before everything else: notes when the focus is told, and when the frame after that is made.
 * The app tells in its live region, the floor in a property. With `sessionStorage.benchKey` set, a key is pressed
 * in the moment in which the first focus is told.
 */
(() => {
  /** @type {{ at: number, words: string }[]} */
  const told = [];
  const bench = { told, released: 0, answered: 0 };
  Object.assign(window, { bench });
  let waiting = false;

  const pressDown = () => {
    const key = new KeyboardEvent('keydown', { bubbles: true });
    Object.defineProperty(key, 'keyCode', { value: 40 });
    waiting = true;
    window.dispatchEvent(key);
  };

  /** @param {string} words */
  const tell = (words) => {
    told.push({ at: performance.now(), words });
    // Not inside the announcement itself: the focus is still being handed down then.
    if (told.length === 1 && sessionStorage.getItem('benchKey')) setTimeout(pressDown);
    if (!waiting || told.length < 2) return;
    waiting = false;
    requestAnimationFrame(() => {
      bench.answered = performance.now();
    });
  };

  window.addEventListener('keyup', () => (bench.released = performance.now()), true);
  Object.defineProperty(window, 'floorFocus', { set: tell });
  let said = '';
  const listen = new MutationObserver(() => {
    const words = document.getElementById('announcer')?.textContent ?? '';
    if (words !== said) tell((said = words));
  });
  listen.observe(document, { subtree: true, childList: true, characterData: true });
})();
