// Lets a customer's points pay for the order that staff make.
define(['Magento_Sales/order/create/form'], function () {
  'use strict';

  return function (config, element) {
    element.querySelector('button').addEventListener('click', function () {
      window.order.loadArea(['items', 'shipping_method', 'totals', 'billing_method'], true, {
        'order[loyalty_points]': element.querySelector('input').value || '0',
      });
    });
  };
});
