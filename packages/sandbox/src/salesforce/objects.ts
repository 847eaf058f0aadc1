/** How a value is stored, compared and printed. Currency is stored in cents. */
export type Kind = 'id' | 'string' | 'int' | 'currency' | 'percent' | 'boolean' | 'date' | 'datetime';

export interface Field {
  name: string;
  kind: Kind;
  /** An SQL expression; `$` stands for the alias of the object's table. */
  sql: string;
}

export interface Parent {
  name: string;
  object: string;
  column: string;
}

export interface Child {
  name: string;
  object: string;
  column: string;
}

export interface SObject {
  name: string;
  prefix: string;
  /** A table, or a select in brackets. */
  from: string;
  fields: ReadonlyMap<string, Field>;
  parents: ReadonlyMap<string, Parent>;
  children: ReadonlyMap<string, Child>;
}

export const organizationId = '00DHs0000000001MAA';

const byName = <Item extends { name: string }>(items: Item[]) =>
  new Map(items.map((item) => [item.name.toLowerCase(), item]));

function fields(spec: string): Field[] {
  return spec
    .trim()
    .split('\n')
    .map((line) => {
      const [name, kind, ...sql] = line.trim().split(/\s+/) as [string, Kind, ...string[]];
      return { name, kind, sql: sql.join(' ') };
    });
}

const audit = fields(`
  IsDeleted boolean 0
  OwnerId id $.owner_id
  CreatedDate datetime $.created_at
  LastModifiedDate datetime $.modified_at
  SystemModstamp datetime $.modified_at`);

const owner: Parent = { name: 'Owner', object: 'User', column: 'owner_id' };
const account: Parent = { name: 'Account', object: 'Account', column: 'account_id' };

function object(
  name: string,
  prefix: string,
  from: string,
  own: string,
  links: { parents?: Parent[]; children?: Child[]; audited?: boolean } = {},
): SObject {
  const { parents = [], children = [], audited = true } = links;
  return {
    name,
    prefix,
    from,
    fields: byName([...fields(`Id id $.id\n${own.trim()}`), ...(audited ? audit : [])]),
    parents: byName(parents),
    children: byName(children),
  };
}

const objects = byName([
  object(
    'Account',
    '001',
    'sf_account',
    `Name string $.name
    Type string $.type
    Industry string $.industry
    NumberOfEmployees int $.employees
    AnnualRevenue currency $.annual_revenue
    Website string $.website
    Phone string $.phone
    BillingCity string $.billing_city
    BillingCountry string $.billing_country`,
    {
      parents: [owner],
      children: [
        { name: 'Contacts', object: 'Contact', column: 'account_id' },
        { name: 'Opportunities', object: 'Opportunity', column: 'account_id' },
        { name: 'Cases', object: 'Case', column: 'account_id' },
      ],
    },
  ),
  object(
    'Contact',
    '003',
    'sf_contact',
    `FirstName string $.first_name
    LastName string $.last_name
    Name string trim(ifnull($.first_name, '') || ' ' || $.last_name)
    Email string $.email
    Title string $.title
    Phone string $.phone
    AccountId id $.account_id`,
    { parents: [owner, account], children: [{ name: 'Cases', object: 'Case', column: 'contact_id' }] },
  ),
  object(
    'Opportunity',
    '006',
    'sf_opportunity',
    `Name string $.name
    AccountId id $.account_id
    StageName string $.stage
    Amount currency $.amount
    Probability percent $.probability
    ExpectedRevenue currency CAST(round($.amount * $.probability / 100.0) AS INTEGER)
    CloseDate date $.close_date
    IsClosed boolean $.is_closed
    IsWon boolean $.is_won
    ForecastCategory string $.forecast_category
    ForecastCategoryName string $.forecast_category
    Type string $.type
    LeadSource string $.lead_source
    CampaignId id $.campaign_id
    FiscalYear int CAST(substr($.close_date, 1, 4) AS INTEGER)
    FiscalQuarter int (CAST(substr($.close_date, 6, 2) AS INTEGER) + 2) / 3`,
    { parents: [owner, account, { name: 'Campaign', object: 'Campaign', column: 'campaign_id' }] },
  ),
  object(
    'Case',
    '500',
    'sf_case',
    `CaseNumber string $.case_number
    AccountId id $.account_id
    ContactId id $.contact_id
    Subject string $.subject
    Status string $.status
    Priority string $.priority
    Origin string $.origin
    IsClosed boolean $.is_closed
    ClosedDate datetime $.closed_at
    IsEscalated boolean $.status = 'Escalated'`,
    { parents: [owner, account, { name: 'Contact', object: 'Contact', column: 'contact_id' }] },
  ),
  object(
    'Campaign',
    '701',
    'sf_campaign',
    `Name string $.name
    Type string $.type
    Status string $.status
    StartDate date $.start_date
    EndDate date $.end_date
    IsActive boolean $.is_active
    BudgetedCost currency $.budgeted_cost
    ActualCost currency $.actual_cost`,
    { parents: [owner], children: [{ name: 'Opportunities', object: 'Opportunity', column: 'campaign_id' }] },
  ),
  object(
    'User',
    '005',
    'sf_user',
    `Username string $.username
    Name string $.name
    Email string $.email
    IsActive boolean 1`,
    { audited: false },
  ),
  object(
    'Organization',
    '00D',
    `(SELECT '${organizationId}' AS id, 'Customer360 Sandbox' AS name)`,
    `Name string $.name
    OrganizationType string 'Developer Edition'
    InstanceName string 'LOCAL'
    IsSandbox boolean 1
    TrialExpirationDate datetime NULL
    NamespacePrefix string NULL`,
    { audited: false },
  ),
]);

/** Names are case-insensitive. */
export const findObject = (name: string): SObject | undefined => objects.get(name.toLowerCase());

export const allObjects = (): SObject[] => [...objects.values()];
