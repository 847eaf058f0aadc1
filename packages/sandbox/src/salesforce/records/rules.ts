import { SalesforceError } from '../errors.ts';
import { stages } from '../schema/picklists.ts';
import { parseSoql } from '../soql/parse.ts';
import type { Columns } from './input.ts';

interface Writing {
  /** What the client sets. */
  input: Columns;
  /** What it sets without there being a column for it, by field. */
  computed: Columns;
  /** The row as it was; none at creation. */
  before: Columns | undefined;
  now: string;
  /** A column of another row. */
  look(table: string, column: string, id: string): string | null;
}

/** What the org itself sets when a record of an object is written. */
type Rule = (writing: Writing) => Columns;

const required = (...names: string[]) =>
  new SalesforceError(400, 'REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);

const opportunity: Rule = ({ input, before, now }) => {
  const stage = stages.find(({ name }) => name === (input.stage ?? before?.stage));
  if (!stage) return {};
  const changed = !before || (input.stage !== undefined && input.stage !== before.stage);
  const emptied = (column: string) => input[column] === null;
  return {
    is_closed: stage.forecast === 'Pipeline' ? 0 : 1,
    is_won: stage.forecast === 'Closed' ? 1 : 0,
    ...(changed && { last_stage_change_at: now }),
    ...((changed || emptied('probability')) && { probability: input.probability ?? stage.probability }),
    ...((changed || emptied('forecast_category')) && { forecast_category: input.forecast_category ?? stage.forecast }),
  };
};

const closing =
  (closedStatus: string, column: string): Rule =>
  ({ input, before, now }) => {
    const status = input.status ?? before?.status;
    const closed = status === closedStatus;
    return { is_closed: closed ? 1 : 0, [column]: closed ? (before?.[column] ?? now) : null };
  };

/** The account behind what an activity is about, or else behind whom it is with. */
const accountOf: Rule = ({ input, before, look }) => {
  const what = String(input.what_id ?? (input.what_id === undefined ? before?.what_id : null) ?? '');
  const who = String(input.who_id ?? (input.who_id === undefined ? before?.who_id : null) ?? '');
  const tables: Record<string, string> = { '006': 'sf_opportunity', '500': 'sf_case' };
  const table = tables[what.slice(0, 3)];
  const account = what.startsWith('001') ? what : table ? look(table, 'account_id', what) : null;
  return { account_id: account ?? (who === '' ? null : look('sf_contact', 'account_id', who)) };
};

const task: Rule = (writing) => ({
  ...accountOf(writing),
  ...closing('Completed', 'completed_at')(writing),
  ...(!writing.before && { subtype: writing.input.subtype ?? 'Task' }),
});

const event: Rule = (writing) => {
  const { input, computed, before } = writing;
  const start = input.start_at === undefined ? before?.start_at : input.start_at;
  const minutes = computed.DurationInMinutes;
  const lasting = input.end_at === undefined && typeof minutes === 'number' && start;
  const end = lasting ? later(String(start), minutes) : input.end_at === undefined ? before?.end_at : input.end_at;
  if (!start) throw required('StartDateTime');
  if (!end) throw required('EndDateTime');
  if (String(end) < String(start)) {
    throw new SalesforceError(400, 'FIELD_INTEGRITY_EXCEPTION', 'Due Date: End Date must be after Start Date', [
      'EndDateTime',
    ]);
  }
  return { ...accountOf(writing), end_at: end };
};

const later = (start: string, minutes: number) =>
  new Date(Date.parse(start) + minutes * 60_000).toISOString().replace('.000Z', 'Z');

const ticket: Rule = (writing) => {
  const { input, before, look } = writing;
  const contact = input.contact_id;
  const account = input.account_id === undefined ? before?.account_id : input.account_id;
  return {
    ...closing('Closed', 'closed_at')(writing),
    ...(!account && typeof contact === 'string' && { account_id: look('sf_contact', 'account_id', contact) }),
  };
};

const member: Rule = ({ input, before, now }) => {
  const responded = (input.status ?? before?.status) === 'Responded';
  return {
    has_responded: responded ? 1 : 0,
    first_responded_on: responded ? (before?.first_responded_on ?? now.slice(0, 10)) : null,
  };
};

/** A topic whose query cannot be read is refused before anybody listens to it. */
const pushTopic: Rule = ({ input }) => {
  if (typeof input.query === 'string') parseSoql(input.query);
  return {};
};

const streamingChannel: Rule = ({ input }) => {
  if (typeof input.name !== 'string' || /^\/u\/[\w/]+$/.test(input.name)) return {};
  throw new SalesforceError(400, 'FIELD_INTEGRITY_EXCEPTION', 'Streaming Channel Name must start with /u/', ['Name']);
};

const rules: Record<string, Rule> = {
  Opportunity: opportunity,
  Task: task,
  Event: event,
  Case: ticket,
  CampaignMember: member,
  PushTopic: pushTopic,
  StreamingChannel: streamingChannel,
};

export const applyRules = (object: string, writing: Writing): Columns => rules[object]?.(writing) ?? {};
