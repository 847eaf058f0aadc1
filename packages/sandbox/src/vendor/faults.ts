import { z } from 'zod';

const share = z.number().min(0).max(1);
const milliseconds = z.number().int().min(0).max(120_000);

/** What happens to the answer of a call, however the vendor would have answered. */
export const outages = ['refuse', 'hang', '503', 'drip', 'malformed', 'cut', 'lose', 'flood'] as const;

const outage = z.enum(outages).nullish();

/** An answer in place of the vendor's own: any status, header and body. */
const answer = z
  .strictObject({
    status: z.number().int().min(200).max(599).default(200),
    headers: z.record(z.string(), z.string()).default({}),
    body: z.string().default(''),
    /** How often the body is repeated, for answers that are too large to write down. */
    times: z.number().int().min(1).default(1),
    gzip: z.boolean().default(false),
  })
  .refine(({ body, times }) => body.length * times <= 256 * 1024 ** 2, 'an answer may have 256 MB')
  .nullish();

/** A breakage of some calls only: the first rule that meets a call decides. */
const rule = z.strictObject({
  method: z.string().optional(),
  /** Part of the path, with its parameters. */
  path: z.string().optional(),
  /** Part of the body. */
  body: z.string().optional(),
  share: share.default(1),
  /** Heals after it met this many calls. */
  times: z.number().int().min(1).optional(),
  latencyMs: milliseconds.default(0),
  outage,
  answer,
});

/** What `PUT /_control/faults` takes. Every field is optional; what is left out is healthy. */
export const faultsSchema = z.strictObject({
  /** Milliseconds that every vendor answer waits. */
  latencyMs: milliseconds.default(0),
  outage,
  answer,
  /** Share of calls that the outage, the answer or the throttle meets. */
  share: share.default(1),
  rules: z.array(rule).max(100).default([]),
  /** Answer as this vendor does when its limits are exceeded: in a short time, in a day, or at once. */
  throttle: z.union([z.boolean(), z.enum(['rate', 'day', 'parallel'])]).default(false),
  /** Headers of every answer, such as Retry-After. */
  headers: z.record(z.string(), z.string()).default({}),
  /** Every token issued so far expires now; a share expires them all again before that share of calls. */
  expireTokens: z.union([z.boolean(), share]).default(false),
  /** Refuse the credentials as if they had been revoked; every token dies with them. */
  refuseCredentials: z.boolean().default(false),
  /** How far the vendor's clock is ahead. */
  clockOffsetMs: z.number().int().min(-86_400_000).max(86_400_000).default(0),
  /** Reorder, leave out or repeat rows of list answers. */
  scramble: z
    .strictObject({ shuffle: z.boolean().default(false), drop: share.default(0), duplicate: share.default(0) })
    .nullish(),
  /** Share of records that fail by themselves in a call that reads or writes several. */
  partial: share.default(0),
  /** Another schema than expected: fields, by name and at any depth, that are gone, null, renamed or of another value. */
  drift: z
    .strictObject({
      remove: z.array(z.string()).default([]),
      nullify: z.array(z.string()).default([]),
      rename: z.record(z.string(), z.string()).default({}),
      set: z.record(z.string(), z.json()).default({}),
    })
    .nullish(),
  /** What happens to events on their way out: lost, doubled, out of order, late. */
  events: z
    .strictObject({
      drop: share.default(0),
      duplicate: share.default(0),
      shuffle: share.default(0),
      delayMs: milliseconds.default(0),
    })
    .nullish(),
});

export type Faults = z.output<typeof faultsSchema>;
export type Outage = (typeof outages)[number];
export type WrongAnswer = NonNullable<Faults['answer']>;
export type Drift = NonNullable<Faults['drift']>;

export const healthy: Faults = faultsSchema.parse({});
