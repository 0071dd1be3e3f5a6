/**
 * Runs in the page before everything else: notes when the focus is told. The app tells in its live region, after the
 * frame, the floor in a property, before it. With `sessionStorage.benchKey` set, a key is pressed as soon as a focus
 * has been told and drawn, as by somebody who sees it, and it is noted when the frame after the key is made. It
 * counts once another focus has been told.
 */
(() => {
  /** @type {{ at: number, words: string }[]} */
  const told = [];
  const bench = { told, released: 0, answered: 0 };
  Object.assign(window, { bench });
  let [drawn, pressed, framed] = [false, false, 0];

  const pressDown = () => {
    if (pressed || !drawn || told.length === 0 || !sessionStorage.getItem('benchKey')) return;
    pressed = true;
    // Not inside the announcement or the frame itself: the focus is still being handed down then.
    setTimeout(() => {
      told.length = 1;
      const key = new KeyboardEvent('keydown', { bubbles: true });
      Object.defineProperty(key, 'keyCode', { value: 40 });
      window.dispatchEvent(key);
      // After the page's own callback of the same frame.
      requestAnimationFrame(() => {
        framed = performance.now();
        if (told.length > 1) bench.answered = framed;
      });
    });
  };

  const gl = WebGLRenderingContext.prototype;
  const { drawElements } = gl;
  gl.drawElements = function (...args) {
    drawElements.apply(this, args);
    if (drawn) return;
    drawn = true;
    pressDown();
  };

  /** @param {string} words */
  const tell = (words) => {
    told.push({ at: performance.now(), words });
    if (framed > 0 && told.length > 1) bench.answered ||= framed;
    pressDown();
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
