/** One bar. */
export interface Bar {
  name: string;
  value: number;
  /** Whether it is ours, which is told by colour. */
  isOurs: boolean;
}

const width = 760;
const nameWidth = 310;
const barHeight = 22;
const gap = 8;
const top = 34;

/** A chart of horizontal bars as SVG, in colours that read on light and dark pages. */
export function plotBars(title: string, bars: readonly Bar[], print: (value: number) => string): string {
  const largest = Math.max(...bars.map(({ value }) => value));
  const room = width - nameWidth - 90;
  const rows = bars.map(({ name, value, isOurs }, index) => {
    const y = top + index * (barHeight + gap);
    const length = Math.max(1, (value / largest) * room);
    const middle = y + barHeight / 2 + 4;
    return [
      `<text x="${nameWidth - 8}" y="${middle}" text-anchor="end">${inXml(name)}</text>`,
      `<rect x="${nameWidth}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="3" fill="${isOurs ? '#2f7ed8' : '#9aa4b1'}"/>`,
      `<text x="${(nameWidth + length + 6).toFixed(1)}" y="${middle}">${print(value)}</text>`,
    ].join('\n');
  });
  const height = top + bars.length * (barHeight + gap) + 4;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${inXml(title)}">`,
    '<style>text { font: 13px system-ui, sans-serif; fill: #6b7685 } .title { font-weight: 600 }</style>',
    `<text class="title" x="8" y="18">${inXml(title)}</text>`,
    ...rows,
    '</svg>',
    '',
  ].join('\n');
}

const inXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
