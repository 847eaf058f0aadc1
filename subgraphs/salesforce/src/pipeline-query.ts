import { UserInputError } from '@customer360/kit/errors';
import { readSalesforceId } from '@customer360/kit/salesforce-id';
import { readSearch } from './arguments.ts';
import type { IdType } from './ids.ts';
import { isIdOf } from './ids.ts';
import type { Soql } from './query.ts';
import { soql, whereAll } from './query.ts';

/** Filters of the growth table as the graph takes them. */
export interface DealFilters {
  accountIds?: readonly string[] | null;
  stages?: readonly string[] | null;
  ownerIds?: readonly string[] | null;
  minAmount?: number | null;
  maxAmount?: number | null;
  closeDateFrom?: string | null;
  closeDateTo?: string | null;
  minProbability?: number | null;
  search?: string | null;
}

export interface DealOrder {
  field: 'CLOSE_DATE' | 'AMOUNT' | 'PROBABILITY' | 'ACCOUNT_NAME' | 'STAGE';
  direction: 'ASC' | 'DESC';
}

const maxListed = 1000;
const maxNumber = 1e15;

/**
 * The WHERE clause of open deals that pass the filters; null when none can.
 *
 * @throws {UserInputError}
 */
export function openDeals(filters: DealFilters): Soql | null {
  const conditions = [soql`IsClosed = false`];
  const add = (condition: Soql) => conditions.push(condition);

  const accountIds = readIds(filters.accountIds, 'account', 'accountIds');
  const ownerIds = readIds(filters.ownerIds, 'user', 'ownerIds');
  const stages = readList(filters.stages, 'stages');
  if (accountIds?.length === 0 || ownerIds?.length === 0 || stages?.length === 0) return null;

  if (accountIds) add(soql`AccountId IN ${accountIds}`);
  if (ownerIds) add(soql`OwnerId IN ${ownerIds}`);
  if (stages) add(soql`StageName IN ${stages}`);
  if (filters.minAmount != null) add(soql`Amount >= ${readNumber(filters.minAmount, 'minAmount')}`);
  if (filters.maxAmount != null) add(soql`Amount <= ${readNumber(filters.maxAmount, 'maxAmount')}`);
  if (filters.minProbability != null) {
    add(soql`Probability >= ${readNumber(filters.minProbability, 'minProbability')}`);
  }
  if (filters.closeDateFrom != null) add(soql`CloseDate >= ${{ date: filters.closeDateFrom }}`);
  if (filters.closeDateTo != null) add(soql`CloseDate <= ${{ date: filters.closeDateTo }}`);
  const search = readSearch(filters.search);
  if (search) add(soql`(Name LIKE ${{ anywhere: search }} OR Account.Name LIKE ${{ anywhere: search }})`);
  return whereAll(conditions);
}

const orderFields = {
  CLOSE_DATE: soql`CloseDate`,
  AMOUNT: soql`Amount`,
  PROBABILITY: soql`Probability`,
  ACCOUNT_NAME: soql`Account.Name`,
  STAGE: soql`StageName`,
};

/** The id last, so that pages never overlap. */
export function orderOf({ field, direction }: DealOrder): Soql {
  const descending = direction === 'DESC' ? soql`DESC` : soql`ASC`;
  return soql` ORDER BY ${orderFields[field]} ${descending} NULLS LAST, Id`;
}

function readList(list: readonly string[] | null | undefined, argument: string): readonly string[] | undefined {
  if (list && list.length > maxListed) {
    throw new UserInputError(`${argument} must not hold more than ${maxListed} values.`, argument);
  }
  return list ?? undefined;
}

function readIds(list: readonly string[] | null | undefined, type: IdType, argument: string): string[] | undefined {
  const ids = readList(list, argument)?.map((id) => readSalesforceId(id, argument));
  return ids?.filter((id) => isIdOf(type, id));
}

function readNumber(value: number, argument: string): number {
  if (Math.abs(value) > maxNumber) throw new UserInputError(`${argument} is out of range.`, argument);
  return value;
}
