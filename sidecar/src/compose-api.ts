/** Wires the API of operators and integrators: who calls, what there is, and the document that says so. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';
import { adjustmentEndpoints } from './api/admin/adjustments';
import { apiKeyEndpoints } from './api/admin/api-keys';
import { campaignEndpoints } from './api/admin/campaigns';
import { consentEndpoints } from './api/admin/consents';
import { birthdayEndpoints } from './api/admin/birthdays';
import { payoutEndpoints } from './api/admin/cashback-payouts';
import { companyEndpoints } from './api/admin/companies';
import { deadLetterEndpoints } from './api/admin/dead-letters';
import { identityEndpoints } from './api/admin/identity';
import { languageEndpoints } from './api/admin/languages';
import { mailEndpoints } from './api/admin/mails';
import { memberEndpoints } from './api/admin/members';
import { metricEndpoints } from './api/admin/metrics';
import { orderEndpoints, type OrderDeps } from './api/admin/orders';
import { pairingCodeEndpoints } from './api/admin/pairing-codes';
import { previewOrderEndpoints } from './api/admin/preview-orders';
import { priceListRowEndpoints } from './api/admin/price-list-rows';
import { priceListEndpoints } from './api/admin/price-lists';
import { privacyEndpoints } from './api/admin/privacy';
import { programmeTemplateEndpoints } from './api/admin/programme-templates';
import { profileEndpoints } from './api/admin/profiles';
import { programmeEndpoints } from './api/admin/programmes';
import { productEndpoints, type ProductDeps } from './api/admin/products';
import { referralEndpoints } from './api/admin/referrals';
import { redemptionEndpoints } from './api/admin/reward-redemptions';
import { shopHealthEndpoints } from './api/admin/shop-health';
import { shopChannelEndpoints } from './api/admin/shop-channels';
import { shopEndpoints } from './api/admin/shops';
import { termsAcceptanceEndpoints } from './api/admin/terms-acceptances';
import { webhookDeliveryEndpoints } from './api/admin/webhook-deliveries';
import { webhookEndpoints } from './api/admin/webhooks';
import { whatIfEndpoints } from './api/admin/what-ifs';
import type { MountedRouter } from './api/app';
import { authenticate, type FindKey } from './api/authenticate';
import { mountEndpoints, type Endpoint } from './api/endpoint';
import { openApiDocument } from './api/openapi';
import { approvalEndpoints } from './api/public/approvals';
import { memberPriceEndpoints } from './api/admin/member-prices';
import { decisionEndpoints } from './api/public/decisions';
import { eventEndpoints } from './api/public/events';
import { giftEndpoints } from './api/public/gifts';
import { holdEndpoints } from './api/public/holds';
import { cashbackEndpoints } from './api/public/cashback';
import { exportEndpoints } from './api/public/exports';
import { importEndpoints } from './api/public/imports';
import { leadEndpoints } from './api/public/leads';
import { rewardEndpoints } from './api/public/rewards';
import type { Scope } from './api/scope';
import { staffEndpoints } from './api/staff/accounts';
import { createLoginRouter } from './api/staff/login';
import { scopesOf } from './api/staff/role';
import { sessionEndpoints } from './api/staff/session';
import { SESSION_PREFIX } from './api/staff/staff-session';
import type { Parts } from './compose';
import { importDeps } from './compose-imports';
import { AppError } from './errors';
import { useApiKey } from './stores/api-key-store';
import { findShopById, isConnected, openShop } from './stores/shop-store';
import { enterStaffRefund } from './sync/enter-staff-refund';

export interface ApiHooks {
  readonly onReplay: () => void;
  readonly onPublished: () => void;
  readonly onWhatIf: () => void;
  readonly onImport: () => void;
  readonly onPreviewOrders: () => void;
}

export function apiRouters(parts: Parts, hooks: ApiHooks): MountedRouter[] {
  const { config } = parts;
  const endpoints = apiEndpoints(parts, hooks);
  const guarded = Router();
  guarded.use(authenticate(config.adminTokens, keyFinder(parts)), express.json({ limit: config.bodyLimitBytes }));
  const document = openApiDocument(endpoints, packageVersion());
  const described = Router();
  // Whoever opens the bare address in a browser means the admin pages.
  described.get('/', (_request, response) => response.redirect('ui/'));
  described.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  return [
    { path: '/', router: described },
    { path: '/ui', router: parts.adminPages.router },
    { path: '/staff/login', router: createLoginRouter({ context: parts.context, sessions: parts.staffSessions }) },
    { path: '/admin', router: guarded },
    { path: '/v1', router: guarded },
    { path: '/', router: mountEndpoints(endpoints, { checkAnswers: parts.checkAnswers ?? false }) },
  ];
}

/** Everything that the API offers. */
export function apiEndpoints(parts: Parts, hooks: ApiHooks): Endpoint[] {
  const { onReplay, onPublished, onWhatIf, onImport, onPreviewOrders } = hooks;
  const { config, context, clock, hashEmail, sealer, staffSessions } = parts;
  return [
    ...apiKeyEndpoints(context),
    ...pairingCodeEndpoints(context, config.defaultProgrammeId),
    ...deadLetterEndpoints({ db: context.db, clock, onReplay }),
    ...shopHealthEndpoints({ context, onReplay }),
    ...programmeEndpoints(context, onPublished, config.bodyLimitBytes),
    ...programmeTemplateEndpoints(context),
    ...whatIfEndpoints(context, onWhatIf),
    ...previewOrderEndpoints(context, onPreviewOrders),
    ...campaignEndpoints(context),
    ...metricEndpoints(context),
    ...memberEndpoints({ context, hashEmail }),
    ...adjustmentEndpoints(context),
    ...profileEndpoints(context),
    ...birthdayEndpoints(context),
    ...consentEndpoints(context),
    ...languageEndpoints(context),
    ...mailEndpoints(context),
    ...identityEndpoints(context),
    ...webhookEndpoints({ context, sealer, allowPrivateUrls: config.allowPrivateUrls }),
    ...webhookDeliveryEndpoints(context),
    ...referralEndpoints(context),
    ...companyEndpoints(context),
    ...priceListEndpoints(context),
    ...priceListRowEndpoints(context),
    ...approvalEndpoints(context),
    ...privacyEndpoints(context),
    ...termsAcceptanceEndpoints(context),
    ...shopEndpoints({
      context,
      currenciesOf: async (shop) => parts.platformFor(shop.platform).currencies(await openShop(context.db, shop, sealer)),
    }),
    ...shopChannelEndpoints({
      context,
      salesChannelsOf: async (shop) => parts.platformFor(shop.platform).salesChannels(await openShop(context.db, shop, sealer)),
      onAssigned: onPublished,
    }),
    ...productEndpoints({ db: context.db, findProducts: productSearch(parts) }),
    ...orderEndpoints({ context, enterRefund: refundEntry(parts) }),
    ...holdEndpoints(context),
    ...giftEndpoints(context),
    ...decisionEndpoints(context),
    ...memberPriceEndpoints(context),
    ...eventEndpoints({ context, hashEmail }),
    ...importEndpoints(importDeps(parts), onImport),
    ...exportEndpoints(context.db),
    ...leadEndpoints({ ...context, sealer, hashEmail }),
    ...rewardEndpoints({ context, hashEmail }),
    ...redemptionEndpoints(context),
    ...cashbackEndpoints(context, hashEmail),
    ...payoutEndpoints(context),
    ...sessionEndpoints({ context, sessions: staffSessions }),
    ...staffEndpoints(context),
  ];
}

