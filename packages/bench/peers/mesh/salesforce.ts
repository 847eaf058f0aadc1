import { toFloat, toMoney } from '@customer360/kit/decimal';
import { soql } from '@customer360/salesforce/query';
import { summariseStages } from '@customer360/salesforce/stages';
import type { MeshContext, Row } from './sources.ts';
import { askSalesforce } from './sources.ts';

const opportunityFields = soql`Id, Name, AccountId, Account.Name, StageName, Amount, Probability, CloseDate, Owner.Name`;

/** One account with its open tickets and deals, in one call. */
export async function accountOf(context: MeshContext, accountId: string) {
  const { soql: text } = soql`SELECT Id, Name, Industry, NumberOfEmployees, Owner.Name,
 (SELECT Id, CaseNumber, Subject, Priority FROM Cases WHERE IsClosed = false ORDER BY CreatedDate DESC, Id LIMIT 20),
 (SELECT ${opportunityFields} FROM Opportunities WHERE IsClosed = false ORDER BY CloseDate, Id LIMIT 50)
 FROM Account WHERE Id = ${accountId}`;
  const [account] = (await askSalesforce(context, text)).records;
  if (!account) return null;
  return {
    name: account.Name,
    industry: account.Industry,
    employeeCount: account.NumberOfEmployees,
    ownerName: account.Owner?.Name ?? null,
    openTickets: childrenOf(account.Cases).map(({ Id, CaseNumber, Subject, Priority }) => ({
      ticketId: Id,
      number: CaseNumber,
      subject: Subject,
      priority: Priority?.toUpperCase() ?? null,
    })),
    opportunities: childrenOf(account.Opportunities).map(({ Id, Name, StageName, Amount }) => ({
      id: Id,
      name: Name,
      stage: StageName,
      amount: Amount,
    })),
  };
}

const childrenOf = (page: Row | null | undefined): Row[] => page?.records ?? [];

export async function openDeals(context: MeshContext, first: number) {
  const { soql: text } =
    soql`SELECT ${opportunityFields} FROM Opportunity WHERE IsClosed = false ORDER BY CloseDate ASC NULLS LAST, Id LIMIT ${first}`;
  return (await askSalesforce(context, text)).records.map((row) => ({
    opportunityId: row.Id as string,
    name: row.Name,
    accountId: (row.AccountId ?? null) as string | null,
    accountName: row.Account?.Name ?? '(no account)',
    stage: row.StageName,
    amount: row.Amount,
    probability: row.Probability ?? 0,
    closeDate: row.CloseDate,
    ownerName: row.Owner?.Name ?? null,
  }));
}

export async function pipeline(context: MeshContext) {
  const { soql: text } =
    soql`SELECT StageName stage, Probability probability, COUNT(Id) deals, SUM(Amount) total FROM Opportunity WHERE IsClosed = false GROUP BY StageName, Probability`;
  return summariseStages((await askSalesforce(context, text)) as never).map(
    ({ stage, dealCount, total, weighted }) => ({
      stage,
      dealCount,
      totalAmount: toFloat(total),
      total: toMoney(total, 'USD'),
      weightedAmount: toFloat(weighted),
    }),
  );
}
