import type { Control } from '../vendor/control.ts';
import type { World } from '../world/world.ts';

export interface SalesforceOptions {
  host: string;
  port: number;
  world: World;
  control?: Control;
  /** Whether a refresh gives a new refresh token and ends the old one. @default false */
  rotateRefreshTokens?: boolean;
  /** API calls in 24 hours; the ones above are refused. @default 1,000,000, an Unlimited Edition with 180 users */
  dailyRequests?: number;
  /** How long after a write its events are published. @default 400 */
  publishAfterMs?: number;
  /** How long a streaming request without news is held. @default 110,000 */
  holdMs?: number;
  /** How many changes of one transaction are told one by one; the others by an overflow event. @default 100,000 */
  maxChanges?: number;
  /** Events that are given to clients in 24 hours. @default 50,000 */
  dailyEvents?: number;
  /** Clients that may listen at once. @default 2,000 */
  maxClients?: number;
  /** How long a session lives without a request. @default two hours */
  idleMs?: number;
  /** How often the user may log in within an hour. @default 3,600 */
  hourlyLogins?: number;
  /** How many requests may be long at once. @default 25 */
  longRequests?: number;
  /** From when on a request is long. @default 20,000 */
  longMs?: number;
  /** Share of the pages of a query that are shorter than asked although there is more. @default 0.25 */
  shortPages?: number;
  /** Where the user is: days, and the date literals of SOQL with them, begin at its midnight. @default 'America/Los_Angeles' */
  timeZone?: string;
  /** The org's time in milliseconds. @default the machine's; for date literals, its time of day on the world's day */
  now?: () => number;
}
