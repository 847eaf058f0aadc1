import { whyNoDescription } from '@customer360/testing/netsuite-xsd';
import type { Answer, Client } from '../netsuite-soap-support.ts';
import { postEnvelope } from '../netsuite-soap-support.ts';
import type { Bench } from './netsuite-soap-bench.ts';
import { anyOf, openBench, ref, search, value } from './netsuite-soap-bench.ts';

// The folder of vendor specifications exists on some machines only.
const specs = process.env.VENDOR_SPECS ?? '';
const reason = whyNoDescription(specs);

if (reason) {
  test.skip(`not run: ${reason}`, () => {});
} else {
  let bench: Bench;
  let paged: Client;
  const call = (operation: string, request: object, by?: Client) => bench.call(operation, request, by);

  beforeAll(async () => {
    bench = await openBench(specs);
    paged = await bench.prefer({ 'platformMsgs:pageSize': 5 });
  }, 60_000);
  afterEach(() => bench.netsuite.control.heal());
  afterAll(() => bench.close());

  test.each([
    ['listRel:CustomerSearch', {}],
    ['listRel:VendorSearch', {}],
    ['listAcct:AccountSearch', {}],
    ['listAcct:AccountingPeriodSearch', {}],
    ...['invoice', 'salesOrder', 'purchaseOrder', 'returnAuthorization', 'creditMemo', 'customerPayment'].map(
      (type) => ['tranSales:TransactionSearch', { 'platformCommon:type': anyOf([`_${type}`]) }],
    ),
  ] as [string, object][])('%s %j: whole records', async (type, basic) => {
    const { searchResult } = await call('search', search(type, basic));

    expect(searchResult.status.attributes.isSuccess).toBe('true');
    expect(searchResult.recordList.record.length).toBe(searchResult.totalRecords);
    expect(searchResult.totalRecords).toBeGreaterThan(0);
  });

  test('pages, by search id', async () => {
    const invoices = search('tranSales:TransactionSearch', { 'platformCommon:type': anyOf(['_invoice']) });
    const { searchResult: first } = await call('search', invoices, paged);
    const more = { searchId: first.searchId, pageIndex: 2 };
    const { searchResult: second } = await call('searchMoreWithId', more, paged);
    const { searchResult: beyond } = await call('searchMoreWithId', { ...more, pageIndex: 999 }, paged);
    const { searchResult: unknown } = await call('searchMoreWithId', { searchId: 'none', pageIndex: 1 }, paged);

    expect(first.recordList.record).toHaveLength(5);
    const ids = [first, second].flatMap(({ recordList }) =>
      recordList.record.map((record: Answer) => record.attributes.internalId),
    );
    expect(new Set(ids).size).toBe(10);
    expect(beyond.status.statusDetail[0].code).toBe('INVALID_SEARCH_PAGE_INDEX');
    expect(unknown.status.statusDetail[0].code).toBe('INVALID_JOB_ID');
  });

  test('nothing found', async () => {
    const { searchResult } = await call(
      'search',
      search('listRel:CustomerSearch', { 'platformCommon:companyName': value('is', 'No such company') }),
    );
    expect([searchResult.totalRecords, searchResult.totalPages]).toEqual([0, 0]);
  });

  test('columns', async () => {
    const columns = (...names: string[]) => Object.fromEntries(names.map((name) => [`platformCommon:${name}`, '']));
    const ask = async (prefix: string, name: string, criteria: object, shown: object) => {
      const { searchResult } = await call('search', {
        searchRecord: {
          attributes: { 'xsi:type': `${prefix}:${name}SearchAdvanced` },
          [`${prefix}:criteria`]: { [`${prefix}:basic`]: criteria },
          [`${prefix}:columns`]: shown,
        },
      });
      expect(searchResult.status.attributes.isSuccess).toBe('true');
      return [searchResult.searchRowList.searchRow].flat();
    };
    const rows = await ask(
      'tranSales',
      'Transaction',
      { 'platformCommon:type': anyOf(['_invoice', '_creditMemo']) },
      {
        'tranSales:basic': columns(
          ...'account amount amountPaid amountRemaining closeDate createdFrom currency dateCreated daysOpen daysOverdue dueDate'.split(
            ' ',
          ),
          ...'endDate entity exchangeRate externalId fxAmount internalId item lastModifiedDate mainLine memo netAmount'.split(
            ' ',
          ),
          ...'posting postingPeriod quantity recordType startDate status subsidiary total tranDate tranId'.split(' '),
          ...'transactionNumber type'.split(' '),
        ),
        'tranSales:customerJoin': columns(
          'altName',
          'balance',
          'companyName',
          'email',
          'entityId',
          'externalId',
          'terms',
        ),
      },
    );
    const accounts = await ask(
      'listAcct',
      'Account',
      { 'platformCommon:type': anyOf(['_bank']) },
      { 'listAcct:basic': columns('balance', 'internalId', 'isInactive', 'name', 'number', 'type') },
    );
    expect(rows.length).toBeGreaterThan(50);
    expect(accounts).toHaveLength(2);
  });

  test('single records, by either id, and what is missing', async () => {
    const [customer] = bench.netsuite.world.db.prepare('SELECT * FROM ns_customer WHERE external_id IS NOT NULL').all();
    const one = await call('get', { baseRef: ref({ internalId: String(customer?.id), type: 'customer' }) });
    const many = await call('getList', {
      baseRef: [
        ref({ externalId: customer?.external_id, type: 'customer' }),
        ref({ internalId: '1', type: 'invoice' }),
        ref({ internalId: '3001', type: 'vendor' }),
      ],
    });

    expect(one.readResponse.record.companyName).toBe(customer?.company_name);
    const [found, missing, supplier] = many.readResponseList.readResponse;
    expect(found.record.attributes.internalId).toBe(String(customer?.id));
    expect(missing.status.statusDetail[0].code).toBe('RCRD_DSNT_EXIST');
    expect(supplier.record.attributes['xsi:type']).toBe('listRel:Vendor');
  });

  test('lists that records refer to', async () => {
    const { getAllResult } = await call('getAll', { record: { attributes: { recordType: 'currency' } } });
    expect(getAllResult.recordList.record.map(({ symbol }: Answer) => symbol)).toEqual(
      bench.netsuite.world.db
        .prepare('SELECT symbol FROM ns_currency ORDER BY id')
        .all()
        .map(({ symbol }) => symbol),
    );
    const { getSavedSearchResult } = await call('getSavedSearch', {
      record: { attributes: { searchType: 'transaction' } },
    });
    expect(getSavedSearchResult.totalRecords).toBe(0);
    const { readResponseList } = await call('getList', {
      baseRef: ['currency', 'term', 'subsidiary', 'accountingPeriod'].map((type) => ref({ internalId: '1', type })),
    });
    const types = readResponseList.readResponse.map(({ record }: Answer) => record.attributes['xsi:type']);
    expect(types).toEqual(['listAcct:Currency', 'listAcct:Term', 'listAcct:Subsidiary', 'listAcct:AccountingPeriod']);
  });

  test('server time and the ledger by period and account', async () => {
    const { getServerTimeResult } = await call('getServerTime', {});
    const { getPostingTransactionSummaryResult } = await call('getPostingTransactionSummary', {
      fields: { 'platformCore:period': true, 'platformCore:account': true, 'platformCore:subsidiary': true },
      filters: { 'platformCore:account': { 'platformCore:recordRef': [ref({ internalId: '10' })] } },
      pageIndex: 1,
    });

    expect(Math.abs(new Date(getServerTimeResult.serverTime).getTime() - Date.now())).toBeLessThan(5000);
    expect(getPostingTransactionSummaryResult.totalRecords).toBeGreaterThan(10);
  });

  test.each([
    ['a field of no such name', { 'platformCommon:status': anyOf(['Open']) }, 'INVALID_KEY_OR_REF'],
    ['no operator', { 'platformCommon:tranId': { 'platformCore:searchValue': 'x' } }, 'WS_INVALID_SEARCH_OPERATN'],
  ])('a search with %s fails with a status', async (_, basic, code) => {
    const { searchResult } = await call('search', search('tranSales:TransactionSearch', basic));

    expect(searchResult.status.statusDetail[0].code).toBe(code);
  });

  test('faults', async () => {
    bench.netsuite.control.setFaults({ throttle: true });
    await expect(call('getServerTime', {})).rejects.toThrow('SuiteTalk concurrent request limit exceeded');
    bench.netsuite.control.heal();
    const path = `/services/NetSuitePort_${bench.vendor.version}`;
    const noLogin = await postEnvelope(bench.netsuite.url, '<getServerTime/>', '<none/>', path);
    const unknown = await postEnvelope(bench.netsuite.url, '<cook/>', undefined, path);

    bench.messages['fault of a login'] = noLogin.text;
    bench.messages['fault of an operation'] = unknown.text;
    expect(noLogin.text).toContain('INVALID_LOGIN_CREDENTIALS');
    expect([noLogin.status, unknown.status]).toEqual([500, 500]);
  });

  // One run for all: loading the schemas takes seconds.
  test('every request and answer so far is valid by the vendor’s schemas', () => {
    expect(Object.keys(bench.messages).length).toBeGreaterThan(40);
    expect(bench.vendor.validate(bench.messages)).toEqual([]);
  }, 60_000);

  test('the check is not blind', () => {
    const [answer = ''] = Object.values(bench.messages).filter((text) => text.includes('totalRecords'));
    const wrong = answer.replace(/totalRecords>\d+</, 'totalRecords>many<');
    const misplaced = answer.replaceAll('totalPages', 'pagesTotal');
    const problems = bench.vendor.validate({ wrong, misplaced }).join('\n');
    expect(problems).toMatch(/wrong\.xml fails to validate/);
    expect(problems).toMatch(/misplaced\.xml fails to validate/);
  }, 60_000);
}
