/** Somebody, something for sale, and what the one thinks of the other. */
export interface User {
  id: string;
  name: string;
  handle: string;
  bornOn: string;
}

export interface Product {
  sku: string;
  title: string;
  priceCents: number;
  weightGrams: number;
  inStock: boolean;
}

export interface Review {
  id: string;
  text: string;
  author: string;
  product: string;
}

/**
 * Members know one another in circles that review the same few products: a deep query meets the same entities over and
 * over, as in the public benchmark.
 */
export const circles = 80;
export const circleSize = { users: 6, products: 9, reviews: 27 };

const firstNames = ['Ada', 'Benno', 'Cleo', 'Dario', 'Edda', 'Farid'];
const things = ['Kettle', 'Lamp', 'Desk', 'Chair', 'Rug', 'Clock', 'Vase', 'Shelf', 'Mirror'];
const opinions = ['Sturdy, and quieter than I had hoped', 'Back after a week', 'Would buy it again', 'Fine'];

const count = (length: number) => Array.from({ length }, (_, index) => index);
const at = <Item>(items: readonly Item[], index: number) => items[index % items.length] as Item;

export const users = count(circles * circleSize.users).map((index): User => {
  const name = `${at(firstNames, index)} of circle ${Math.floor(index / circleSize.users)}`;
  return {
    id: `u${index}`,
    name,
    handle: name.toLowerCase().replaceAll(' ', '-'),
    bornOn: `19${70 + (index % 30)}-0${1 + (index % 9)}-1${index % 10}`,
  };
});

export const products = count(circles * circleSize.products).map(
  (index): Product => ({
    sku: `p${index}`,
    title: `${at(things, index)} number ${index}`,
    priceCents: 900 + ((index * 3779) % 150_000),
    weightGrams: 100 + ((index * 173) % 5000),
    inStock: index % 4 !== 3,
  }),
);

export const reviews = count(circles * circleSize.reviews).map((index): Review => {
  const circle = Math.floor(index / circleSize.reviews);
  const user = circle * circleSize.users + (index % circleSize.users);
  const product = circle * circleSize.products + ((index * 7) % circleSize.products);
  return { id: `r${index}`, text: at(opinions, index), author: `u${user}`, product: `p${product}` };
});
