// Copying and sharing need a script; without one the link can be marked, mailed and scanned. No module of RequireJS: Hyvä has none.
(function () {
  'use strict';

  var element = document.querySelector('.loyalty-referral');

  /** Pages without https have no clipboard of their own. */
  function copy(field) {
    if (navigator.clipboard) {
      return navigator.clipboard.writeText(field.value);
    }
    field.focus();
    field.select();

    return document.execCommand('copy') ? Promise.resolve() : Promise.reject(new Error('refused'));
  }

  function offerCopy() {
    var field = element.querySelector('input'),
      status = element.querySelector('[role="status"]'),
      button = element.querySelector('[data-does="copy"]');

    button.hidden = false;
    button.addEventListener('click', function () {
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
  }

  function offerShare() {
    element.querySelector('[data-needs="share"]').hidden = false;
    element.querySelector('[data-does="share"]').addEventListener('click', function () {
      // Whoever closes the list of the system has shared nothing, and need not hear of it.
      navigator.share({ text: element.dataset.text, url: element.dataset.link }).catch(function () {});
    });
  }

  if (element) {
    offerCopy();
    if (navigator.share) {
      offerShare();
    }
  }
})();
