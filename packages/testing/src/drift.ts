export type DriftKind = 'missing' | 'null' | 'wrong type' | 'unreadable' | 'unknown value' | 'extra field';

/** One way in which a vendor's answer may stop to be what it was. */
export interface Drift {
  kind: DriftKind;
  /** Where, without the places in lists: `items.symbol`. */
  path: string;
  field: string;
  /** Whether the field holds others. */
  holdsOthers: boolean;
  body: unknown;
}

type Json = unknown;
type Tree = Record<string, Json>;
const isTree = (value: Json): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What replaces one value. Text that holds a number, a date or a choice must not become any other text. */
function replacements(value: Json, isEnumerated: boolean): [DriftKind, Json][] {
  const isReadable = typeof value !== 'string' || /^-?[\d.]+([T:+\-Z\d]*)$/.test(value);
  const wrong = typeof value === 'object' ? 'text' : { unexpected: true };
  return [
    ...(value === null ? [] : ([['null', null]] as [DriftKind, Json][])),
    ['wrong type', wrong],
    ...(typeof value !== 'object' && isReadable ? ([['unreadable', 'n/a']] as [DriftKind, Json][]) : []),
    ...(isEnumerated ? ([['unknown value', 'somethingNew']] as [DriftKind, Json][]) : []),
  ];
}

/** Of a list, one element of each kind: those with the same fields and the same choices are alike. */
function samples(list: readonly Json[], enumerated: ReadonlySet<string>): number[] {
  const kinds = new Map<string, number>();
  list.forEach((each, index) => {
    const kind = isTree(each)
      ? Object.entries(each).map(([name, value]) => (enumerated.has(name) ? `${name}=${String(value)}` : name))
      : [typeof each];
    const key = kind.sort().join();
    if (!kinds.has(key)) kinds.set(key, index);
  });
  return [...kinds.values()];
}

/** Every single change of every field of a JSON answer; `enumerated` names the fields whose values are a fixed choice. */
export function driftsOf(body: Json, enumerated: ReadonlySet<string>): Drift[] {
  const drifts: Drift[] = [];

  const visit = (value: Json, path: readonly string[], rebuild: (changed: Json) => Json) => {
    const place = path.join('.');
    if (Array.isArray(value)) {
      for (const index of samples(value, enumerated))
        visit(value[index], path, (each) => rebuild(value.with(index, each)));
      return;
    }
    if (!isTree(value)) return;
    drifts.push({
      kind: 'extra field',
      path: place,
      field: 'newField',
      holdsOthers: false,
      body: rebuild({ ...value, newField: 'new' }),
    });
    for (const [field, held] of Object.entries(value)) {
      const { [field]: _, ...rest } = value;
      const own = { path: [...path, field].join('.'), field, holdsOthers: typeof held === 'object' };
      drifts.push({ kind: 'missing', ...own, body: rebuild(rest) });
      for (const [kind, other] of replacements(held, enumerated.has(field))) {
        drifts.push({ kind, ...own, body: rebuild({ ...value, [field]: other }) });
      }
      visit(held, [...path, field], (changed) => rebuild({ ...value, [field]: changed }));
    }
  };
  visit(body, [], (changed) => changed);
  return drifts;
}

/** Places where one result differs from another and is not merely empty or neutral there. */
export function wrongPlaces(expected: Json, found: Json, neutral: readonly Json[] = [], place = 'result'): string[] {
  if (found == null || Object.is(expected, found) || neutral.includes(found)) return [];
  if (Array.isArray(expected) && Array.isArray(found)) {
    if (expected.length !== found.length) return [`${place} has ${found.length} of ${expected.length}`];
    return expected.flatMap((each, index) => wrongPlaces(each, found[index], neutral, `${place}.${index}`));
  }
  if (isTree(expected) && isTree(found)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
    return [...names].flatMap((name) => wrongPlaces(expected[name], found[name], neutral, `${place}.${name}`));
  }
  return [`${place} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`];
}
