import { writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { ask } from '@customer360/testing/ask';
import { startGraph } from './graph.ts';

const stock = () => ({ data: { shop: { id: '7', name: 'Corner' } } });
const prices = () => ({ data: { shop: { revenue: 12.5, costs: 3 } } });

/** The figures that Prometheus would read, by name and labels. */
async function scrape(url: string) {
  const response = await fetch(`${url}/metrics`);
  const text = await response.text();
  const figures = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, name, value] = /^([^#]\S*) (\S+)$/.exec(line) ?? [];
    if (name) figures.set(name, Number(value));
  }
  return { type: response.headers.get('content-type'), text, figures };
}

test('what was asked, what became of it and what it cost is counted', async () => {
  await using graph = await startGraph({ stock, prices });
  const { url } = graph.gateway;
  const named = 'query Shop { shop(id: "7") { name revenue } }';
  for (let time = 0; time < 3; time += 1) await ask(url, named);
  await ask(url, '{ shop(id: "7") { name } }');
  await ask(url, '{ nothing }');
  await fetch(`${url}/graphql`, { method: 'PUT' });
  const raw = (response: ServerResponse) => void response.end('nonsense');
  graph.answer.prices = raw;
  await ask(url, named);
  const { type, figures } = await scrape(url);
  const requests = (operation: string, outcome: string) =>
    figures.get(`gateway_request_duration_seconds_count{operation="${operation}",outcome="${outcome}"}`);

  expect(type).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(requests('Shop', 'ok')).toBe(3);
  expect(requests('Shop', 'partial')).toBe(1);
  expect(requests('anonymous', 'ok')).toBe(1);
  expect(requests('other', 'refused')).toBe(1);
  expect(requests('other', 'bad_request')).toBe(1);
  expect(figures.get('gateway_subgraph_fetch_duration_seconds_count{service="stock",outcome="answered"}')).toBe(5);
  expect(figures.get('gateway_subgraph_malformed_answers_total{service="prices"}')).toBe(1);
  expect(figures.get('gateway_plan_cache_hits_total')).toBe(3);
  expect(figures.get('gateway_plan_cache_misses_total')).toBe(3);
  expect(figures.get('gateway_plan_cache_size')).toBe(2);
  expect(figures.get('gateway_supergraph_refused')).toBe(0);
  expect(figures.get('gateway_plan_duration_seconds_count')).toBe(2);
  expect(figures.get('gateway_requests_in_flight')).toBe(0);
  expect(figures.get('gateway_subgraph_fetches_in_flight')).toBe(0);
  expect(figures.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
  expect(figures.get('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
});

test('what is under way, what was asked twice at once, and subgraphs that fail are counted', async () => {
  const begun = Promise.withResolvers<void>();
  const raw = () => begun.resolve();
  await using graph = await startGraph({ stock, prices: raw }, { SUBGRAPH_TIMEOUT_MS: '300' });
  const { url } = graph.gateway;
  const both = [1, 2, 3].map(() => ask(url, '{ shop(id: "7") { revenue } }'));
  await begun.promise;
  const during = await scrape(url);
  await Promise.all(both);
  const after = await scrape(url);

  expect(during.figures.get('gateway_requests_in_flight')).toBe(3);
  expect(during.figures.get('gateway_subgraph_fetches_in_flight')).toBe(1);
  expect(after.figures.get('gateway_coalesced_requests_total')).toBe(2);
  expect(after.figures.get('gateway_subgraph_fetch_duration_seconds_count{service="prices",outcome="timeout"}')).toBe(
    1,
  );
  expect(
    after.figures.get('gateway_subgraph_fetch_duration_seconds_sum{service="prices",outcome="timeout"}'),
  ).toBeCloseTo(0.3, 1);
});

test('reloads are counted by what became of them, and nothing starts again from zero', async () => {
  await using graph = await startGraph({ stock, prices });
  const { url, reload } = graph.gateway;
  await ask(url, '{ shop(id: "7") { name } }');
  writeFileSync(graph.supergraphPath, `${graph.compose()}\n# new`);
  await reload?.();
  writeFileSync(graph.supergraphPath, 'broken {');
  await reload?.();
  await ask(url, '{ shop(id: "7") { name } }');
  const { figures } = await scrape(url);
  const reloads = (outcome: string) =>
    figures.get(`gateway_supergraph_reload_duration_seconds_count{outcome="${outcome}"}`);

  expect([reloads('switched'), reloads('unusable')]).toEqual([1, 1]);
  expect(figures.get('gateway_supergraph_refused')).toBe(1);
  // Asked for the second time, and warmed in between.
  expect(figures.get('gateway_plan_cache_hits_total')).toBe(1);
  expect(figures.get('gateway_plan_cache_misses_total')).toBe(1);
  expect(figures.get('gateway_plan_duration_seconds_count')).toBe(2);
});

test('a caller who invents names adds no figures without end', async () => {
  await using graph = await startGraph({ stock, prices });
  for (let number = 0; number < 130; number += 1) {
    await ask(graph.gateway.url, `query Invented${number} { shop(id: "7") { name } }`);
    await ask(graph.gateway.url, `query Wrong${number} { nothing }`);
  }
  const { text, figures } = await scrape(graph.gateway.url);

  expect(text).not.toContain('Wrong');
  expect(new Set(text.match(/operation="Invented\d+"/g)).size).toBe(100);
  expect(figures.get('gateway_request_duration_seconds_count{operation="other",outcome="ok"}')).toBe(30);
});
