import { z } from 'zod';

/** Any body under `/rest`. */
export const body = z.object({
  success: z.boolean(),
  errors: z.array(z.object({ code: z.coerce.string(), message: z.string().nullish() })).nullish(),
  result: z.array(z.unknown()).nullish(),
  warnings: z.array(z.unknown()).nullish(),
  nextPageToken: z.string().nullish(),
  moreResult: z.boolean().nullish(),
});
export type Body = z.output<typeof body>;

export const identity = z.object({ access_token: z.string().min(1), expires_in: z.number() });

/** An amount as a number or as its digits. */
const amount = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]);
const id = z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(String);
/** In UTC, ISO 8601, so that instants compare as text. Assets write the zone twice (`Z+0000`). */
const instant = z
  .string()
  .transform((text) => new Date(text.replace(/Z\+0000$/, 'Z')))
  .refine((date) => !Number.isNaN(date.getTime()), 'is not a date')
  .transform((date) => date.toISOString());

export const leadRecord = z.object({
  id,
  email: z.string().nullish(),
  leadSource: z.string().nullish(),
  leadScore: z.number().nullish(),
  createdAt: instant,
  updatedAt: instant,
  sfdcAccountId: z.string().nullish(),
  lastInterestingMomentType: z.string().nullish(),
  lastInterestingMomentDate: instant.nullish(),
  lastInterestingMomentDesc: z.string().nullish(),
  lastInterestingMomentSource: z.string().nullish(),
  lastCampaignId: id.nullish(),
  lastCampaignName: z.string().nullish(),
});
export type LeadRecord = z.output<typeof leadRecord>;

export const programRecord = z.object({
  id,
  name: z.string(),
  channel: z.string().nullish(),
  status: z.string().nullish(),
  endDate: instant.nullish(),
  createdAt: instant.nullish(),
});
export type ProgramRecord = z.output<typeof programRecord>;

/** Without any costs they are an empty list or null, but not left out. */
export const costedProgram = programRecord.extend({ costs: z.array(z.object({ cost: amount })).nullable() });

/** Whoever reached success did so some day. */
export const memberRecord = z
  .object({
    leadId: id,
    reachedSuccess: z.boolean(),
    reachedSuccessDate: instant.nullish(),
    acquiredBy: z.boolean(),
    membershipDate: instant.nullish(),
  })
  .refine(({ reachedSuccess, reachedSuccessDate }) => !reachedSuccess || reachedSuccessDate != null, {
    path: ['reachedSuccessDate'],
  });
export type MemberRecord = z.output<typeof memberRecord>;

export const roleRecord = z.object({ leadId: id, externalOpportunityId: z.string().min(1) });

/** A deal that was won was closed some day. */
export const opportunityRecord = z
  .object({
    externalOpportunityId: z.string(),
    amount: amount.nullish(),
    isWon: z.boolean(),
    closeDate: instant.nullish(),
  })
  .refine(({ isWon, closeDate }) => !isWon || closeDate != null, { path: ['closeDate'] });
