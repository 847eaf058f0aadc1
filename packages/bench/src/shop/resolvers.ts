import { circleSize, products, reviews, users } from './world.ts';

const usersById = new Map(users.map((user) => [user.id, user]));
const productsBySku = new Map(products.map((product) => [product.sku, product]));
const reviewsById = new Map(reviews.map((review) => [review.id, review]));
const reviewsByAuthor = Map.groupBy(reviews, ({ author }) => author);
const reviewsByProduct = Map.groupBy(reviews, ({ product }) => product);

interface WithId {
  id: string;
}
interface WithSku {
  sku: string;
}
interface Shipped extends WithSku {
  priceCents: number;
  weightGrams: number;
}

const shippingOf = ({ priceCents, weightGrams }: Shipped) => (priceCents > 100_000 ? 0 : Math.round(weightGrams / 2));

/** What each subgraph knows. */
export const resolvers = {
  users: {
    Query: {
      member: (_: unknown, { id }: WithId) => usersById.get(id),
      members: () => users.slice(0, circleSize.users),
    },
    User: { __resolveReference: ({ id }: WithId) => usersById.get(id) },
  },
  products: {
    Query: { bestsellers: (_: unknown, { first }: { first: number }) => products.slice(0, first) },
    Product: { __resolveReference: ({ sku }: WithSku) => productsBySku.get(sku) },
  },
  inventory: {
    Product: {
      // What the gateway brings for the shipping cost is kept beside what is known here.
      __resolveReference: (reference: Shipped) => ({
        ...reference,
        inStock: productsBySku.get(reference.sku)?.inStock,
      }),
      shippingCents: shippingOf,
    },
  },
  reviews: {
    Review: {
      __resolveReference: ({ id }: WithId) => reviewsById.get(id),
      product: ({ product }: { product: string }) => ({ sku: product }),
      author: ({ author }: { author: string }) => usersById.get(author),
    },
    User: {
      __resolveReference: ({ id }: WithId) => ({ id }),
      reviews: ({ id }: WithId) => reviewsByAuthor.get(id) ?? [],
      reviewCount: ({ id }: WithId) => reviewsByAuthor.get(id)?.length ?? 0,
    },
    Product: {
      __resolveReference: ({ sku }: WithSku) => ({ sku }),
      reviews: ({ sku }: WithSku) => reviewsByProduct.get(sku) ?? [],
    },
  },
};

export type ShopSubgraph = keyof typeof resolvers;

export const shopSubgraphs = Object.keys(resolvers) as ShopSubgraph[];
