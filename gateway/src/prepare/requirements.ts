import type { GraphQLSchema, SelectionSetNode } from 'graphql';
import { isInterfaceType, isObjectType, Kind, parse, print } from 'graphql';

/** What fields need of other subgraphs (`@requires`), as far as it can clash with what a caller asks. */
export interface Requirements {
  /** Names of fields that a subgraph requires and that take arguments. */
  names: ReadonlySet<string>;
  /** Whether two fields of a type require the same field with other arguments. */
  clash(type: string, field: string, other: string): boolean;
  /** Types that have two such fields. */
  clashing: ReadonlySet<string>;
}

/** Reads the requirements from a supergraph's own schema. */
export function readRequirements(schema: GraphQLSchema): Requirements {
  const names = new Set<string>();
  /** By type and field: what each required path is asked with. */
  const asked = new Map<string, Map<string, string>>();
  const withArguments = argumentFields(schema);

  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      for (const selection of requiredSelections(field.astNode?.directives ?? [])) {
        const paths = asked.get(`${type.name}.${field.name}`) ?? new Map<string, string>();
        asked.set(`${type.name}.${field.name}`, paths);
        collect(selection, '', (path, name, args) => {
          if (withArguments.has(name)) names.add(name);
          paths.set(path, args);
        });
      }
    }
  }

  const clash = (type: string, field: string, other: string) => {
    const one = asked.get(`${type}.${field}`);
    const two = asked.get(`${type}.${other}`);
    return !!one && !!two && [...one].some(([path, args]) => two.has(path) && two.get(path) !== args);
  };
  const clashing = new Set<string>();
  const keys = [...asked.keys()].map((key) => key.split('.') as [string, string]);
  for (const [type, field] of keys) {
    if (keys.some(([otherType, other]) => otherType === type && clash(type, field, other))) clashing.add(type);
  }
  return { names, clash, clashing };
}

function* requiredSelections(directives: readonly import('graphql').ConstDirectiveNode[]): Generator<SelectionSetNode> {
  for (const { name, arguments: args } of directives) {
    if (name.value !== 'join__field') continue;
    const value = args?.find((argument) => argument.name.value === 'requires')?.value;
    if (value?.kind !== Kind.STRING) continue;
    const [definition] = parse(`{${value.value}}`, { noLocation: true }).definitions;
    if (definition?.kind === Kind.OPERATION_DEFINITION) yield definition.selectionSet;
  }
}

function collect(
  set: SelectionSetNode,
  above: string,
  found: (path: string, name: string, printedArguments: string) => void,
) {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      collect(selection.selectionSet, above, found);
      continue;
    }
    const path = `${above}/${selection.name.value}`;
    found(path, selection.name.value, (selection.arguments ?? []).map(print).sort().join());
    if (selection.selectionSet) collect(selection.selectionSet, path, found);
  }
}

function argumentFields(schema: GraphQLSchema): Set<string> {
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) if (field.args.length > 0) names.add(field.name);
  }
  return names;
}
