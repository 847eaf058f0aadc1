import type { Read } from '@customer360/kit/freshness';
import { z } from 'zod';

/** The envelope of a query answer. The link is followed with our token, so it must stay inside the org. */
export const pageSchema = z.object({
  totalSize: z.number().int().min(0),
  done: z.boolean(),
  nextRecordsUrl: z
    .string()
    .regex(/^\/services\/data\/v[\d.]+\/query\/[\w-]+$/)
    .nullish(),
  records: z.array(z.unknown()),
});
export type Page = z.output<typeof pageSchema>;

const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is not a date');

const named = z.object({ Name: z.string().nullish() }).nullish();

export const accountSchema = z.object({
  Id: z.string(),
  Name: z.string(),
  Industry: z.string().nullish(),
  NumberOfEmployees: z.number().nullish(),
  AnnualRevenue: z.number().nullish(),
  Website: z.string().nullish(),
  OwnerId: z.string().nullish(),
  Owner: named,
});

export const opportunitySchema = z.object({
  Id: z.string(),
  Name: z.string(),
  AccountId: z.string().nullish(),
  Account: named,
  StageName: z.string(),
  Amount: z.number().nullish(),
  Probability: z.number().nullish(),
  CloseDate: z.iso.date(),
  IsClosed: z.boolean(),
  Owner: named,
});

export const caseSchema = z.object({
  Id: z.string(),
  CaseNumber: z.string(),
  AccountId: z.string().nullish(),
  Account: named,
  Subject: z.string().nullish(),
  Status: z.string(),
  Priority: z.string().nullish(),
  CreatedDate: instant,
  LastModifiedDate: instant,
});

/** Children of an account come in an envelope of their own, or as null when there are none: never not at all. */
export const accountOpportunitiesSchema = z.object({ Id: z.string(), Opportunities: pageSchema.nullable() });
export const accountCasesSchema = z.object({ Id: z.string(), Cases: pageSchema.nullable() });

/** A sum is null when nothing was summed. */
export const stageSchema = z.object({
  stage: z.string(),
  probability: z.number().nullable(),
  deals: z.number().int(),
  total: z.number().nullable(),
});
export const totalsSchema = z.object({ deals: z.number().int(), total: z.number().nullable() });

export type Account = z.output<typeof accountSchema>;
export type Opportunity = z.output<typeof opportunitySchema>;
export type Case = z.output<typeof caseSchema>;
export type StageRecord = z.output<typeof stageSchema>;

/** A record goes with how it was read. */
export interface WithRead {
  read: Read;
}

export type AccountRecord = Account & WithRead;
export type OpportunityRecord = Opportunity & WithRead;
export type CaseRecord = Case & WithRead;
