/** An answer as GraphQL defines it; what is inside is the reader's to check. */
export interface SubgraphAnswer {
  data?: unknown;
  errors?: unknown;
  extensions?: unknown;
}

export type FailureKind = 'unavailable' | 'timeout' | 'malformed' | 'canceled';

/** A subgraph that gave no usable answer at all. */
export class SubgraphFailure extends Error {
  override readonly name = 'SubgraphFailure';
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** @throws {SubgraphFailure} for a body that is not a GraphQL answer */
export function readAnswer(status: number, text: string): SubgraphAnswer {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new SubgraphFailure(
      status >= 500 ? 'unavailable' : 'malformed',
      `status ${status} and a body that is not JSON`,
    );
  }
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    throw new SubgraphFailure('malformed', `status ${status} and a body that is not a GraphQL answer`);
  }
  return answer;
}
