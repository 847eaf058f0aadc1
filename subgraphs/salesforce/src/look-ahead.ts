import type { GraphQLObjectType, GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  isObjectType,
} from 'graphql';

export interface FieldAhead {
  name: string;
  arguments: Record<string, unknown>;
}

/** Fields asked of `typeName` right below the resolved field, with their arguments: what can be read together with it. */
export function fieldsAhead(info: GraphQLResolveInfo, typeName: string): FieldAhead[] {
  const { schema, fragments, variableValues } = info;
  const type = schema.getType(typeName);
  const found: FieldAhead[] = [];

  function visit(selectionSet: SelectionSetNode | undefined, object: GraphQLObjectType) {
    for (const selection of selectionSet?.selections ?? []) {
      if (getDirectiveValues(GraphQLSkipDirective, selection, variableValues)?.if === true) continue;
      if (getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)?.if === false) continue;
      if (selection.kind === 'Field') {
        const field = object.getFields()[selection.name.value];
        if (field) found.push({ name: field.name, arguments: getArgumentValues(field, selection, variableValues) });
        continue;
      }
      const part = selection.kind === 'InlineFragment' ? selection : fragments[selection.name.value];
      const condition = part?.typeCondition?.name.value ?? typeName;
      if (condition === typeName || !isObjectType(schema.getType(condition))) visit(part?.selectionSet, object);
    }
  }

  if (isObjectType(type)) for (const node of info.fieldNodes) visit(node.selectionSet, type);
  return found;
}
