import { defineConfig } from 'vitepress';

const page = (text: string, link: string): { text: string; link: string } => ({ text, link });
const reward = (text: string, name: string) => page(text, `/docs/rewards/${name}`);

/** The documents of the repository as they are, so that their links hold there and here. */
export default defineConfig({
  title: 'Loyalty sidecar',
  description: 'Points, tiers, tier prices, gifts and referrals for Shopware 6 and Magento 2',
  lang: 'en',
  srcDir: '..',
  srcExclude: [
    '**/node_modules/**',
    '**/vendor/**',
    '**/dist/**',
    'magento-bridge/**',
    'shopware-app/**',
    'sidecar/**',
    'test/**',
  ],
  rewrites: { 'README.md': 'index.md' },
  cleanUrls: true,
  // A folder and a file without an ending have no page.
  ignoreDeadLinks: [/docs\/adr$/, /LICENSE$/, /docs\/adr\/index$/],
  themeConfig: {
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    sidebar: [
      {
        text: 'Start',
        items: [
          page('Overview', '/'),
          page('Shopware 6', '/docs/install/shopware'),
          page('Magento 2', '/docs/install/magento'),
          page('The first programme', '/docs/first-programme'),
          page('Admin pages', '/docs/admin-pages'),
          page('What-if', '/docs/what-if'),
          page('Import and export', '/docs/imports'),
        ],
      },
      {
        text: 'What a programme can do',
        items: [
          reward('Tiers', 'tiers'),
          reward('Early access', 'early-access'),
          reward('Volume', 'volume'),
          reward('Campaigns', 'campaigns'),
          reward('Vouchers', 'vouchers'),
          reward('Occasions', 'occasions'),
          reward('Activities', 'activities'),
          reward('Challenges and badges', 'challenges'),
          reward('Segments', 'segments'),
          reward('Reward catalogue', 'catalogue'),
          reward('Cashback', 'cashback'),
          reward('Paid membership', 'membership'),
          reward('Companies', 'company'),
          reward('Referrals', 'referral'),
          reward('Leads', 'leads'),
        ],
      },
      {
        text: 'People and law',
        items: [
          page('Identity', '/docs/identity'),
          page('Messages', '/docs/messages'),
          page('Privacy', '/docs/privacy'),
          page('Terms', '/docs/terms'),
        ],
      },
      {
        text: 'Operating',
        items: [
          page('One server', '/docs/operate/one-server'),
          page('Many servers', '/docs/operate/many-servers'),
          page('Configuration', '/docs/operate/configuration'),
          page('Monitoring', '/docs/operate/monitoring'),
          page('Upgrade', '/docs/operate/upgrade'),
          page('Backup', '/docs/operate/backup'),
          page('Troubleshooting', '/docs/operate/troubleshooting'),
        ],
      },
      {
        text: 'Building on it',
        items: [
          page('The API', '/docs/api'),
          page('Key figures', '/docs/metrics'),
          page('Architecture', '/ARCHITECTURE'),
          page('Glossary', '/GLOSSARY'),
          page('Contributing', '/CONTRIBUTING'),
          page('Changelog', '/CHANGELOG'),
        ],
      },
    ],
  },
});
