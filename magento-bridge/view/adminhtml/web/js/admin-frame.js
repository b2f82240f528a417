define([], function () {
  'use strict';

  var PATIENCE_MS = 15000,
    RELOADED = 'loyalty-reloaded',
    ONCE_IN_MS = 60000;

  /** What the fragment names is a path within the frame, and never another address. */
  function wantedPath() {
    return /^#\/[^#\s]*$/.test(window.location.hash) ? window.location.hash : '';
  }

  /** A page that is locked again at once would have itself loaded for ever. */
  function mayReload() {
    var last = Number(window.sessionStorage.getItem(RELOADED) || 0);

    if (Date.now() - last < ONCE_IN_MS) {
      return false;
    }
    window.sessionStorage.setItem(RELOADED, String(Date.now()));

    return true;
  }

  /** Shows the sidecar's pages; a reload of the administration signs a new address and leads back to where staff were. */
  return function (config, element) {
    var frame = document.createElement('iframe'),
      silence = element.querySelector('[role="alert"]'),
      waiting = window.setTimeout(function () {
        silence.hidden = false;
      }, PATIENCE_MS);

    window.addEventListener('message', function (event) {
      var said = event.data;

      if (event.source !== frame.contentWindow || event.origin !== element.dataset.origin || !said) {
        return;
      }
      window.clearTimeout(waiting);
      silence.hidden = true;
      if (typeof said.loyaltyPath === 'string') {
        window.history.replaceState(window.history.state, '', '#' + said.loyaltyPath);
      }
      if (said.loyaltyReload === 'by hand' || (said.loyaltyReload === 'by itself' && mayReload())) {
        window.location.reload();
      }
    });

    // Made here and not in the page: browsers bring a frame of the page back with its old address, which is good once.
    frame.title = element.dataset.title;
    frame.referrerPolicy = 'no-referrer';
    frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms allow-modals allow-downloads');
    frame.src = element.dataset.url + wantedPath();
    element.appendChild(frame);
  };
});
