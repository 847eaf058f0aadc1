import { parseArgs } from 'node:util';
import { z } from 'zod';

/** What programs that are started find around them. */
export const inherited = process.env;

const workloadNames = ['deep', 'varying', 'small', 'kept', 'product'] as const;

const settings = z.object({
  /** The gateway, the stock gateway and the bare server only, and short. */
  quick: z.boolean(),
  json: z.boolean(),
  /** Whether the README's figures and plots are written anew. */
  write: z.boolean(),
  workloads: z.array(z.enum(workloadNames)).min(1),
  seconds: z.coerce.number().positive().max(60),
  rounds: z.coerce.number().int().min(1).max(20),
  connections: z.coerce.number().int().min(1).max(500),
});

export type BenchConfig = z.output<typeof settings>;

export const help = `npm run bench -- [options]
  --quick              this gateway, the stock gateway and a bare server, 2 s a run, 2 rounds; no peers installed
  --workloads <names>  of ${workloadNames.join(', ')}, separated by commas
  --seconds <n>        how long each run counts
  --rounds <n>         how often each candidate has its turn
  --connections <n>    how many ask at once, one request after the other
  --write              write README.md and its plots from this run
  --json               figures for programs
`;

/** @throws {z.ZodError | TypeError} for options that cannot be used */
export function readConfig(args: string[]): BenchConfig | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      workloads: { type: 'string' },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      connections: { type: 'string', default: '50' },
    },
  });
  if (values.help) return 'help';
  const { quick } = values;
  return settings.parse({
    ...values,
    workloads:
      values.workloads?.split(',') ?? (quick ? workloadNames.filter((name) => name !== 'product') : workloadNames),
    seconds: values.seconds ?? 2,
    rounds: values.rounds ?? (quick ? 2 : 3),
  });
}
