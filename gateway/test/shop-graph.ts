import type { LiveSubgraph } from './live-graph.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject"])`;

const users = [1, 2, 3].map((id) => ({ id: `u${id}`, name: `User ${id}`, login: `login${id}` }));
const products = Array.from({ length: 6 }, (_, index) => ({
  __typename: index % 2 ? 'Book' : 'Game',
  upc: `p${index}`,
  code: `code-${index}`,
  title: `Product ${index}`,
  price: 10 * (index + 1),
  weight: index === 3 ? null : index + 1,
  pages: 100 + index,
  players: index,
}));
const reviews = Array.from({ length: 12 }, (_, index) => ({
  id: `r${index}`,
  stars: (index % 5) + 1,
  author: { id: `u${(index % 3) + 1}` },
  about: { __typename: products[index % 6]?.__typename, upc: `p${index % 6}` },
}));
const find = <Row>(rows: Row[], matches: (row: Row) => boolean) => rows.find(matches) ?? null;
const rates: Record<string, number> = { EUR: 1, USD: 2 };

/** Users, products, their stock and their reviews: every kind of join that a plan can have. */
export const shopGraph: Record<string, LiveSubgraph> = {
  users: {
    typeDefs: `${link}
      type Query { me: User users: [User!]! user(id: ID!): User }
      type User @key(fields: "id") @key(fields: "login") { id: ID! login: String! name: String }`,
    resolvers: {
      Query: {
        me: () => users[0],
        users: () => users,
        user: (_: unknown, { id }: { id: string }) => find(users, (user) => user.id === id),
      },
      User: {
        __resolveReference: (key: { id?: string; login?: string }) =>
          find(users, ({ id, login }) => id === key.id || login === key.login),
      },
    },
  },
  products: {
    typeDefs: `${link}
      type Query { products(first: Int = 3): [Product!]! product(upc: ID!): Product  search(text: String): [Found!]! }
      interface Product @key(fields: "upc") { upc: ID! title: String price(currency: String = "EUR"): Int  weight: Int }
      type Book implements Product @key(fields: "upc") { upc: ID! code: ID title: String price(currency: String = "EUR"): Int weight: Int pages: Int! }
      type Game implements Product @key(fields: "upc") { upc: ID! code: ID title: String price(currency: String = "EUR"): Int weight: Int players: Int }
      type Maker { name: String @shareable country: String }
      union Found = Book | Game | Maker`,
    resolvers: {
      Query: {
        products: (_: unknown, { first }: { first: number }) => products.slice(0, first),
        product: (_: unknown, { upc }: { upc: string }) => find(products, (product) => product.upc === upc),
        search: () => [products[0], { __typename: 'Maker', name: 'Acme', country: null }, products[1]],
      },
      Found: { __resolveType: (value: { __typename: string }) => value.__typename },
      Product: {
        __resolveType: (value: { __typename: string }) => value.__typename,
        __resolveReference: ({ upc }: { upc: string }) => find(products, (product) => product.upc === upc),
      },
      ...Object.fromEntries(
        ['Book', 'Game'].map((type) => [
          type,
          {
            __resolveReference: ({ upc }: { upc: string }) => find(products, (product) => product.upc === upc),
            price: ({ price }: { price: number }, { currency }: { currency: string }) => price * (rates[currency] ?? 1),
          },
        ]),
      ),
    },
  },
  stock: {
    typeDefs: `${link}
      type Book @key(fields: "upc") { upc: ID! price(currency: String = "EUR"): Int @external weight: Int @external inStock: Boolean shipping: Int @requires(fields: "price weight") }
      type Game @key(fields: "upc") { upc: ID! inStock: Boolean }`,
    resolvers: {
      Book: {
        __resolveReference: (key: object) => key,
        inStock: ({ upc }: { upc: string }) => upc !== 'p1',
        shipping: ({ price, weight }: { price: number; weight: number | null }) => price + (weight ?? 1000),
      },
      Game: { __resolveReference: (key: object) => key, inStock: () => true },
    },
  },
  reviews: {
    typeDefs: `${link}
      type Query { reviews(first: Int): [Review] bestReview: Review }
      type Mutation { rate(upc: ID!, stars: Int!): Review }
      type Review @key(fields: "id") { id: ID! stars: Int! author: User about: Product }
      type User @key(fields: "id") { id: ID! reviews(first: Int = 2): [Review!]! }
      type Product @key(fields: "upc") @interfaceObject { upc: ID! reviews: [Review] score: Float }`,
    resolvers: {
      Query: {
        reviews: (_: unknown, { first }: { first?: number }) => [...reviews.slice(0, first ?? 4), null],
        bestReview: () => reviews[4],
      },
      Mutation: {
        rate: (_: unknown, { upc, stars }: { upc: string; stars: number }) => ({
          id: `new-${upc}`,
          stars,
          author: { id: 'u1' },
          about: { upc },
        }),
      },
      Review: {
        __resolveReference: ({ id }: { id: string }) => find(reviews, (review) => review.id === id),
        about: ({ about }: { about: { upc: string } }) => ({ upc: about.upc }),
      },
      User: {
        __resolveReference: (key: object) => key,
        reviews: ({ id }: { id: string }, { first }: { first: number }) =>
          reviews.filter(({ author }) => author.id === id).slice(0, first),
      },
      Product: {
        __resolveReference: (key: object) => key,
        reviews: ({ upc }: { upc: string }) => reviews.filter(({ about }) => about.upc === upc),
        score: ({ upc }: { upc: string }) => (upc === 'p2' ? null : 4.5),
      },
    },
  },
};
