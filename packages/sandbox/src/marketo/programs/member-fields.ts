import type { DescribedField } from '../fields.ts';
import { describer, readOnly } from '../fields.ts';

const searchable = true;
const member = describer('m');

/** Nothing of a membership is written as a field: its status has a call of its own. */
export const memberFields: readonly DescribedField[] = [
  member('leadId', 'leadId', 'lead_id', { dataType: 'integer', searchable }),
  member('programId', 'programId', 'program_id', { dataType: 'integer' }),
  member('statusName', 'statusName', 'status', { searchable }),
  member('reachedSuccess', 'reachedSuccess', 'reached_success', { dataType: 'boolean', searchable }),
  member('reachedSuccessDate', 'reachedSuccessDate', 'reached_success_at', { dataType: 'datetime' }),
  member('acquiredBy', 'acquiredBy', 'acquired_by', { dataType: 'boolean' }),
  member('isExhausted', 'isExhausted', null, { dataType: 'boolean', sql: '0' }),
  member('membershipDate', 'membershipDate', 'joined_at', { dataType: 'datetime' }),
  member('createdAt', 'createdAt', 'joined_at', { dataType: 'datetime' }),
  member('updatedAt', 'updatedAt', 'updated_at', { dataType: 'datetime', searchable }),
].map(readOnly);
