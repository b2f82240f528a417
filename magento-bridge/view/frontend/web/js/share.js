// Copying and sharing need a script; without one the link can be marked, mailed and scanned.
define([], function () {
  'use strict';

  /** Pages without https have no clipboard of their own. */
  function copy(field) {
    if (navigator.clipboard) {
      return navigator.clipboard.writeText(field.value);
    }
    field.focus();
    field.select();

    return document.execCommand('copy') ? Promise.resolve() : Promise.reject(new Error('refused'));
  }

  return function (config, element) {
    var field = element.querySelector('input'),
      status = element.querySelector('[role="status"]'),
      copyButton = element.querySelector('[data-does="copy"]'),
      shareButton = element.querySelector('[data-does="share"]'),
      offered = { text: element.dataset.text, url: element.dataset.link };

    copyButton.hidden = false;
    copyButton.addEventListener('click', function () {
      status.textContent = '';
      copy(field).then(
        function () {
          status.textContent = status.dataset.copied;
        },
        function () {
          field.select();
        },
      );
    });
    if (navigator.share) {
      element.querySelector('[data-needs="share"]').hidden = false;
      shareButton.addEventListener('click', function () {
        // Whoever closes the list of the system has shared nothing, and need not hear of it.
        navigator.share(offered).catch(function () {});
      });
    }
  };
});
