/**
 * Stands in the page itself and is run by every engine there is: ES3, no `let`, no trailing commas. Chooses
 * the bundle that this engine can read, and says so when nothing comes of it. Knows of the app only that
 * it takes `data-state="loading"` from #boot once it has started, or has failed in its own words.
 *
 * Codes: L-SCRIPT the bundle could not be fetched; L-ERROR it broke before the first screen; L-TIME nothing
 * has started in time; L-NONE this build has no bundle for the engine.
 */
(function () {
  /** Filled in by the build: addresses relative to the page. */
  var bundles = /** @type {{ modern: string, legacy: string }} */ (/** @type {unknown} */ ('__BUNDLES__'));
  var patienceMs = 15000;
  var boot = /** @type {HTMLElement} */ (document.getElementById('boot'));
  var failed = false;

  /**
   * Chromium 80 is the first with all of it. Where a page may not evaluate text, the older bundle does.
   */
  function isModern() {
    try {
      new Function('class A{static b=1;#c=1}async()=>{a?.b??1}');
      return 'allSettled' in Promise && 'fetch' in window && 'AbortController' in window;
    } catch (tooOld) {
      // Always false: ES3 has no catch without a name.
      return !tooOld;
    }
  }

  /** @param {string} code */
  function fail(code) {
    if (failed || boot.getAttribute('data-state') !== 'loading') return;
    failed = true;
    // At once, however short the page has been open: what is hidden takes no focus.
    boot.style.animation = 'none';
    /** @type {HTMLElement} */ (document.getElementById('boot-loading')).style.display = 'none';
    /** @type {HTMLElement} */ (document.getElementById('boot-failed')).style.display = 'block';
    /** @type {HTMLElement} */ (document.getElementById('boot-code')).innerHTML = code;
    var again = /** @type {HTMLElement} */ (document.getElementById('boot-again'));
    again.onclick = retry;
    again.focus();
    // Boxes send their keys by different events, some only by the one that is for letters.
    document.onkeydown = document.onkeypress = function (event) {
      var key = (event || window.event).keyCode;
      // 23 is what Android boxes send that do not translate their remote's OK.
      if (key === 13 || key === 23) retry();
    };
  }

  function retry() {
    location.reload();
  }

  window.onerror = function (_words, file, line) {
    fail('L-ERROR ' + String(file).replace(/^.*\/|[<&].*$/g, '') + ':' + line);
  };
  setTimeout(function () {
    fail('L-TIME');
  }, patienceMs);

  // A technician may ask for one of them: ?bundle=legacy
  var asked = /[?&]bundle=(modern|legacy)/.exec(location.search);
  var name = /** @type {'modern' | 'legacy'} */ (asked ? asked[1] : isModern() ? 'modern' : 'legacy');
  if (!bundles[name]) return fail('L-NONE');
  var script = document.createElement('script');
  script.src = bundles[name];
  script.onerror = function () {
    fail('L-SCRIPT');
  };
  document.body.appendChild(script);
})();
