import { subgraphCodegen } from '@customer360/dev/codegen';

export default subgraphCodegen({
  mappers: {
    Account: '../parents.ts#AccountParent',
    CustomerFinance: '../parents.ts#FinanceParent',
    CustomerProfile: '../parents.ts#ProfileParent',
    DashboardData: '../parents.ts#EmptyParent',
    Deal: '../parents.ts#DealParent',
    FinancialMetrics: '../parents.ts#EmptyParent',
    Invoice: '../model.ts#ErpInvoice',
    NetSuiteCustomer: '../model.ts#ErpCustomer',
    Order: '../model.ts#ErpOrder',
  },
});
