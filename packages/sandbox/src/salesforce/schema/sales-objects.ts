import { fiscalSql } from '../../world/fiscal.ts';
import type { Definition } from './definition.ts';

export const salesObjects: Definition[] = [
  {
    name: 'Account',
    prefix: '001',
    table: 'sf_account',
    fields: `
      Name! string:255 $.name
      Type picklist:AccountType $.type
      ParentId reference:Account/ChildAccounts $.parent_id
      BillingStreet textarea:255 $.billing_street
      BillingCity string:40 $.billing_city
      BillingState string:80 $.billing_state
      BillingPostalCode string:20 $.billing_postal_code
      BillingCountry string:80 $.billing_country
      BillingAddress- address iif(coalesce($.billing_street, $.billing_city, $.billing_state, $.billing_postal_code, $.billing_country) IS NULL, NULL, json_object('city', $.billing_city, 'country', $.billing_country, 'geocodeAccuracy', NULL, 'latitude', NULL, 'longitude', NULL, 'postalCode', $.billing_postal_code, 'state', $.billing_state, 'street', $.billing_street))
      Phone phone $.phone
      AccountNumber string:40 $.account_number
      Website url $.website
      Industry picklist:Industry $.industry
      AnnualRevenue currency $.annual_revenue
      NumberOfEmployees int $.employees
      Description textarea:32000 $.description
      Rating picklist:Rating $.rating
      LastActivityDate- date (SELECT max(activity_date) FROM sf_task WHERE account_id = $.id AND is_closed = 1)`,
  },
  {
    name: 'Contact',
    prefix: '003',
    table: 'sf_contact',
    fields: `
      AccountId reference:Account/Contacts $.account_id
      LastName! string:80 $.last_name
      FirstName string:40 $.first_name
      Name- personname:121 trim(ifnull($.first_name, '') || ' ' || $.last_name)
      MailingCity string:40 $.mailing_city
      MailingCountry string:80 $.mailing_country
      Phone phone $.phone
      MobilePhone phone $.mobile_phone
      ReportsToId reference:Contact $.reports_to_id
      Email email $.email
      Title string:128 $.title
      Department string:80 $.department
      LeadSource picklist:LeadSource $.lead_source
      Description textarea:32000 $.description
      HasOptedOutOfEmail boolean $.has_opted_out`,
  },
  {
    name: 'Lead',
    prefix: '00Q',
    table: 'sf_lead',
    fields: `
      LastName! string:80 $.last_name
      FirstName string:40 $.first_name
      Name- personname:121 trim(ifnull($.first_name, '') || ' ' || $.last_name)
      Company! string:255 $.company
      Title string:128 $.title
      Street textarea:255 $.street
      City string:40 $.city
      State string:80 $.state
      PostalCode string:20 $.postal_code
      Country string:80 $.country
      Phone phone $.phone
      MobilePhone phone $.mobile_phone
      Email email $.email
      Website url $.website
      Description textarea:32000 $.description
      LeadSource picklist:LeadSource $.lead_source
      Status picklist!:LeadStatus $.status
      Industry picklist:Industry $.industry
      Rating picklist:Rating $.rating
      AnnualRevenue currency $.annual_revenue
      NumberOfEmployees int $.employees
      HasOptedOutOfEmail boolean $.has_opted_out
      IsConverted- boolean 0
      ConvertedDate- date NULL`,
  },
  {
    name: 'Opportunity',
    plural: 'Opportunities',
    prefix: '006',
    table: 'sf_opportunity',
    fields: `
      AccountId reference:Account/Opportunities $.account_id
      Name! string:120 $.name
      Description textarea:32000 $.description
      StageName! picklist!:Stage $.stage
      Amount currency $.amount
      Probability percent $.probability
      ExpectedRevenue- currency CAST(round($.amount * $.probability / 100.0) AS INTEGER)
      CloseDate! date $.close_date
      Type picklist:OpportunityType $.type
      NextStep string:255 $.next_step
      LeadSource picklist:LeadSource $.lead_source
      IsClosed- boolean $.is_closed
      IsWon- boolean $.is_won
      ForecastCategory- string:40 replace($.forecast_category, 'Best Case', 'BestCase')
      ForecastCategoryName picklist!:Forecast $.forecast_category
      CampaignId reference:Campaign/Opportunities $.campaign_id
      FiscalQuarter- int ${fiscalSql.quarter('$.close_date')}
      FiscalYear- int ${fiscalSql.year('$.close_date')}
      Fiscal- string:6 ${fiscalSql.year('$.close_date')} || ' ' || ${fiscalSql.quarter('$.close_date')}
      LastStageChangeDate- datetime $.last_stage_change_at`,
  },
  {
    name: 'OpportunityHistory',
    plural: 'Opportunity History',
    prefix: '008',
    table: 'sf_opportunity_history',
    readOnly: true,
    fields: `
      OpportunityId- reference:Opportunity/OpportunityHistories $.opportunity_id
      StageName- picklist:Stage $.stage
      Amount- currency $.amount
      Probability- percent $.probability
      ExpectedRevenue- currency CAST(round($.amount * $.probability / 100.0) AS INTEGER)
      CloseDate- date $.close_date
      ForecastCategory- string:40 $.forecast_category
      CreatedDate- datetime $.created_at
      CreatedById- reference:User $.created_by
      SystemModstamp- datetime $.created_at
      IsDeleted- boolean 0`,
  },
  {
    name: 'Campaign',
    prefix: '701',
    table: 'sf_campaign',
    fields: `
      Name! string:80 $.name
      Type picklist:CampaignType $.type
      Status picklist!:CampaignStatus $.status
      StartDate date $.start_date
      EndDate date $.end_date
      IsActive boolean $.is_active
      ExpectedRevenue currency $.expected_revenue
      BudgetedCost currency $.budgeted_cost
      ActualCost currency $.actual_cost
      Description textarea:32000 $.description
      NumberOfContacts- int (SELECT count(*) FROM sf_campaign_member WHERE campaign_id = $.id)
      NumberOfLeads- int 0
      NumberOfResponses- int (SELECT count(*) FROM sf_campaign_member WHERE campaign_id = $.id AND has_responded = 1)
      NumberOfOpportunities- int (SELECT count(*) FROM sf_opportunity WHERE campaign_id = $.id)`,
  },
  {
    name: 'CampaignMember',
    prefix: '00v',
    table: 'sf_campaign_member',
    ownerless: true,
    fields: `
      CampaignId!+ reference:Campaign/CampaignMembers $.campaign_id
      ContactId!+ reference:Contact/CampaignMembers $.contact_id
      Status picklist!:MemberStatus $.status
      HasResponded- boolean $.has_responded
      FirstRespondedDate- date $.first_responded_on
      Name- string:121 (SELECT trim(ifnull(first_name, '') || ' ' || last_name) FROM sf_contact WHERE id = $.contact_id)`,
  },
];
