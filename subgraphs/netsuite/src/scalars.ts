import { UserInputError } from '@customer360/kit/errors';
import type { ValueNode } from 'graphql';
import { GraphQLScalarType, Kind } from 'graphql';
import type { InvoiceFilter } from './definitions/invoices.ts';
import { invoiceFilters } from './definitions/invoices.ts';

/** @throws {UserInputError} when the value names no filter */
export function readInvoiceFilter(value: unknown): InvoiceFilter {
  const filter = invoiceFilters.find((each) => each === value);
  if (!filter) throw new UserInputError(`status must be one of ${invoiceFilters.join(', ')}.`, 'status');
  return filter;
}

/** A scalar, because callers write both `"OPEN"` and `OPEN`, and an enum would refuse the first. */
export const invoiceStatusFilter = new GraphQLScalarType({
  name: 'InvoiceStatusFilter',
  serialize: readInvoiceFilter,
  parseValue: readInvoiceFilter,
  parseLiteral: (node: ValueNode) =>
    readInvoiceFilter(node.kind === Kind.STRING || node.kind === Kind.ENUM ? node.value : undefined),
});
