import type { Control } from '../vendor/control.ts';
import type { World } from '../world/world.ts';
import type { Answer } from './answers.ts';
import type { Meter } from './limits.ts';
import type { Parameters } from './parameters.ts';
import type { Reader } from './rows.ts';

/** What an endpoint works with. */
export interface Desk {
  world: World;
  reader: Reader;
  control: Control;
  meter: Meter;
  apiUser: string;
}

export interface Route {
  /** `{id}` stands for one path segment. */
  path: string;
  operation: string;
  asset?: true;
  answer(desk: Desk, parameters: Parameters, id: string): Answer;
}

/** Finds the route of a path and the id that the path carries. */
export function createFinder(routes: readonly Route[]) {
  const patterns = routes.map((route) => ({
    route,
    pattern: new RegExp(`^${route.path.replaceAll('.', '\\.').replace('{id}', '([^/]+)')}$`),
  }));
  return (path: string): { route: Route; id: string } | null => {
    for (const { route, pattern } of patterns) {
      const match = pattern.exec(path);
      if (match) return { route, id: match[1] ?? '' };
    }
    return null;
  };
}
