import { createRouter, createWebHashHistory } from 'vue-router';

/** In the order of the menu. Behind `#`, so that the page's address stays the one the shop signed. */
export const PAGES = [
  'dashboard',
  'members',
  'companies',
  'orders',
  'review',
  'programme',
  'what-if',
  'imports',
  'health',
  'settings',
] as const;

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', redirect: '/dashboard' },
    { path: '/dashboard', name: 'dashboard', component: () => import('./pages/home-page.vue') },
    { path: '/members', name: 'members', component: () => import('./pages/members-page.vue') },
    { path: '/members/:memberId', name: 'member', component: () => import('./pages/member-page.vue'), props: true },
    { path: '/companies', name: 'companies', component: () => import('./pages/companies-page.vue') },
    { path: '/companies/:companyId', name: 'company', component: () => import('./pages/company-page.vue'), props: true },
    { path: '/price-lists/:code', name: 'price-list', component: () => import('./pages/price-list-page.vue'), props: true },
    { path: '/orders', name: 'orders', component: () => import('./pages/orders-page.vue') },
    { path: '/settings', name: 'settings', component: () => import('./pages/settings-page.vue') },
    { path: '/setup', name: 'setup', component: () => import('./pages/setup-page.vue') },
    { path: '/programme', name: 'programme', component: () => import('./pages/programme-page.vue') },
    { path: '/programme/edit/:section', name: 'programme-edit', component: () => import('./pages/programme-edit-page.vue') },
    { path: '/what-if', name: 'what-if', component: () => import('./pages/what-if-page.vue') },
    { path: '/imports', name: 'imports', component: () => import('./pages/imports-page.vue') },
    { path: '/review', name: 'review', component: () => import('./pages/review-page.vue') },
    { path: '/health', name: 'health', component: () => import('./pages/health-page.vue') },
    { path: '/:other(.*)*', redirect: '/dashboard' },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});
