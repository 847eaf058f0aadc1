import { subgraphCodegen } from '@customer360/dev/codegen';

export default subgraphCodegen({
  mappers: {
    Account: '../parents.ts#ProfileParent',
    Campaign: '../model.ts#CampaignRef',
    CustomerProfile: '../parents.ts#ProfileParent',
    DashboardData: '../parents.ts#EmptyParent',
    Deal: '../parents.ts#DealParent',
    Marketing_Lead: '../model.ts#Person',
    MarketingTouch: '../model.ts#Touch',
  },
});
