import type { Channel } from '../../src/world/programs.ts';
import { channels } from '../../src/world/programs.ts';
import type { MarketoBody } from '../marketo-support.ts';
import { rows } from '../marketo-support.ts';

/** The documentation answers a member who was not one before with `created`. */
const memberCreated = ['ProgramMemberStatusResponse.status'];
/** The documentation answers a requested or scheduled campaign with its id alone. */
const campaignIdOnly = ['Campaign.createdAt?', 'Campaign.updatedAt?', 'Campaign.name?', 'Campaign.type?'];

const [lead] = rows(
  'SELECT id, email, sf_account_id account FROM mk_lead WHERE id IN (SELECT lead_id FROM mk_role) LIMIT 1',
);
const [email] = rows('SELECT id FROM mk_email LIMIT 1');
const [member] = rows('SELECT program_id program, lead_id lead FROM mk_member LIMIT 1');
const [program] = rows('SELECT id, name, channel FROM mk_program WHERE id = ?', Number(member?.program));
const { success } = channels[String(program?.channel) as Channel];

/** What one step found out for those after it. */
export type Known = Record<string, unknown>;
export interface Step {
  file: 'mapi' | 'asset';
  method: string;
  path: string;
  parameters?: (known: Known) => object;
  /** Minutes that pass before the step. */
  after?: number;
  learn?: (body: MarketoBody) => Known;
  /** Exceptions of this step alone. */
  except?: readonly string[];
}

const mapi = (
  method: string,
  path: string,
  parameters: Step['parameters'] = () => ({}),
  more: Partial<Step> = {},
): Step => ({
  file: 'mapi',
  method,
  path,
  parameters,
  ...more,
});
const asset = (
  method: string,
  path: string,
  parameters: Step['parameters'] = () => ({}),
  more: Partial<Step> = {},
): Step => ({
  ...mapi(method, `/rest/asset/v1/${path}`, parameters, more),
  file: 'asset',
});

const company = { externalCompanyId: 'SWAGGER-1', company: 'Swagger Ltd' };
const opportunity = { externalOpportunityId: 'SWAGGER-OPP-1', name: 'A deal', amount: '1604.47', stage: 'Prospecting' };
const idOf = (body: MarketoBody) => Number(body.result?.[0]?.id);
const exportRange = { createdAt: { startAt: '2026-10-20T00:00:00Z', endAt: '2026-11-20T00:00:00Z' } };

const exportSteps = (kind: string, request: string, body: object): Step[] => [
  mapi('post', `/bulk/v1/${kind}/export/create.json`, () => ({ [request]: body }), {
    learn: ({ result }) => ({ exportId: result?.[0]?.exportId }),
  }),
  mapi('post', `/bulk/v1/${kind}/export/{exportId}/enqueue.json`, ({ exportId }) => ({ exportId })),
  mapi('get', `/bulk/v1/${kind}/export/{exportId}/status.json`, ({ exportId }) => ({ exportId }), { after: 2 }),
  mapi('get', `/bulk/v1/${kind}/export.json`, () => ({ status: ['Completed'] })),
];

