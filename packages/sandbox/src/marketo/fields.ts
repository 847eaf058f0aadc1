import { Refusal } from './answers.ts';

export type DataType =
  | 'integer'
  | 'string'
  | 'email'
  | 'phone'
  | 'url'
  | 'datetime'
  | 'date'
  | 'boolean'
  | 'score'
  | 'currency'
  | 'percent';

/** One field of a Marketo record type, and the expression that reads it. */
export interface Field {
  name: string;
  sql: string;
  boolean?: true;
  searchable?: true;
}

/** What else describe tells of a field, and where a write goes. */
export interface DescribedField extends Field {
  displayName: string;
  dataType: DataType;
  length?: number;
  /** The column that a write changes; a field without one is the vendor's to set. */
  column?: string;
}

type More<F> = Partial<Omit<F, 'sql'>> & { sql?: string };

const lengths: Partial<Record<DataType, number>> = { string: 255, email: 255, phone: 255, url: 255 };

/** Describes the fields of one record type, whose columns are read through `alias`. */
export function describer(alias: string) {
  return (
    name: string,
    displayName: string,
    column: string | null,
    more: More<DescribedField> = {},
  ): DescribedField => {
    const dataType = more.dataType ?? 'string';
    const length = lengths[dataType];
    return {
      name,
      displayName,
      dataType,
      sql: `${alias}.${column}`,
      ...(length !== undefined && { length }),
      ...(column !== null && { column }),
      ...(dataType === 'boolean' && { boolean: true }),
      ...more,
    };
  };
}

/** The same field, not to be written. */
export function readOnly<F extends DescribedField>({ column: _, ...field }: F): Omit<F, 'column'> {
  return field;
}

/** The fields of a call, each once, in the order asked for. */
export function chooseFields<F extends Field>(all: readonly F[], asked: string[], standard: readonly string[]): F[] {
  const names = new Set(asked.length > 0 ? asked : standard);
  return [...names].map((name) => {
    const field = all.find((candidate) => candidate.name === name);
    if (!field) throw new Refusal('1006', `Field '${name}' not found`);
    return field;
  });
}

/** The field that a filter names. */
export function chooseFilter<F extends Field>(all: readonly F[], name: string): F {
  const field = all.find((candidate) => candidate.name === name);
  if (!field) throw new Refusal('1006', `Lookup field '${name}' not found`);
  if (!field.searchable) throw new Refusal('1011', `Lookup field '${name}' not supported`);
  return field;
}

export const maxFilterValues = 300;

export function filterValues(values: string[]): string[] {
  if (values.length === 0) throw new Refusal('1002', "Missing value for required parameter 'filterValues'");
  if (values.length > maxFilterValues) {
    throw new Refusal('1003', `filterValues has ${values.length} values, at most ${maxFilterValues} are allowed`);
  }
  return values;
}
