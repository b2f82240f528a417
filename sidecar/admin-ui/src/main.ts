import { createApp } from 'vue';
import '@shopware-ag/meteor-component-library/styles.css';
import '@shopware-ag/meteor-component-library/font.css';
import './theme.css';
import './magento.css';
import AppShell from './app-shell.vue';
import { joinAdministration } from './administration';
import { createTexts } from './i18n/texts';
import { router } from './router';

async function start(): Promise<void> {
  joinAdministration(router);
  const app = createApp(AppShell);
  app.use(await createTexts()).use(router);
  app.mount('#app');
}

void start();
