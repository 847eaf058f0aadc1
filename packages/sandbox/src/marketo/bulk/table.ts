import { Refusal } from '../answers.ts';
import { isRecord } from '../parameters.ts';

const separators: Record<string, string> = { CSV: ',', TSV: '\t', SSV: ';' };

export type Cell = string | number | boolean | null;

/** How an export is written down. */
export interface Layout {
  format: string;
  header(name: string): string;
}

export function readLayout(body: Record<string, unknown>): Layout {
  const format = String(body.format ?? 'CSV').toUpperCase();
  if (!Object.hasOwn(separators, format)) throw new Refusal('1003', `Invalid value '${body.format}' for format`);
  const names = isRecord(body.columnHeaderNames) ? body.columnHeaderNames : {};
  return { format, header: (name) => String(names[name] ?? name) };
}

/** Lines of cells; what is null is written as the word. */
export function writeTable({ format, header }: Layout, columns: readonly string[], rows: Cell[][]): string {
  const separator = separators[format] ?? ',';
  const cell = (value: Cell) => {
    const text = value === null ? 'null' : String(value);
    return /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map(header), ...rows].map((cells) => cells.map(cell).join(separator));
  return `${lines.join('\n')}\n`;
}
