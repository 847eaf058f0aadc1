import { createHash } from 'node:crypto';
import { jest } from '@jest/globals';
import type { MarketoBody } from '../marketo-support.ts';
import { rows } from '../marketo-support.ts';
import { connect, person } from './marketo-node-marketo-rest-support.ts';

const minute = 60_000;

describe('campaigns', () => {
  test('are listed without moreResult', async () => {
    await using on = await connect();
    const answer = await on.client.campaign.getCampaigns();
    expect(answer.result?.map((campaign) => campaign.id)).toEqual([3001, 3002, 3003, 3004]);
    expect(answer).not.toHaveProperty('moreResult');
  });

  test('are listed as smart campaigns, page by offset', async () => {
    await using on = await connect();
    const first = await on.client.campaign.getSmartCampaigns({ maxReturn: 3 });
    const second = await first.nextPage?.();
    expect([...(first.result ?? []), ...(second?.result ?? [])].map((one) => one.id)).toEqual([3001, 3002, 3003, 3004]);
  });

  test('are requested for people', async () => {
    await using on = await connect();
    const tokens = [{ name: '{{my.message}}', value: 'Hello' }];
    expect((await on.client.campaign.request(3001, [{ id: person(0).id }], tokens)).result).toEqual([{ id: 3001 }]);
    await expect(on.client.campaign.request(3002, [{ id: person(0).id }], tokens)).rejects.toMatchObject({
      errors: [{ code: '1003' }],
    });
  });
});

describe('emails', () => {
  test('are listed', async () => {
    await using on = await connect();
    const emails = rows('SELECT id FROM mk_email ORDER BY id LIMIT 20');
    expect((await on.client.email.getEmails()).result?.map((email) => email.id)).toEqual(emails.map((row) => row.id));
  });

  test('are changed in a draft, which is then approved', async () => {
    await using on = await connect();
    const id = rows('SELECT id FROM mk_email LIMIT 1')[0]?.id;
    const before = await on.client.email.getEmailContent(id);
    const { htmlId } = before.result?.[0] ?? {};
    const written = await on.client.email.updateEmailContentEditableText(id, htmlId, '<p>New</p>', 'New');
    const waiting = await on.client.email.getEmailContent(id);
    const approved = await on.client.email.approveEmail(id);
    const after = await on.client.email.getEmailContent(id);

    expect([written.result, approved.result]).toEqual([[{ id }], [{ id }]]);
    expect(waiting.result).toEqual(before.result);
    expect(after.result).toMatchObject([
      {
        value: [
          { type: 'HTML', value: '<p>New</p>' },
          { type: 'Text', value: 'New' },
        ],
      },
    ]);
    await expect(on.client.email.approveEmail(id)).rejects.toMatchObject({ errors: [{ code: '709' }] });
  });
});

test('landing pages: there are none, which is no error', async () => {
  await using on = await connect();
  const answer = await on.client.landingPage.getLandingPages();
  expect(answer).toMatchObject({ success: true, warnings: ['No assets found for the given search criteria.'] });
});

describe('statistics', () => {
  test.each(['usage', 'usageLast7Days', 'errors', 'errorsLast7Days'] as const)('%s answers', async (method) => {
    await using on = await connect();
    await on.client.lead.byId(1).catch(() => null);
    const { result } = await on.client.stats[method]();
    expect(result?.[0]).toMatchObject({ date: expect.any(String), total: 1 });
    expect(result).toHaveLength(method.endsWith('7Days') ? 7 : 1);
  });
});

const lastMonth = { createdAt: { startAt: '2026-10-20T00:00:00Z', endAt: '2026-11-20T00:00:00Z' } };

describe('bulk extract', () => {
  test('of leads goes from created to a file whose checksum is right', async () => {
    await using on = await connect();
    const bulk = on.client.bulkLeadExtract;
    const idOf = ({ result }: MarketoBody) => String(result?.[0]?.exportId);
    const statusOf = ({ result }: MarketoBody) => result?.[0]?.status;
    const created = await bulk.create(['id', 'email', 'title'], { staticListName: 'Event guests' });
    const exportId = idOf(created);
    const seen = [statusOf(created), statusOf(await bulk.enqueue(exportId)), statusOf(await bulk.status(exportId))];
    on.wait(minute);
    seen.push(statusOf(await bulk.status(exportId)));
    on.wait(minute);
    const done = await bulk.status(exportId);
    const file = await bulk.file(exportId);

    expect([...seen, statusOf(done)]).toEqual(['Created', 'Queued', 'Queued', 'Processing', 'Completed']);
    expect(done.result?.[0]).toMatchObject({
      fileSize: Buffer.byteLength(file),
      fileChecksum: `sha256:${createHash('sha256').update(file).digest('hex')}`,
    });
    expect(file.split('\n')[0]).toBe('id,email,title');
    expect(file).toContain(',null');
  });

  test('of activities carries attributes as JSON', async () => {
    await using on = await connect();
    const bulk = on.client.bulkActivityExtract;
    const { result } = await bulk.create({ ...lastMonth, activityTypeIds: [104] });
    const exportId = result?.[0]?.exportId;
    await bulk.enqueue(exportId);
    on.wait(2 * minute);
    const [header, first] = (await bulk.file(exportId)).split('\n');
    expect(header).toMatch(/^marketoGUID,leadId,activityDate,activityTypeId,.*,attributes$/);
    expect(first).toMatch(/,104,null,\d+,.*,"\{""Old Status"":/);
  });

  test('get does all steps, where a step takes no time', async () => {
    const print = jest.spyOn(console, 'log').mockImplementation(() => {});
    await using on = await connect({ exports: { stepMs: 0 } });
    const { result } = await on.client.bulkLeadExtract.get(['id'], lastMonth);
    print.mockRestore();
    expect(result).toEqual([expect.objectContaining({ status: 'Completed' })]);
  });

  test('is cancelled', async () => {
    await using on = await connect();
    const { result } = await on.client.bulkActivityExtract.create(lastMonth);
    expect((await on.client.bulkActivityExtract.cancel(result?.[0]?.exportId)).result).toEqual([
      expect.objectContaining({ status: 'Cancelled' }),
    ]);
  });

  test('refuses ranges over 31 days, and filters of larger subscriptions', async () => {
    await using on = await connect();
    const long = { createdAt: { startAt: '2026-01-01T00:00:00Z', endAt: '2026-03-01T00:00:00Z' } };
    await expect(on.client.bulkLeadExtract.create(['id'], long)).rejects.toMatchObject({ errors: [{ code: '1003' }] });
    const updated = { updatedAt: lastMonth.createdAt };
    await expect(on.client.bulkLeadExtract.create(['id'], updated)).rejects.toMatchObject({
      errors: [{ code: '1035' }],
    });
  });
});

test('over the rate limit the client waits and is served', async () => {
  await using on = await connect({ limits: { perWindow: 3, windowMs: 40 } });
  for (let call = 0; call < 5; call += 1) expect(await on.client.lead.partitions()).toMatchObject({ success: true });
});
