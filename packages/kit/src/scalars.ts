import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { decimal, printDecimal } from './decimal.ts';

const datePattern = /^\d{4}-\d{2}-\d{2}$/;

function readDate(value: unknown): string {
  if (typeof value === 'string' && datePattern.test(value)) {
    const time = Date.parse(value);
    if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(value)) return value;
  }
  throw new GraphQLError('A Date is written YYYY-MM-DD and must exist in the calendar.', {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

function readInstant(value: unknown): string {
  const time = typeof value === 'string' || value instanceof Date ? new Date(value).getTime() : Number.NaN;
  if (Number.isNaN(time)) {
    throw new GraphQLError('A DateTime is written as in 2026-03-01T09:00:00Z.', {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
  return new Date(time).toISOString();
}

function readDecimal(value: unknown): string {
  try {
    return printDecimal(decimal(value as string));
  } catch {
    throw new GraphQLError('A Decimal is written as text, as in "1042.50".', {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
}

const text = (name: string, description: string, read: (value: unknown) => string) =>
  new GraphQLScalarType({
    name,
    description,
    serialize: read,
    parseValue: read,
    parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : null),
  });

/** Resolvers of the scalars that all subgraphs share. */
export const scalars = {
  Date: text('Date', 'A calendar date without time or zone, YYYY-MM-DD.', readDate),
  DateTime: text('DateTime', 'An instant in UTC, ISO 8601.', readInstant),
  Decimal: text('Decimal', 'Exact decimal as text, for example "1042.50".', readDecimal),
};
