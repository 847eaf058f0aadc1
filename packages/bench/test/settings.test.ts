import { asDesigned, hastened, nothingFresh } from '../src/product/settings.ts';

test('caches run as designed, not at all, or faster together with what else is timed', () => {
  const fresh = { NETSUITE_FRESH_MS: '30000', SALESFORCE_FRESH_MS: '300000', MARKETO_FRESH_MS: '3600000' };
  expect(asDesigned).toEqual(fresh);
  expect(new Set(Object.values(nothingFresh))).toEqual(new Set(['0']));
  expect(hastened(10)).toEqual({
    ...{ NETSUITE_FRESH_MS: '3000', SALESFORCE_FRESH_MS: '30000', MARKETO_FRESH_MS: '360000' },
    MARKETO_ATTRIBUTION_REFRESH_MS: '360000',
  });
});
