import { subgraphCodegen } from '@customer360/dev/codegen';

export default subgraphCodegen({
  mappers: {
    Account: '../parents.ts#AccountParent',
    CustomerFinance: '../parents.ts#FinanceParent',
    CustomerProfile: '../parents.ts#ProfileParent',
    DashboardData: '../parents.ts#EmptyParent',
    Deal: '../parents.ts#DealParent',
    FinancialMetrics: '../parents.ts#EmptyParent',
    Invoice: '../source.ts#ErpInvoice',
    NetSuiteCustomer: '../source.ts#ErpCustomer',
    Order: '../source.ts#ErpOrder',
  },
});
