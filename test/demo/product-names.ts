/** What the demo's shops sell, by name. */

export const CATEGORIES = ['coffee', 'tea', 'books', 'kitchen'] as const;
export type Category = (typeof CATEGORIES)[number];

const NAMES: Readonly<Record<Category, readonly string[]>> = {
  coffee: [
    'Ethiopia Yirgacheffe',
    'Colombia Huila',
    'Guatemala Antigua',
    'Kenya Nyeri',
    'House Espresso',
    'Brazil Santos',
    'Sumatra Mandheling',
    'Costa Rica Tarrazú',
    'Night Shift Decaf',
    'Filter Blend No. 3',
  ],
  tea: [
    'Darjeeling First Flush',
    'Assam Breakfast',
    'Earl Grey Blue',
    'Jasmine Pearls',
    'Genmaicha',
    'Sencha Spring',
    'Rooibos Vanilla',
    'Peppermint Leaf',
    'Lapsang Smoke',
    'Oolong Iron Lady',
  ],
  books: [
    'The Patient Baker',
    'Coffee at Home',
    'A Year of Soups',
    'Tea Roads',
    'Knives and How to Keep Them',
    'The Sunday Kitchen',
    'Salt and Sugar',
    'Breakfasts of the World',
    'The Small Garden',
    'Bread by Hand',
  ],
  kitchen: [
    'Stoneware Mug',
    'Pour-over Dripper',
    'Hand Grinder',
    'Cast-iron Teapot',
    'Milk Jug',
    'Oak Cutting Board',
    'Copper Kettle',
    'Linen Tea Towels',
    'Kitchen Scale',
    'Glass Carafe',
  ],
};

const FORMS: Readonly<Record<Category, readonly string[]>> = {
  coffee: ['', ', ground', ', large bag'],
  tea: ['', ', tin', ', gift box'],
  books: ['', ', signed', ', second edition'],
  kitchen: ['', ', blue', ', set of two'],
};

/** A name for each place in a category, none of them twice as long as there are not more than the lists can name. */
export function productName(category: Category, place: number): string {
  const names = NAMES[category];
  const forms = FORMS[category];
  const form = forms[Math.floor(place / names.length)] ?? `, no. ${place + 1}`;
  return `${names[place % names.length]}${form}`;
}
