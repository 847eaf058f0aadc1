import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { subgraphNames } from '../src/addresses.ts';
import { paths } from '../src/paths.ts';
import { isVendor } from '../src/wiring.ts';

const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: paths.root, encoding: 'utf8' }).split('\n').filter(Boolean);
// Also what is not yet committed: a mistake should be found before it is.
const files = [...new Set([...git('ls-files'), ...git('ls-files', '--others', '--exclude-standard')])].filter((file) =>
  existsSync(join(paths.root, file)),
);
const read = (file: string) => readFileSync(join(paths.root, file), 'utf8');
const sources = files.filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.includes('/test/'));

/** What every subgraph folder holds. */
const room = [
  'README.md',
  'codegen.ts',
  'package.json',
  'schema.graphql',
  'tsconfig.json',
  'src/config.ts',
  'src/context.ts',
  'src/main.ts',
  'src/resolvers.ts',
  'src/schema.ts',
  'src/service.ts',
  'src/source.ts',
];
/** What one that asks a vendor holds besides. */
const vendorRoom = ['src/client.ts', 'src/query.ts', 'src/records.ts'];

test('there are subgraphs to look at, and each is listed in supergraph.yaml', () => {
  const folders = new Set(files.flatMap((file) => /^subgraphs\/([^/]+)\//.exec(file)?.[1] ?? []));
  expect([...folders].sort()).toEqual([...subgraphNames].sort());
  for (const name of folders) expect(read('supergraph.yaml')).toContain(`./subgraphs/${name}/schema.graphql`);
});

test.each(subgraphNames)('the room of %s has every piece of furniture', (name) => {
  const needed = isVendor(name) ? [...room, ...vendorRoom] : room;
  expect(needed.filter((file) => !files.includes(`subgraphs/${name}/${file}`))).toEqual([]);
});

test.each(subgraphNames)(
  '%s starts alone, from a main file of a few lines, and its README has its variables and a query',
  (name) => {
    expect(read(`subgraphs/${name}/src/main.ts`).split('\n').length).toBeLessThanOrEqual(40);
    const readme = read(`subgraphs/${name}/README.md`);
    expect(readme).toContain(`npm start -w @customer360/${name}`);
    const variables = read(`subgraphs/${name}/src/config.ts`).match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?=:)/g) ?? [];
    expect(variables.length).toBeGreaterThan(isVendor(name) ? 3 : 1);
    expect(variables.filter((variable) => !readme.includes(variable))).toEqual([]);
    expect(readme).toMatch(/```graphql/);
  },
);

test('what subgraphs share of the schema is the same text in each', () => {
  const shared = subgraphNames.map((name) => {
    const sdl = read(`subgraphs/${name}/schema.graphql`);
    const from = sdl.indexOf('@link(url: "https://c360.example/spec/contract');
    const to = sdl.indexOf('}', sdl.indexOf('type Freshness'));
    expect(from).toBeGreaterThan(0);
    return sdl.slice(from, to);
  });
  expect(shared[0]?.length).toBeGreaterThan(500);
  expect(new Set(shared).size).toBe(1);
});

test('no subgraph imports another, and the gateway imports none', () => {
  const found = sources.flatMap((file) => {
    const owner = /^subgraphs\/([^/]+)\//.exec(file)?.[1];
    if (!owner && !file.startsWith('gateway/')) return [];
    return subgraphNames
      .filter((name) => name !== owner && read(file).includes(`@customer360/${name}`))
      .map((name) => `${file} -> ${name}`);
  });
  expect(found).toEqual([]);
});

test('what ships does not import the sandbox', () => {
  const shipped = sources.filter((file) => /^(subgraphs\/[^/]+\/src|gateway\/src|packages\/kit\/src)\//.test(file));
  expect(shipped.length).toBeGreaterThan(40);
  expect(shipped.filter((file) => read(file).includes('@customer360/sandbox'))).toEqual([]);
});

test('source files stay small', () => {
  const lines = sources
    .map((file) => [read(file).split('\n').length, file] as const)
    .sort((one, other) => one[0] - other[0]);
  const median = lines[Math.floor(lines.length / 2)]?.[0];
  process.stdout.write(`source files: ${lines.length}, median ${median} lines, largest ${lines.at(-1)?.join(' ')}\n`);
  expect(lines.filter(([count]) => count >= 400)).toEqual([]);
  expect(median).toBeLessThanOrEqual(80);
});

test('dependencies are exact and come in one lockfile, but for the peers of the bench, which nothing else installs', () => {
  const loose = files
    .filter((file) => file.endsWith('package.json'))
    .flatMap((file) => {
      const { dependencies = {}, devDependencies = {} } = JSON.parse(read(file)) as Record<
        string,
        Record<string, string>
      >;
      return Object.entries({ ...dependencies, ...devDependencies })
        .filter(([name, version]) => !name.startsWith('@customer360/') && !/^\d+\.\d+\.\d+$/.test(version))
        .map(([name, version]) => `${file}: ${name} ${version}`);
    });
  expect(loose).toEqual([]);
  expect(files.filter((file) => /(^|\/)(package-lock\.json|yarn\.lock|pnpm-lock\.yaml)$/.test(file)).sort()).toEqual([
    'package-lock.json',
    'packages/bench/peers/package-lock.json',
  ]);
});

test.each(['package-lock.json', 'packages/bench/peers/package-lock.json'])(
  '%s names no place to download from',
  (file) => {
    expect(read(file)).not.toMatch(/"resolved": "https?:/);
  },
);
