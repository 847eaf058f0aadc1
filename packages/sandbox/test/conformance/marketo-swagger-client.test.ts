import { createRequire } from 'node:module';
import type { MarketoBody } from '../marketo-support.ts';
import { openMarketo } from '../marketo-support.ts';
import type { Exceptions, Swagger } from './marketo-swagger-check.ts';
import { createSwaggerCheck, readSwagger } from './marketo-swagger-check.ts';
import type { Known } from './marketo-swagger-steps.ts';
import { steps } from './marketo-swagger-steps.ts';

// An unmodified client by others (swagger-api, Apache-2.0): it builds each call from Adobe's description of it.
const client = createRequire(import.meta.url)('swagger-client') as {
  execute(call: object): Promise<{ body: MarketoBody }>;
};
// The folder of vendor specifications exists on some machines only.
const folder = process.env.VENDOR_SPECS;

/** Where Adobe's files contradict Adobe's documentation or recorded traffic, which both outrank them. */
const exceptions: Exceptions = new Set([
  // Recorded successes of the people database carry neither, and an empty search of assets carries no result.
  '*.errors?',
  '*.warnings?',
  '*.result?',
  // The documentation's describe answers of opportunities, roles and companies have none of these.
  'ObjectMetaData.apiName?',
  'ObjectMetaData.relationships?',
  'ObjectMetaData.status?',
  'ObjectMetaData.version?',
  // Documentation and recorded traffic: a folder is `{ type, value, folderName }`, a program type is capitalised.
  'Folder.id?',
  'ProgramResponse.type',
  // Documentation: programs that are neither email nor engagement have an empty status.
  'ProgramResponse.status',
  'BrowseAllPrograms.type',
  // Documentation: the date of a statistic is `YYYY-MM-DD`.
  'UsageData.date',
  'ErrorsData.date',
  // The documentation's smart campaigns leave out what is not set.
  'SmartCampaignResponse.qualificationRuleInterval?',
  'SmartCampaignResponse.qualificationRuleUnit?',
  'SmartCampaignResponse.maxMembers?',
  ...['startAt', 'endAt', 'intervalType', 'interval', 'weekdayMask', 'dayOfMonth', 'dayOfWeek', 'weekOfMonth'].map(
    (name) => `Recurrence.${name}?`,
  ),
]);
/** Documentation and recorded traffic: assets write the zone twice, and the start of a cost is a day. */
const assetTimes = ['*.createdAt', '*.updatedAt', '*.startDate', '*.endDate'];
const minute = 60_000;

/** Adobe's file describes the form of an asset write as one object; what is sent are its fields, lists and objects in JSON. */
function toForm(body: unknown): string {
  // Where the file describes the fields one by one, the client has made a form already.
  if (typeof body === 'string' && !body.startsWith('{')) return body;
  const fields = (typeof body === 'string' ? JSON.parse(body) : body) as Record<string, unknown>;
  const values = Object.entries(fields).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(values).toString();
}

if (folder) {
  const spec = { mapi: readSwagger(folder, 'swagger-mapi.json'), asset: readSwagger(folder, 'swagger-asset.json') };
  const check = {
    mapi: createSwaggerCheck(spec.mapi, exceptions),
    asset: createSwaggerCheck(spec.asset, new Set([...exceptions, ...assetTimes])),
  };
  const known: Known = {};
  let ahead = 0;
  let marketo: Awaited<ReturnType<typeof openMarketo>>;
  let token = '';
  beforeAll(async () => {
    marketo = await openMarketo({ now: () => Date.now() + ahead });
    token = (await marketo.askToken()).access_token;
  });
  afterAll(() => marketo.vendor.close());

  test.each(steps)('$file $method $path', async ({ file, method, path, parameters, after = 0, learn, except }) => {
    ahead += after * minute;
    // The files name no host that exists and no way to authenticate.
    const { host } = new URL(marketo.vendor.url);
    const here: Swagger = { ...spec[file], host, schemes: ['http'] };
    const { body } = await client.execute({
      spec: here,
      pathName: path,
      method,
      parameters: parameters?.(known) ?? {},
      requestInterceptor: (request: { headers: Record<string, string>; body?: unknown }) => {
        request.headers.Authorization = `Bearer ${token}`;
        if (file === 'asset' && request.body) request.body = toForm(request.body);
        return request;
      },
    });
    Object.assign(known, learn?.(body));

    expect(body).toMatchObject({ success: true });
    expect(check[file](method, path, body, except)).toEqual([]);
  });

  test('the check notices a missing field, a wrong type and a wrong word', () => {
    const row = { seq: 0, leadId: 'seven', reachedSuccess: true, programId: 1, acquiredBy: false };
    const members = { requestId: 'a#b', success: true, result: [row] };

    expect(check.mapi('get', '/rest/v1/programs/{programId}/members.json', members)).toEqual([
      '$.result[0].membershipDate is missing (ProgramMember)',
      '$.result[0].leadId is string, not integer',
    ]);
    const written = { requestId: 'a#b', success: true, result: [{ id: 1, seq: 0, status: 'invented' }] };
    expect(check.mapi('post', '/rest/v1/companies.json', written)).toEqual([
      "$.result[0].status is 'invented', not in the enumeration",
    ]);
  });
} else {
  test.skip("not run: VENDOR_SPECS does not name a folder with Adobe's Swagger files", () => {});
}
