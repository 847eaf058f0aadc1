import { subgraphCodegen } from '@customer360/dev/codegen';

export default subgraphCodegen({
  mappers: {
    CustomerProfile: '../parents.ts#Profile',
    Account: '../records.ts#AccountRecord',
    Deal: '../records.ts#OpportunityRecord',
    Opportunity: '../records.ts#OpportunityRecord',
    SupportTicket: '../records.ts#CaseRecord',
    DashboardData: '../parents.ts#Dashboard',
    DealConnection: '../parents.ts#DealPage',
    CustomerConnection: '../parents.ts#CustomerPage',
  },
});
