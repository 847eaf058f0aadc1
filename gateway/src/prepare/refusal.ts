import type { GraphQLFormattedError } from 'graphql';

type Code =
  | 'BAD_REQUEST'
  | 'BAD_USER_INPUT'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_RESOLUTION_FAILURE';

/** An operation that is not executed; the message tells its sender why. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: Code;
  readonly errors: GraphQLFormattedError[];

  constructor(code: Code, message: string, details: GraphQLFormattedError[] = []) {
    super(message);
    this.code = code;
    this.errors = details.length > 0 ? details : [{ message, extensions: { code } }];
  }
}
