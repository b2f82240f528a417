/** What Magento leaves out without a word: a template or container that is not there shows nothing. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { projectRoot } from '../../support/source';

const VIEW = join(projectRoot, 'magento-bridge', 'view');
const FRONTEND = join(VIEW, 'frontend');
const LAYOUT = join(FRONTEND, 'layout');

/** Places of Hyvä's default theme and of children that keep its product page and cart. */
const HYVA_PLACES: Readonly<Record<string, string>> = {
  'product.info.additional': 'last in the box with price and button; printed by product/view/product-info.phtml',
  'checkout.cart.widget': 'below the goods of the cart, beside the summary; printed by php-cart/wrapper.phtml',
};

const layouts = readdirSync(LAYOUT);
const read = (name: string): string => readFileSync(join(LAYOUT, name), 'utf8');
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name);
const ofHyva = layouts.filter((name) => name.startsWith('hyva_'));
const scripts = layouts.flatMap((name) => found(read(name), /<script src="Loyalty_Sidecar::([^"]+)"/g));

describe('the layouts of the Magento module', () => {
  it.each(['frontend', 'adminhtml'])('name only files that are there (%s)', (area) => {
    const folder = join(VIEW, area);
    const text = readdirSync(join(folder, 'layout'))
      .map((name) => readFileSync(join(folder, 'layout', name), 'utf8'))
      .join('\n');
    const templates = found(text, /Loyalty_Sidecar::([\w/-]+\.phtml)/g).map((name) => join(folder, 'templates', name));
    const assets = found(text, /src="Loyalty_Sidecar::([^"]+)"/g).map((name) => join(folder, 'web', name));
    expect([...templates, ...assets].filter((path) => !existsSync(path))).toEqual([]);
    expect(templates.length).toBeGreaterThan(1);
  });
});

describe('the templates of the shop', () => {
  it('have no buttons within messages, where themes give every link the colour of the text', () => {
    const folder = join(FRONTEND, 'templates');
    const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.phtml'));
    const messages = templates.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/<(div|p) class="message.*?<\/\1>/gs)].map(([text]) => text),
    );
    expect(messages.length).toBeGreaterThan(5);
    expect(messages.filter((text) => text.includes('primary'))).toEqual([]);
  });
});

describe('cached pages', () => {
  it('of products know by every part of ours that they go with the programme', () => {
    const blocks = [...read('catalog_product_view.xml').matchAll(/<block name="loyalty[^>]* class="([^"]+)"/g)].map(
      ([, name]) => name,
    );
    expect(blocks.length).toBeGreaterThan(3);
    expect(new Set(blocks)).toEqual(new Set(['Loyalty\\Sidecar\\Block\\Product\\Part']));
    const part = readFileSync(join(projectRoot, 'magento-bridge', 'Block', 'Product', 'Part.php'), 'utf8');
    expect(part).toContain('CachedPages::PROGRAMME');
  });
});

describe('the layouts for Hyvä', () => {
  it('go with a page of ours each, or with all', () => {
    const pages = ofHyva.map((name) => name.replace('hyva_', '')).filter((name) => name !== 'default.xml');
    expect(pages.filter((name) => !layouts.includes(name))).toEqual([]);
    expect(pages.length).toBeGreaterThan(2);
  });

  it.each(ofHyva)('%s moves and changes blocks of its page, to places that the theme prints', (name) => {
    const text = read(name);
    const own = name === 'hyva_default.xml' ? '' : read(name.replace('hyva_', ''));
    const touched = found(text, /<(?:move element|referenceBlock name)="([^"]+)"/g);
    expect(touched.filter((block) => !own.includes(`<block name="${block}"`) && !own.includes(` name="${block}"`))).toEqual([]);
    expect(found(text, /destination="([^"]+)"/g).filter((place) => HYVA_PLACES[place] === undefined)).toEqual([]);
    expect(text).not.toContain('Hyva\\');
  });

  it('leave no block of the product page below the reviews', () => {
    const blocks = found(read('catalog_product_view.xml'), /<block name="([^"]+)"/g);
    const moved = found(read('hyva_catalog_product_view.xml'), /<move element="([^"]+)"/g);
    expect([...moved].sort()).toEqual([...blocks].sort());
  });

  it('take every colour from the theme where it says one', () => {
    const css = readFileSync(join(FRONTEND, 'web', 'css', 'hyva.css'), 'utf8');
    const bare = css.replace(/var\([^)]*\)/g, '').match(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)\(/gi);
    expect(bare).toBeNull();
  });
});

describe('pages without RequireJS', () => {
  it('have templates that ask for none', () => {
    const templates = readdirSync(join(FRONTEND, 'templates'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.phtml'),
    );
    const asking = templates.filter((name) =>
      /mage-init|x-magento-init|require\(|<script/.test(readFileSync(join(FRONTEND, 'templates', name), 'utf8')),
    );
    expect(asking).toEqual([]);
    expect(templates.length).toBeGreaterThan(12);
  });

  it.each(scripts)('%s runs there, also on pages that have nothing for it', (name) => {
    const surroundings = {
      document: { querySelector: () => null, cookie: '' },
      navigator: {},
      window: { location: { search: '' } },
      URLSearchParams,
    };
    runInNewContext(readFileSync(join(FRONTEND, 'web', name), 'utf8'), surroundings, { filename: basename(name) });
    expect(surroundings.document.cookie).toBe('');
  });
});
