// A friend's link: the code is kept until an order is placed, 30 days at most. Pages are cached, so the server cannot do it.
(function () {
  'use strict';

  var code = new URLSearchParams(window.location.search).get('ref');

  if (code && /^[A-Za-z0-9-]{3,64}$/.test(code)) {
    document.cookie =
      'loyalty_ref=' +
      code.toUpperCase() +
      '; path=/; max-age=2592000; samesite=lax' +
      (window.location.protocol === 'https:' ? '; secure' : '');
  }
})();
