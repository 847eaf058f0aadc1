import type { FetchDataRewrite } from '@apollo/query-planner';
import type { Json, JsonObject } from './json.ts';
import { own } from './json.ts';
import type { IsOfType } from './types.ts';

export type Rewrite = (value: Json | undefined) => void;

/** How a step of a planner's path names a type. */
export const fragment = '... on ';

/** What the planner has changed in what is sent or received: other names, other values. */
export function compileRewrites(rewrites: readonly FetchDataRewrite[] | undefined, isOfType: IsOfType): Rewrite | null {
  if (!rewrites || rewrites.length === 0) return null;
  const each = rewrites.map((rewrite) => compile(rewrite, isOfType));
  return (value) => {
    for (const apply of each) apply(value);
  };
}

function compile(rewrite: FetchDataRewrite, isOfType: IsOfType): Rewrite {
  const path = rewrite.path.slice(0, -1);
  const name = rewrite.path.at(-1) as string;
  const apply = (object: JsonObject) => {
    if (rewrite.kind === 'ValueSetter') {
      object[name] = rewrite.setValueTo;
      return;
    }
    const value = own(object, name);
    if (value === undefined) return;
    object[rewrite.renameKeyTo] = value;
    delete object[name];
  };

  const walk = (value: Json | undefined, index: number) => {
    if (Array.isArray(value)) {
      for (const item of value) walk(item, index);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const step = path[index];
    if (step === undefined) apply(value);
    else if (!step.startsWith(fragment)) walk(own(value, step), index + 1);
    // biome-ignore lint/complexity/useLiteralKeys: the name is GraphQL's
    else if (isOfType(value['__typename'], step.slice(fragment.length), true)) walk(value, index + 1);
  };
  return (value) => walk(value, 0);
}
