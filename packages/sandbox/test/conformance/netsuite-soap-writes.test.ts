import { whyNoDescription } from '@customer360/testing/netsuite-xsd';
import type { Bench } from './netsuite-soap-bench.ts';
import { anyOf, items, openBench, record, ref, search, value } from './netsuite-soap-bench.ts';

// The folder of vendor specifications exists on some machines only.
const specs = process.env.VENDOR_SPECS ?? '';
const reason = whyNoDescription(specs);

if (reason) {
  test.skip(`not run: ${reason}`, () => {});
} else {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench(specs);
  }, 60_000);
  afterAll(() => bench.close());

  const call = (operation: string, request: object) => bench.call(operation, request);
  const row = (sql: string, ...values: (string | number)[]) => bench.netsuite.world.db.prepare(sql).get(...values);
  const done = ({ writeResponse }: { writeResponse: { baseRef: { attributes: { internalId: string } } } }) =>
    Number(writeResponse.baseRef.attributes.internalId);
  const customerId = 4003;
  const line = { item: { attributes: { internalId: '201' } }, quantity: 2, rate: '950.25' };
  const addInvoice = async (fields: object = {}, attributes: object = {}) =>
    done(
      await call(
        'add',
        record('tranSales:Invoice', attributes, {
          entity: { attributes: { internalId: customerId } },
          ...fields,
          itemList: items('tranSales', line),
        }),
      ),
    );
  const balanced = () =>
    expect(
      row('SELECT COUNT(*) AS n FROM (SELECT SUM(amount) AS s FROM ns_posting GROUP BY transaction_id) WHERE s <> 0')
        ?.n,
    ).toBe(0);

  test('a customer is added, updated, read, upserted and deleted', async () => {
    const fields = { companyName: 'Conformance & Sons', email: 'a@b.example', creditLimit: 1234.5 };
    const id = done(await call('add', record('listRel:Customer', { externalId: 'conf-1' }, fields)));
    expect(row('SELECT * FROM ns_customer WHERE id = ?', id)).toMatchObject({
      company_name: 'Conformance & Sons',
      external_id: 'conf-1',
      credit_limit: 123_450,
    });
    await call('update', record('listRel:Customer', { internalId: id }, { phone: '555 0100' }));
    const upserted = await call('upsert', record('listRel:Customer', { externalId: 'conf-1' }, { isInactive: true }));
    expect(done(upserted)).toBe(id);
    const { readResponse } = await call('get', { baseRef: ref({ externalId: 'conf-1', type: 'customer' }) });
    expect(readResponse.record).toMatchObject({ phone: '555 0100', isInactive: true, creditLimit: 1234.5 });
    const gone = await call('delete', { baseRef: ref({ internalId: String(id), type: 'customer' }) });
    expect(done(gone)).toBe(id);
    const missing = await call('get', { baseRef: ref({ internalId: String(id), type: 'customer' }) });
    expect(missing.readResponse.status.statusDetail[0].code).toBe('RCRD_DSNT_EXIST');

    const { getDeletedResult } = await call('getDeleted', {
      getDeletedFilter: {
        'platformCore:deletedDate': value('onOrAfter', '2020-01-01T00:00:00.000Z'),
        'platformCore:type': anyOf(['customer']),
      },
      pageIndex: 1,
    });
    const [deleted] = [getDeletedResult.deletedRecordList.deletedRecord].flat();
    expect(deleted.record.attributes).toMatchObject({ internalId: String(id), externalId: 'conf-1' });
  });

  test('an invoice posts, is paid in parts and is credited', async () => {
    const before = Number(
      row('SELECT SUM(unpaid - unapplied) AS sum FROM ns_transaction WHERE customer_id = ?', customerId)?.sum,
    );
    const id = await addInvoice({ tranDate: '2026-02-10T00:00:00.000-08:00', memo: 'by soap' });
    expect(row('SELECT * FROM ns_transaction WHERE id = ?', id)).toMatchObject({
      total: 190_050,
      unpaid: 190_050,
      status: 'A',
      tran_date: '2026-02-10',
    });
    const pay = (amount: number) =>
      call(
        'add',
        record(
          'tranCust:CustomerPayment',
          {},
          {
            customer: { attributes: { internalId: customerId } },
            payment: amount,
            applyList: {
              'tranCust:apply': [{ 'tranCust:apply': true, 'tranCust:doc': id, 'tranCust:amount': amount }],
            },
          },
        ),
      );
    const first = done(await pay(900.5));
    const { readResponse } = await call('get', { baseRef: ref({ internalId: String(id), type: 'invoice' }) });
    expect(readResponse.record).toMatchObject({ amountPaid: 900.5, amountRemaining: 1000, status: 'Open' });
    await pay(1000);
    expect(row('SELECT * FROM ns_transaction WHERE id = ?', id)).toMatchObject({ status: 'B', unpaid: 0 });
    const tooMuch = await pay(1);
    expect(tooMuch.writeResponse.status.statusDetail[0].code).toBe('USER_ERROR');
    await call('delete', { baseRef: ref({ internalId: String(first), type: 'customerPayment' }) });
    expect(row('SELECT * FROM ns_transaction WHERE id = ?', id)).toMatchObject({ status: 'A', unpaid: 90_050 });
    const used = await call('delete', { baseRef: ref({ internalId: String(id), type: 'invoice' }) });
    expect(used.writeResponse.status.statusDetail[0].code).toBe('CANT_DELETE_TRANS');
    const credit = record(
      'tranCust:CreditMemo',
      {},
      {
        entity: { attributes: { internalId: customerId } },
        itemList: items('tranCust', { item: line.item, amount: 900.5 }),
        applyList: { 'tranCust:apply': [{ 'tranCust:apply': true, 'tranCust:doc': id }] },
      },
    );
    done(await call('add', credit));
    const after = Number(
      row('SELECT SUM(unpaid - unapplied) AS sum FROM ns_transaction WHERE customer_id = ?', customerId)?.sum,
    );
    expect(after).toBe(before);
    balanced();
  });

  test('orders, returns and purchases, and what becomes of them', async () => {
    const order = record(
      'tranSales:SalesOrder',
      { externalId: 'so-1' },
      {
        entity: { attributes: { internalId: customerId } },
        orderStatus: '_pendingFulfillment',
        startDate: '2026-01-01T00:00:00.000-08:00',
        itemList: items('tranSales', { item: { attributes: { internalId: '101' } }, quantity: 3 }),
        recurAnnually: undefined,
      },
    );
    const id = done(await call('add', order));
    expect(row('SELECT status, total, posting FROM ns_transaction WHERE id = ?', id)).toMatchObject({
      status: 'B',
      total: 360_000,
      posting: 0,
    });
    const { readResponse } = await call('initialize', {
      initializeRecord: {
        'platformCore:type': 'invoice',
        'platformCore:reference': { attributes: { type: 'salesOrder', internalId: id } },
      },
    });
    expect(readResponse.record).toMatchObject({ total: 3600, createdFrom: { attributes: { internalId: String(id) } } });
    expect(readResponse.record.attributes.internalId).toBeUndefined();
    const purchase = record(
      'tranPurch:PurchaseOrder',
      {},
      {
        entity: { attributes: { externalId: 'vendor-1' } },
        itemList: items('tranPurch', { item: { attributes: { internalId: '301' } }, quantity: 4, rate: '100.00' }),
      },
    );
    const returned = record(
      'tranCust:ReturnAuthorization',
      {},
      {
        entity: { attributes: { internalId: customerId } },
        itemList: items('tranCust', line),
      },
    );
    const [bought, back] = [done(await call('add', purchase)), done(await call('add', returned))];
    expect(row('SELECT type, total, vendor_id FROM ns_transaction WHERE id = ?', bought)).toMatchObject({
      type: 'PurchOrd',
      total: 40_000,
      vendor_id: 3001,
    });
    expect(row('SELECT type, status FROM ns_transaction WHERE id = ?', back)).toMatchObject({
      type: 'RtnAuth',
      status: 'A',
    });
    balanced();
  });

  test('lists write each record on its own', async () => {
    const names = ['One', 'Two'].map(
      (companyName) => record('listRel:Vendor', { externalId: `v-${companyName}` }, { companyName }).record,
    );
    const broken = record('listRel:Vendor', {}, { email: 'nobody' }).record;
    const { writeResponseList } = await call('addList', { record: [...names, broken] });
    const codes = writeResponseList.writeResponse.map(
      (each: { status: { statusDetail?: { code: string }[] } }) => each.status.statusDetail?.[0]?.code ?? 'ok',
    );
    expect(codes).toEqual(['ok', 'ok', 'USER_ERROR']);
    const changed = await call('updateList', {
      record: [record('listRel:Vendor', { externalId: 'v-One' }, { phone: '1' }).record],
    });
    const again = await call('upsertList', { record: names });
    const removed = await call('deleteList', {
      baseRef: [ref({ externalId: 'v-One', type: 'vendor' }), ref({ externalId: 'v-Two', type: 'vendor' })],
    });
    for (const { writeResponseList: list } of [changed, again, removed]) {
      expect([list.writeResponse].flat().every((each) => each.status.attributes.isSuccess === 'true')).toBe(true);
    }
    const many = Array.from({ length: 101 }, () => names[0]);
    await expect(call('updateList', { record: many })).rejects.toThrow('maximum number of records is 100');
  });

  test.each([
    [
      'an entity that has transactions',
      'CANT_DELETE_CUST',
      () => call('delete', { baseRef: ref({ internalId: '4003', type: 'customer' }) }),
    ],
    [
      'a taken customer id',
      'UNIQUE_CUST_ID_REQD',
      () => call('add', record('listRel:Customer', {}, { entityId: 'CUST4001', companyName: 'X' })),
    ],
    [
      'a taken external id',
      'DUP_ENTITY',
      () => call('add', record('listRel:Vendor', { externalId: 'vendor-1' }, { companyName: 'X' })),
    ],
    [
      'a wrong reference',
      'INVALID_KEY_OR_REF',
      () =>
        call('add', record('listRel:Customer', {}, { companyName: 'X', terms: { attributes: { internalId: '99' } } })),
    ],
    ['a missing name', 'USER_ERROR', () => call('add', record('listRel:Customer', {}, { email: 'a@b.example' }))],
    [
      'a missing record',
      'RCRD_DSNT_EXIST',
      () => call('update', record('listRel:Customer', { internalId: 1 }, { phone: '1' })),
    ],
    [
      'a closed period',
      'INVALID_TRANSACTION_DATE',
      () =>
        call(
          'add',
          record(
            'tranSales:Invoice',
            {},
            {
              entity: { attributes: { internalId: '4003' } },
              tranDate: '1999-01-01T00:00:00.000Z',
              itemList: items('tranSales', line),
            },
          ),
        ),
    ],
  ] as const)('%s is refused with %s', async (_, code, write) => {
    const { writeResponse } = await write();
    expect(writeResponse.status.attributes.isSuccess).toBe('false');
    expect(writeResponse.status.statusDetail[0].code).toBe(code);
  });

  test('a search runs as a job', async () => {
    const { asyncStatusResult } = await call('asyncSearch', search('listRel:VendorSearch', {}));
    const { jobId } = asyncStatusResult;
    expect(asyncStatusResult.status).toBe('pending');
    const later = await call('checkAsyncStatus', { jobId });
    expect(later.asyncStatusResult.status).toBe('finished');
    const { asyncResult } = await call('getAsyncResult', { jobId, pageIndex: 1 });
    expect(asyncResult.searchResult.recordList.record.length).toBeGreaterThan(3);
    await expect(call('checkAsyncStatus', { jobId: 'none' })).rejects.toThrow('job id');
  });

  test('lists are worked off as jobs', async () => {
    type Answer = Awaited<ReturnType<typeof call>>;
    const customers = [1, 2].map((n) => ({
      attributes: { 'xsi:type': 'listRel:Customer', externalId: `job-${n}` },
      'listRel:companyName': `Job ${n}`,
    }));
    const finish = async (operation: string, request: object) => {
      const { asyncStatusResult } = await call(operation, request);
      const { asyncResult } = await call('getAsyncResult', { jobId: asyncStatusResult.jobId, pageIndex: 1 });
      return asyncResult;
    };
    const { writeResponseList } = await finish('asyncAddList', { record: customers });
    const ids = writeResponseList.writeResponse.map((each: Answer) => each.baseRef.attributes.internalId);
    expect(ids).toHaveLength(2);
    const references = ids.map((internalId: string) => ({
      attributes: { 'xsi:type': 'platformCore:RecordRef', type: 'customer', internalId },
    }));
    const { readResponseList } = await finish('asyncGetList', { baseRef: references });
    expect(readResponseList.readResponse.map((each: Answer) => each.record.companyName)).toEqual(['Job 1', 'Job 2']);
    const gone = await finish('asyncDeleteList', { baseRef: references });
    expect(gone.writeResponseList.writeResponse).toHaveLength(2);
    const invoice = { type: 'salesOrder', internalId: '20001' };
    const { readResponseList: previews } = await call('initializeList', {
      initializeRecord: [
        { 'platformCore:type': 'invoice', 'platformCore:reference': { attributes: invoice } },
        { 'platformCore:type': 'invoice', 'platformCore:reference': { attributes: { ...invoice, internalId: '1' } } },
      ],
    });
    const ok = previews.readResponse.map((each: Answer) => each.status.attributes.isSuccess);
    expect(ok).toEqual(['true', 'false']);
  });

  test('a rate is that of its day', async () => {
    const rates = async (filter: object) =>
      (await call('getCurrencyRate', { currencyRateFilter: filter })).getCurrencyRateResult;
    const euro = { 'platformCore:fromCurrency': { attributes: { internalId: '2' } } };
    const { currencyRateList } = await rates({ ...euro, 'platformCore:effectiveDate': '2026-02-10T12:00:00.000Z' });
    const kept = row(
      "SELECT exchange_rate AS rate FROM ns_currency_rate WHERE currency_id = 2 AND effective_on = '2026-02-10'",
    );
    expect(currencyRateList.currencyRate.map((each: { exchangeRate: unknown }) => Number(each.exchangeRate))).toEqual([
      Number(kept?.rate),
    ]);
    expect((await rates({})).currencyRateList.currencyRate.length).toBeGreaterThan(3);
    const wrong = await rates({ 'platformCore:baseCurrency': { attributes: { internalId: '2' } } });
    expect(wrong.status.statusDetail[0].code).toBe('INVALID_KEY_OR_REF');
  });

  test('the data centre tells its addresses', async () => {
    const { getDataCenterUrlsResult } = await call('getDataCenterUrls', { account: 'TSTDRV1234567' });
    expect(getDataCenterUrlsResult.dataCenterUrls.restDomain).toBe(bench.netsuite.url);
  });

  test('every request and answer so far is valid by the vendor’s schemas', () => {
    expect(Object.keys(bench.messages).length).toBeGreaterThan(40);
    expect(bench.vendor.validate(bench.messages)).toEqual([]);
  }, 60_000);
}