/** Reads the order from its shop, whichever platform that is. */
function refundEntry(parts: Parts): OrderDeps['enterRefund'] {
  return async (shopId, refund) => {
    const row = await findShopById(parts.context.db, shopId);
    if (!row || !isConnected(row.status)) throw new AppError('SHOP_NOT_ACTIVE');
    return enterStaffRefund(
      parts.context,
      parts.platformFor(row.platform),
      await openShop(parts.context.db, row, parts.sealer),
      refund,
    );
  };
}

function productSearch(parts: Parts): ProductDeps['findProducts'] {
  return async (shopId, question) => {
    const row = await findShopById(parts.context.db, shopId);
    if (!row || !isConnected(row.status)) throw new AppError('SHOP_NOT_ACTIVE');
    return parts.platformFor(row.platform).findProducts(await openShop(parts.context.db, row, parts.sealer), question);
  };
}

function keyFinder({ context, clock, staffSessions }: Parts): FindKey {
  return async (secret) => {
    if (secret.startsWith(SESSION_PREFIX)) {
      const session = staffSessions.open(secret);
      return { kind: 'staff', session, programmeId: session.programmeId, scopes: scopesOf(session.role) };
    }
    const key = await useApiKey(context.db, secret, clock.now());
    if (!key) return null;
    const scopes = JSON.parse(key.scopes) as Scope[];
    return { kind: 'key', keyId: key.key_id, programmeId: key.programme_id, scopes };
  };
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };
  return version;
}
