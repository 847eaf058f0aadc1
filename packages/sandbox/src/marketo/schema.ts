import type { DescribedField } from './fields.ts';

/** Fields as a describe call lists them. */
export function describeFields(fields: readonly DescribedField[], keys: readonly string[] = []): object[] {
  return fields.map(({ name, displayName, dataType, length, column }) => ({
    name,
    displayName,
    dataType,
    ...(length !== undefined && { length }),
    updateable: column !== undefined && !keys.includes(name),
    crmManaged: name.startsWith('sfdc'),
  }));
}
