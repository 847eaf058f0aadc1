export interface Difference {
  /** `lost` is null instead of something; `wrong` is anything else that is not the same. */
  kind: 'lost' | 'wrong';
  path: (string | number)[];
}

/** In what an answer is not as it was; how fresh it is does not count. */
export function differencesOf(was: unknown, is: unknown, path: (string | number)[] = []): Difference[] {
  if (Object.is(was, is)) return [];
  if (is === null) return [{ kind: 'lost', path }];
  if (Array.isArray(was) && Array.isArray(is) && was.length === is.length) {
    return was.flatMap((each, index) => differencesOf(each, is[index], [...path, index]));
  }
  if (isObject(was) && isObject(is)) {
    const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
    return names.flatMap((name) => {
      const below = [...path, name];
      if (/[fF]reshness$/.test(name))
        return was[name] !== null && is[name] === null ? [{ kind: 'lost', path: below }] : [];
      return Object.hasOwn(is, name) ? differencesOf(was[name], is[name], below) : [{ kind: 'wrong', path: below }];
    });
  }
  return [{ kind: 'wrong', path }];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
