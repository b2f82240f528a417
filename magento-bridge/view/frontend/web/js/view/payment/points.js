// Pay with points on the payment page; the cart has the same without JavaScript.
define([
  'ko',
  'uiComponent',
  'mage/storage',
  'mage/translate',
  'Magento_Catalog/js/price-utils',
  'Magento_Checkout/js/model/quote',
  'Magento_Checkout/js/model/error-processor',
  'Magento_Checkout/js/model/full-screen-loader',
  'Magento_Checkout/js/action/get-payment-information',
  'Magento_Ui/js/model/messages',
], function (ko, Component, storage, $t, priceUtils, quote, errorProcessor, loader, getPaymentInformation, Messages) {
  'use strict';

  var known = window.checkoutConfig.loyalty || {};

  function written(number) {
    return new Intl.NumberFormat(document.documentElement.lang || undefined).format(number);
  }

  return Component.extend({
    defaults: {
      template: 'Loyalty_Sidecar/payment/points',
    },

    initialize: function () {
      this.messageContainer = new Messages();
      this._super();
      this.canRedeem = Boolean(known.canRedeem) || known.used > 0;
      this.isCustomer = Boolean(window.checkoutConfig.isCustomerLoggedIn);
      this.minimum = known.minimum;
      this.used = ko.observable(known.used || 0);
      this.paid = ko.observable(known.paid || 0);
      this.earned = ko.observable(known.earned || 0);
      this.wish = ko.observable(known.available || 0);
      this.balanceText = $t('You have %1 points.').replace('%1', written(known.available || 0));
      this.earnedText = ko.pureComputed(function () {
        var text = this.isCustomer
          ? $t('You earn %1 points with this order.')
          : $t('Log in to earn about %1 points with this order.');

        return text.replace('%1', written(this.earned()));
      }, this);
      this.usedText = ko.pureComputed(function () {
        return $t('%1 points pay %2 of this order.')
          .replace('%1', written(this.used()))
          .replace('%2', priceUtils.formatPrice(this.paid(), quote.getPriceFormat()));
      }, this);
      return this;
    },

    initElement: function (element) {
      this._super(element);
      element.messageContainer = this.messageContainer;
      return this;
    },

    use: function () {
      this.send(Math.floor(Number(this.wish())));
    },

    takeBack: function () {
      this.send(0);
    },

    show: function (answer) {
      this.used(answer.used);
      this.paid(answer.discount);
      this.earned(answer.earned);
    },

    send: function (points) {
      var self = this;

      loader.startLoader();
      storage
        .put('rest/' + window.checkoutConfig.storeCode + '/V1/carts/mine/loyalty/points', JSON.stringify({ points: points }))
        .done(function (answer) {
          self.show(answer);
          getPaymentInformation().always(loader.stopLoader.bind(loader));
        })
        .fail(function (response) {
          errorProcessor.process(response, self.messageContainer);
          loader.stopLoader();
        });
    },
  });
});
