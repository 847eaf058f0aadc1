import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/** Names of the fields asked below the resolved one, fragments included: lets a root field start all its loads at once. */
export function selectedFields(info: GraphQLResolveInfo): Set<string> {
  const names = new Set<string>();
  const visit = (selectionSet: SelectionSetNode | undefined) => {
    for (const selection of selectionSet?.selections ?? []) {
      if (selection.kind === 'Field') names.add(selection.name.value);
      else if (selection.kind === 'InlineFragment') visit(selection.selectionSet);
      else visit(info.fragments[selection.name.value]?.selectionSet);
    }
  };
  for (const field of info.fieldNodes) visit(field.selectionSet);
  return names;
}
