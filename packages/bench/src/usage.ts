import { readFileSync } from 'node:fs';

/** What a process and its children used so far, read from outside. */
export interface Usage {
  cpuSeconds: number;
  /** Resident memory now. */
  memoryMb: number;
}

/** Linux counts processor time in hundredths of a second wherever Node runs. */
const ticksPerSecond = 100;

export function readUsage(pid: number): Usage {
  const usage = { cpuSeconds: 0, memoryMb: 0 };
  for (const each of withChildren(pid)) {
    // The name of a program, in brackets, may hold spaces: what follows it is counted.
    const [, ...fields] = readProc(each, 'stat').split(') ').at(-1)?.split(' ') ?? [];
    usage.cpuSeconds += (Number(fields[10]) + Number(fields[11])) / ticksPerSecond;
    usage.memoryMb += Number(/VmRSS:\s+(\d+)/.exec(readProc(each, 'status'))?.[1] ?? 0) / 1024;
  }
  return usage;
}

function withChildren(pid: number): number[] {
  const children = readProc(pid, `task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(withChildren)];
}

const readProc = (pid: number, file: string) => readFileSync(`/proc/${pid}/${file}`, 'utf8');