/** The calls, in an order in which each finds what it needs. */
export const steps: Step[] = [
  mapi('get', '/rest/v1/leads.json', () => ({ filterType: 'sfdcAccountId', filterValues: [lead?.account] })),
  mapi('get', '/rest/v1/lead/{leadId}.json', () => ({ leadId: lead?.id, fields: ['email', 'leadScore'] })),
  mapi('get', '/rest/v1/leads/programs/{programId}.json', () => ({ programId: program?.id })),
  mapi('get', '/rest/v1/leads/describe.json'),
  mapi('get', '/rest/v1/leads/describe2.json'),
  mapi('get', '/rest/v1/leads/partitions.json'),
  mapi('get', '/rest/v1/leads/schema/fields.json'),
  mapi('get', '/rest/v1/leads/schema/fields/{fieldApiName}.json', () => ({ fieldApiName: 'leadScore' })),
  mapi('get', '/rest/v1/activities/pagingtoken.json', () => ({ sinceDatetime: '2026-11-01T00:00:00Z' }), {
    learn: ({ nextPageToken }) => ({ since: nextPageToken }),
  }),
  mapi(
    'post',
    '/rest/v1/leads.json',
    () => ({
      syncLeadRequest: {
        action: 'createOrUpdate',
        input: [{ email: 'swagger@example.com', leadScore: 1 }, { email: 'other@example.com' }],
      },
    }),
    { learn: (body) => ({ created: idOf(body), other: body.result?.[1]?.id }) },
  ),
  mapi('post', '/rest/v1/leads.json', ({ created }) => ({
    syncLeadRequest: { action: 'updateOnly', lookupField: 'id', input: [{ id: created, leadScore: 5 }, { id: 1 }] },
  })),
  mapi('post', '/rest/v1/leads/push.json', () => ({
    pushLeadToMarketoRequest: { programName: program?.name, input: [{ email: 'pushed@example.com' }] },
  })),
  mapi('get', '/rest/v1/lists.json'),
  mapi('get', '/rest/v1/lists/{listId}.json', () => ({ listId: 1001 })),
  mapi('get', '/rest/v1/lists/{listId}/leads.json', () => ({ listId: 1001 })),
  mapi('get', '/rest/v1/list/{listId}/leads.json', () => ({ listId: 1001 })),
  mapi('post', '/rest/v1/lists/{listId}/leads.json', ({ created }) => ({ listId: 1002, id: [created, 1] })),
  mapi('get', '/rest/v1/lists/{listId}/leads/ismember.json', ({ created }) => ({ listId: 1002, id: [created] })),
  mapi('get', '/rest/v1/leads/{leadId}/listMembership.json', ({ created }) => ({ leadId: created })),
  mapi('delete', '/rest/v1/lists/{listId}/leads.json', ({ created }) => ({
    listId: 1002,
    id: [created],
    listOperationRequest: { input: [{ id: created }] },
  })),
  mapi('get', '/rest/v1/activities/types.json'),
  mapi('get', '/rest/v1/activities.json', ({ since }) => ({
    nextPageToken: since,
    activityTypeIds: [12, 24, 25, 104],
  })),
  mapi('get', '/rest/v1/activities/leadchanges.json', ({ since }) => ({ nextPageToken: since, fields: ['leadScore'] })),
  mapi('get', '/rest/v1/companies/describe.json'),
  mapi('post', '/rest/v1/companies.json', () => ({ syncCompanyRequest: { input: [company] } })),
  mapi('get', '/rest/v1/companies.json', () => ({ filterType: 'externalCompanyId', filterValues: ['SWAGGER-1'] })),
  mapi('get', '/rest/v1/opportunities/describe.json'),
  mapi('post', '/rest/v1/opportunities.json', () => ({
    syncCustomObjectRequest: { input: [{ ...opportunity, externalCompanyId: 'SWAGGER-1' }] },
  })),
  mapi('get', '/rest/v1/opportunities.json', () => ({
    filterType: 'externalOpportunityId',
    filterValues: ['SWAGGER-OPP-1'],
  })),
  mapi('get', '/rest/v1/opportunities/roles/describe.json'),
  mapi('post', '/rest/v1/opportunities/roles.json', ({ created }) => ({
    syncCustomObjectRequest: {
      input: [{ externalOpportunityId: 'SWAGGER-OPP-1', leadId: created, role: 'Buyer', isPrimary: true }],
    },
  })),
  mapi('get', '/rest/v1/opportunities/roles.json', ({ created }) => ({
    filterType: 'leadId',
    filterValues: [created],
  })),
  mapi('post', '/rest/v1/opportunities/roles/delete.json', ({ created }) => ({
    deleteCustomObjectRequest: { input: [{ externalOpportunityId: 'SWAGGER-OPP-1', leadId: created, role: 'Buyer' }] },
  })),
  mapi('post', '/rest/v1/opportunities/delete.json', () => ({
    deleteCustomObjectRequest: { input: [{ externalOpportunityId: 'SWAGGER-OPP-1' }] },
  })),
  mapi('post', '/rest/v1/companies/delete.json', () => ({
    deleteCompanyRequest: { input: [{ externalCompanyId: 'SWAGGER-1' }] },
  })),
  mapi('get', '/rest/v1/programs/members/describe.json'),
  mapi('get', '/rest/v1/programs/{programId}/members.json', () => ({
    programId: program?.id,
    filterType: 'reachedSuccess',
    filterValues: ['true', 'false'],
  })),
  mapi(
    'post',
    '/rest/v1/programs/{programId}/members/status.json',
    ({ created }) => ({
      programId: program?.id,
      syncProgramMemberStatusRequest: { statusName: success, input: [{ leadId: created }] },
    }),
    { except: memberCreated },
  ),
  mapi('get', '/rest/v1/leads/{leadId}/programMembership.json', () => ({ leadId: member?.lead })),
  mapi('post', '/rest/v1/programs/{programId}/members/delete.json', ({ created }) => ({
    programId: program?.id,
    deleteProgramMemberRequest: { input: [{ leadId: created }] },
  })),
  mapi('get', '/rest/v1/campaigns.json'),
  mapi('get', '/rest/v1/campaigns/{campaignId}.json', () => ({ campaignId: 3001 })),
  mapi(
    'post',
    '/rest/v1/campaigns/{campaignId}/trigger.json',
    ({ created }) => ({
      campaignId: 3001,
      triggerCampaignRequest: { input: { leads: [{ id: created }], tokens: [] } },
    }),
    { except: campaignIdOnly },
  ),
  mapi('post', '/rest/v1/campaigns/{campaignId}/schedule.json', () => ({ campaignId: 3002 }), {
    except: campaignIdOnly,
  }),
  mapi('post', '/rest/v1/leads/{leadId}/associate.json', ({ created }) => ({
    leadId: created,
    cookie: 'token:_mch-x-1',
  })),
  mapi('post', '/rest/v1/leads/{leadId}/merge.json', ({ created, other }) => ({
    'path.leadId': created,
    leadIds: [other],
  })),
  mapi('post', '/rest/v1/leads/delete.json', ({ created }) => ({ id: [created, 1] })),
  mapi('get', '/rest/v1/activities/deletedleads.json', ({ since }) => ({ nextPageToken: since })),
  ...exportSteps('leads', 'exportLeadRequest', { fields: ['id', 'email'], filter: exportRange }),
  ...exportSteps('activities', 'exportActivityRequest', { fields: ['leadId', 'attributes'], filter: exportRange }),
  ...exportSteps('program/members', 'exportProgramMemberRequest', {
    fields: ['leadId', 'statusName'],
    filter: { programId: program?.id },
  }),
  mapi('get', '/rest/v1/stats/usage.json'),
  mapi('get', '/rest/v1/stats/usage/last7days.json'),
  mapi('get', '/rest/v1/stats/errors.json'),
  mapi('get', '/rest/v1/stats/errors/last7days.json'),
  asset('get', 'programs.json', () => ({ maxReturn: 200 })),
  asset('get', 'program/{id}.json', () => ({ id: program?.id })),
  asset('get', 'program/byName.json', () => ({ name: program?.name, includeTags: true, includeCosts: true })),
  asset('get', 'program/byTag.json', () => ({ tagType: 'Region', tagValue: 'EMEA' })),
  asset('get', 'channels.json'),
  asset('get', 'channel/byName.json', () => ({ Name: 'Webinar' })),
  asset('get', 'tagTypes.json'),
  asset('get', 'tagType/byName.json', () => ({ name: 'Region' })),
  asset('get', 'emails.json'),
  asset('get', 'email/{id}.json', () => ({ id: email?.id })),
  asset('get', 'email/{id}/content.json', () => ({ id: email?.id })),
  asset('get', 'landingPages.json'),
  asset('get', 'staticLists.json'),
  asset('get', 'staticList/{id}.json', () => ({ id: 1001 })),
  asset('get', 'staticList/byName.json', () => ({ name: 'Event guests' })),
  asset(
    'post',
    'staticLists.json',
    () => ({ createStaticListRequest: { name: 'Swagger list', folder: { id: 38, type: 'Folder' } } }),
    { learn: (body) => ({ list: idOf(body) }) },
  ),
  asset('post', 'staticList/{id}/delete.json', ({ list }) => ({ id: list })),
  asset(
    'post',
    'folders.json',
    () => ({ createFolderRequest: { name: 'Swagger folder', parent: { id: 38, type: 'Folder' } } }),
    { learn: (body) => ({ folder: idOf(body) }) },
  ),
  asset('get', 'folders.json'),
  asset('get', 'folder/byName.json', () => ({ name: 'Swagger folder' })),
  asset('get', 'folder/{id}.json', ({ folder }) => ({ id: folder, type: 'Folder' })),
  asset('get', 'folder/{id}/content.json', () => ({ id: 38, type: 'Folder' })),
  asset('post', 'folder/{id}.json', ({ folder }) => ({
    id: folder,
    type: 'Folder',
    updateFolderRequest: { description: 'changed', type: 'Folder' },
  })),
  asset('post', 'folder/{id}/delete.json', ({ folder }) => ({
    id: folder,
    deleteFolderRequest: { type: 'Folder' },
  })),
  asset('get', 'smartLists.json'),
  asset('get', 'smartList/{id}.json', () => ({ id: 2001 })),
  asset('get', 'smartList/byName.json', () => ({ name: 'All people' })),
  asset('get', 'smartCampaigns.json'),
  asset('get', 'smartCampaign/{id}.json', () => ({ id: 3001 })),
  asset('get', 'smartCampaign/byName.json', () => ({ name: 'Monthly newsletter' })),
  asset('post', 'smartCampaign/{id}/activate.json', () => ({ id: 3003 })),
  asset('post', 'smartCampaign/{id}/deactivate.json', () => ({ id: 3003 })),
  asset(
    'post',
    'programs.json',
    () => ({
      createProgramRequest: {
        name: 'Swagger made',
        folder: { id: 38, type: 'Folder' },
        type: 'Default',
        channel: 'Content',
      },
    }),
    { learn: (body) => ({ made: idOf(body) }) },
  ),
  asset('post', 'program/{id}.json', ({ made }) => ({ id: made, updateProgramRequest: { description: 'changed' } })),
  asset(
    'post',
    'program/{id}/clone.json',
    ({ made }) => ({
      id: made,
      cloneProgramRequest: { name: 'Swagger copied', folder: { id: 38, type: 'Folder' } },
    }),
    { learn: (body) => ({ copied: idOf(body) }) },
  ),
  asset('post', 'program/{id}/delete.json', ({ copied }) => ({ id: copied })),
];
