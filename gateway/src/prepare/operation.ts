import type { DocumentNode, FragmentDefinitionNode, OperationDefinitionNode } from 'graphql';
import { Kind } from 'graphql';
import { Refusal } from './refusal.ts';

/** The operation of a document that is to run, with the document's fragments. */
export interface OperationParts {
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** @throws {Refusal} when the document does not say which operation is meant */
export function findOperation(document: DocumentNode, name: string | undefined): OperationParts {
  const operations: OperationDefinitionNode[] = [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const meant = name ? operations.filter((operation) => operation.name?.value === name) : operations;
  const [operation] = meant;
  if (!operation) {
    throw new Refusal(
      'OPERATION_RESOLUTION_FAILURE',
      name ? `There is no operation named ${name.slice(0, 50)}.` : 'There is no operation.',
    );
  }
  if (meant.length > 1) {
    throw new Refusal('OPERATION_RESOLUTION_FAILURE', 'There are several operations: operationName has to name one.');
  }
  return { operation, fragments };
}
