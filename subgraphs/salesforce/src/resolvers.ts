import { scalars } from '@customer360/kit/scalars';
import type { Resolvers } from './generated/resolvers.ts';
import { customerResolvers } from './resolvers/customer.ts';
import { dealResolvers } from './resolvers/deals.ts';
import { roots } from './resolvers/roots.ts';

export const resolvers: Resolvers = { Query: roots, ...customerResolvers, ...dealResolvers, ...scalars };
