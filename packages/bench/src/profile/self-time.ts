/** What Node writes with `--cpu-prof`, as far as it is read here. */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  /** Microseconds of the machine's monotonic clock. */
  startTime: number;
  samples: number[];
  timeDeltas: number[];
}

export interface SelfTime {
  /** `function  file:line`, or the file alone. */
  place: string;
  /** Of the time in which the process did something. */
  share: number;
}

/** The time spent in each function or file since a moment, without what it called; largest first. */
export function selfTimes(profile: CpuProfile, by: 'function' | 'file', since: number): SelfTime[] {
  const { nodes, startTime, samples, timeDeltas } = profile;
  const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame, by)]));
  const times = new Map<string, number>();
  let busy = 0;
  let now = startTime;
  samples.forEach((id, index) => {
    const time = timeDeltas[index] ?? 0;
    now += time;
    const place = places.get(id) ?? '';
    if (now < since || place === '(idle)' || place === '(root)') return;
    busy += time;
    times.set(place, (times.get(place) ?? 0) + time);
  });
  return [...times]
    .map(([place, time]) => ({ place, share: time / busy }))
    .sort((one, other) => other.share - one.share);
}

function placeOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame'], by: 'function' | 'file') {
  if (!url) return functionName || '(anonymous)';
  const file = url.replace(/^.*\/node_modules\//, '').replace(/^file:.*?\/((?:gateway|packages)\/)/, '$1');
  return by === 'file' ? file : `${functionName || '(anonymous)'}  ${file}:${lineNumber + 1}`;
}
