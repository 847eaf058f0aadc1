import { z } from 'zod';

/** What `PUT /_control/faults` takes. Every field is optional; what is left out is healthy. */
export const faultsSchema = z.strictObject({
  /** Milliseconds that every vendor answer waits. */
  latencyMs: z.number().int().min(0).max(120_000).default(0),
  /** `refuse` cuts the connection, `hang` never answers, `drip` sends a byte a second, `malformed` cuts the body short. */
  outage: z.enum(['refuse', 'hang', '503', 'drip', 'malformed']).nullish(),
  /** Share of calls, from 0 to 1, that the outage or the throttle meets. */
  share: z.number().min(0).max(1).default(1),
  /** Answer as this vendor does when its limits are exceeded. */
  throttle: z.boolean().default(false),
  /** Make every token issued so far expire now. */
  expireTokens: z.boolean().default(false),
  /** Reorder, leave out or repeat rows of list answers, by share from 0 to 1. */
  scramble: z
    .strictObject({
      shuffle: z.boolean().default(false),
      drop: z.number().min(0).max(1).default(0),
      duplicate: z.number().min(0).max(1).default(0),
    })
    .nullish(),
});

export type Faults = z.output<typeof faultsSchema>;

export const healthy: Faults = faultsSchema.parse({});
