import { z } from 'zod';

const id = z.number().int();
const fields = z.record(z.string(), z.unknown()).default({});
const kind = z.enum(['lead', 'opportunity', 'role', 'program', 'member']);
/** An opportunity has the id that its CRM gave it; roles and memberships go by what they tie, among the fields. */
const anyId = z.union([z.string(), id]).optional();

/**
 * What `POST /_control/change` takes: what somebody in the instance did; `FAIL` ends a bulk export without its file,
 * `FORGET` makes page tokens stale.
 */
export const changeSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('CREATE'), object: kind, id: anyId, fields }),
  z.strictObject({ type: z.literal('UPDATE'), object: kind, id: anyId, fields }),
  z.strictObject({ type: z.literal('DELETE'), object: kind, id: anyId, fields }),
  z.strictObject({ type: z.literal('MEMBER'), programId: id, leadId: id, status: z.string() }),
  z.strictObject({
    type: z.literal('ACTIVITY'),
    leadId: id,
    activityTypeId: id,
    primaryAttributeValueId: id.optional(),
    primaryAttributeValue: z.string().optional(),
    campaignId: id.optional(),
    attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
    /** What a form asked for. */
    fields,
  }),
  z.strictObject({ type: z.literal('RUN'), campaignId: id, leadIds: z.array(id).min(1) }),
  z.strictObject({ type: z.literal('FAIL'), exportId: z.string() }),
  z.strictObject({ type: z.literal('FORGET') }),
]);

export type Change = z.output<typeof changeSchema>;
export type RecordChange = Extract<Change, { type: 'CREATE' | 'UPDATE' | 'DELETE' }>;
export type ActivityChange = Extract<Change, { type: 'ACTIVITY' }>;
