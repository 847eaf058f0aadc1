import { Refusal } from '../answers.ts';
import { knownLead } from '../leads/change.ts';
import type { Desk } from '../routes.ts';
import type { Value } from '../rows.ts';

type Row = Record<string, unknown>;

/** What one kind of record means to the rest of the instance. */
export interface Hooks {
  /** Columns of a new record that a caller may leave out. */
  blank: Record<string, Value>;
  /** @throws Refusal when the written columns point at nothing. */
  check(desk: Desk, columns: Row): void;
  created(desk: Desk, row: Row): void;
  updated(desk: Desk, row: Row, columns: string[]): void;
  /** @throws Refusal when the record is in use. */
  beforeRemove(desk: Desk, row: Row): void;
}

const nothing = () => {};

export const companyHooks: Hooks = {
  blank: {},
  check: nothing,
  created: nothing,
  updated: nothing,
  beforeRemove({ reader }, row) {
    const used = reader.all('SELECT 1 FROM mk_lead WHERE external_company_id = ? LIMIT 1', String(row.external_id));
    if (used.length > 0) throw new Refusal('1022', 'Object in use');
  },
};

export const opportunityHooks: Hooks = {
  blank: { stage: '', is_closed: 0, is_won: 0 },
  check({ reader }, { external_company_id: company }) {
    if (company == null) return;
    const known = reader.all('SELECT 1 FROM mk_company WHERE external_id = ?', String(company));
    if (known.length === 0) throw new Refusal('1013', `Company '${company}' not found`);
  },
  created: nothing,
  updated({ reader, activities }, row, columns) {
    const people = reader.all(
      'SELECT DISTINCT lead_id FROM mk_role WHERE external_opportunity_id = ?',
      String(row.external_id),
    );
    for (const { lead_id } of people) {
      const attributes = { 'Data Value Changes': columns.join() };
      const entry = {
        leadId: Number(lead_id),
        typeId: 36,
        primary: [null, String(row.external_id)] as const,
        attributes,
      };
      activities.write(entry, 'syncOpportunities');
    }
  },
  beforeRemove({ reader }, row) {
    reader.run('DELETE FROM mk_role WHERE external_opportunity_id = ?', String(row.external_id));
  },
};

export const roleHooks: Hooks = {
  blank: { is_primary: 0 },
  check({ reader }, { external_opportunity_id: opportunity, lead_id: lead }) {
    // A record found by Marketo's own key names neither.
    if (opportunity == null) return;
    const known = reader.all('SELECT 1 FROM mk_opportunity WHERE external_id = ?', String(opportunity));
    if (known.length === 0) throw new Refusal('1013', `Opportunity '${opportunity}' not found`);
    knownLead(reader, Number(lead));
  },
  created(desk, row) {
    const attributes = { Role: row.role, 'Is Primary': row.is_primary === 1 };
    log(desk, 34, row, attributes);
  },
  updated: nothing,
  beforeRemove: (desk, row) => log(desk, 35, row, { Role: row.role }),
};

function log({ activities }: Desk, typeId: number, row: Row, attributes: Row) {
  const primary = [null, String(row.external_opportunity_id)] as const;
  activities.write({ leadId: Number(row.lead_id), typeId, primary, attributes }, 'syncOpportunityRoles');
}
