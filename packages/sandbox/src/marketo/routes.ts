import type { Control } from '../vendor/control.ts';
import type { World } from '../world/world.ts';
import type { ActivityLog } from './activities/log.ts';
import type { Answer } from './answers.ts';
import type { Exports } from './bulk/exports.ts';
import type { Webhook } from './campaigns/webhook.ts';
import type { Folders } from './folders/store.ts';
import type { Overlap } from './leads/overlap.ts';
import type { DailyCount, Meter } from './limits.ts';
import type { Parameters } from './parameters.ts';
import type { Reader } from './rows.ts';

/** What an endpoint works with. */
export interface Desk {
  world: World;
  reader: Reader;
  control: Control;
  meter: Meter;
  apiUser: string;
  activities: ActivityLog;
  exports: Exports;
  webhook: Webhook;
  folders: Folders;
  /** Programs that scheduled campaigns may still clone today. */
  clones: DailyCount;
  /** What happened beside this call since it came in. */
  overlap: Overlap;
  /** Whether companies and opportunities come from a CRM, and may not be written. */
  nativeCrm: boolean;
  /** Whether activities go without their old `id`. */
  guidOnly: boolean;
  now(): number;
}

export type Method = 'GET' | 'POST' | 'DELETE';

export interface Route {
  /** @default GET */
  method?: Method;
  /** `{id}` stands for one path segment. */
  path: string;
  operation: string;
  answer(desk: Desk, parameters: Parameters, id: string): Answer;
}

/** The routes of one path, by method, and the id that the path carries. */
export interface Found {
  byMethod: ReadonlyMap<string, Route>;
  id: string;
}

/** Finds the routes of a path; a fixed path wins over one with an id. */
export function createFinder(routes: readonly Route[]): (path: string) => Found | null {
  const byPath = new Map<string, Map<string, Route>>();
  for (const route of routes) {
    const methods = byPath.get(route.path) ?? new Map<string, Route>();
    methods.set(route.method ?? 'GET', route);
    byPath.set(route.path, methods);
  }
  const patterns = [...byPath]
    .filter(([path]) => path.includes('{id}'))
    .map(([path, byMethod]) => ({
      byMethod,
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace('{id}', '([^/]+)')}$`),
    }));
  return (path) => {
    const fixed = byPath.get(path);
    if (fixed) return { byMethod: fixed, id: '' };
    for (const { byMethod, pattern } of patterns) {
      const match = pattern.exec(path);
      if (match) return { byMethod, id: match[1] ?? '' };
    }
    return null;
  };
}
