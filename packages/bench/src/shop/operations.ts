import { users } from './world.ts';

const fragments = `
fragment user on User { id name handle bornOn }
fragment product on Product { sku title priceCents weightGrams inStock shippingCents }
fragment opinion on Review { id text }
`;

/** Eight levels through all four subgraphs and back; about 87 kB of answer. */
const deep = `query Deep {
  members {
    ...user
    reviews {
      ...opinion
      product { ...product reviews { ...opinion author { ...user reviews { ...opinion product { ...product } } } } }
    }
  }
  bestsellers {
    ...product
    reviews { ...opinion author { ...user reviews { ...opinion product { ...product } } } }
  }
}
${fragments}`;

/** One member with everything that is two steps away. */
const byMember = `query ByMember($id: ID!) {
  member(id: $id) { ...user reviews { ...opinion product { ...product reviews { ...opinion author { ...user } } } } }
}
${fragments}`;

const small = 'query Small { member(id: "u7") { id name } }';

/** The bodies of the requests of each workload, sent in turn. */
export const shopRequests = {
  deep: [JSON.stringify({ query: deep })],
  varying: users.map(({ id }) => JSON.stringify({ query: byMember, variables: { id } })),
  small: [JSON.stringify({ query: small })],
};
