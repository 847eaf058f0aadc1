import { fiscalStartMonth } from '../../world/fiscal.ts';
import { organizationId, userId } from '../org.ts';
import type { Definition } from './definition.ts';

export const workObjects: Definition[] = [
  {
    name: 'Case',
    prefix: '500',
    table: 'sf_case',
    fields: `
      CaseNumber- string:30 $.case_number
      ContactId reference:Contact/Cases $.contact_id
      AccountId reference:Account/Cases $.account_id
      ParentId reference:Case/Cases $.parent_id
      SuppliedName string:80 $.supplied_name
      SuppliedEmail email $.supplied_email
      Type picklist:CaseType $.type
      Status picklist!:CaseStatus $.status
      Reason picklist:CaseReason $.reason
      Origin picklist:CaseOrigin $.origin
      Subject string:255 $.subject
      Priority picklist:CasePriority $.priority
      Description textarea:32000 $.description
      IsClosed- boolean $.is_closed
      ClosedDate- datetime $.closed_at
      IsEscalated boolean $.is_escalated`,
  },
  {
    name: 'Task',
    prefix: '00T',
    table: 'sf_task',
    fields: `
      WhoId reference:Contact/Tasks,Lead/Tasks $.who_id
      WhatId reference:Account,Opportunity/Tasks,Case/Tasks,Campaign/Tasks $.what_id
      Subject combobox:TaskSubject $.subject
      ActivityDate date $.activity_date
      Status picklist!:TaskStatus $.status
      Priority picklist!:TaskPriority $.priority
      IsHighPriority- boolean $.priority = 'High'
      Description textarea:32000 $.description
      AccountId- reference:Account/Tasks $.account_id
      IsClosed- boolean $.is_closed
      TaskSubtype+ picklist!:TaskSubtype $.subtype
      CallType picklist:CallType $.call_type
      CompletedDateTime- datetime $.completed_at`,
  },
  {
    name: 'Event',
    prefix: '00U',
    table: 'sf_event',
    fields: `
      WhoId reference:Contact/Events,Lead/Events $.who_id
      WhatId reference:Account,Opportunity/Events,Case/Events,Campaign/Events $.what_id
      Subject combobox:EventSubject $.subject
      Location string:255 $.location
      IsAllDayEvent boolean $.is_all_day
      StartDateTime datetime $.start_at
      EndDateTime datetime $.end_at
      ActivityDateTime- datetime $.start_at
      ActivityDate- date substr(iif($.is_all_day, $.start_at, sf_local($.start_at)), 1, 10)
      DurationInMinutes* int (unixepoch($.end_at) - unixepoch($.start_at)) / 60
      Description textarea:32000 $.description
      AccountId- reference:Account/Events $.account_id`,
  },
  {
    name: 'PushTopic',
    prefix: '0IF',
    table: 'sf_push_topic',
    ownerless: true,
    quiet: true,
    fields: `
      Name! string:25 $.name
      Query! textarea:1300 $.query
      ApiVersion! int $.api_version
      Description textarea:400 $.description
      IsActive boolean $.is_active
      NotifyForFields picklist!:NotifyFields $.notify_fields
      NotifyForOperationCreate boolean $.notify_create
      NotifyForOperationUpdate boolean $.notify_update
      NotifyForOperationDelete boolean $.notify_delete
      NotifyForOperationUndelete boolean $.notify_undelete`,
  },
  {
    name: 'StreamingChannel',
    prefix: '0M6',
    table: 'sf_streaming_channel',
    ownerless: true,
    quiet: true,
    fields: `
      Name! string:80 $.name
      Description textarea:255 $.description
      IsDynamic- boolean 0`,
  },
  {
    name: 'User',
    prefix: '005',
    table: 'sf_user',
    bare: true,
    readOnly: true,
    fields: `
      Username- string:80 $.username
      Name- string:121 $.name
      FirstName- string:40 iif(instr($.name, ' ') > 0, substr($.name, 1, instr($.name, ' ') - 1), NULL)
      LastName- string:80 substr($.name, instr($.name, ' ') + 1)
      Email- email $.email
      IsActive- boolean 1
      UserType- picklist:UserType 'Standard'
      TimeZoneSidKey- string:40 sf_zone_of($.id)
      LocaleSidKey- string:40 'en_US'
      LanguageLocaleKey- string:40 'en_US'
      EmailEncodingKey- string:40 'UTF-8'`,
  },
  {
    name: 'Organization',
    prefix: '00D',
    from: `(SELECT '${organizationId}' AS id, 'Customer360 Sandbox' AS name)`,
    bare: true,
    readOnly: true,
    fields: `
      Name- string:80 $.name
      OrganizationType- string:40 'Unlimited Edition'
      InstanceName- string:5 'LOCAL'
      IsSandbox- boolean 1
      TimeZoneSidKey- string:40 sf_zone_of('${userId}')
      LanguageLocaleKey- string:40 'en_US'
      DefaultLocaleSidKey- string:40 'en_US'
      FiscalYearStartMonth- int ${fiscalStartMonth}
      UsesStartDateAsFiscalYearName- boolean 0
      TrialExpirationDate- datetime NULL
      NamespacePrefix- string:15 NULL`,
  },
];
