import { withoutNulls } from '../answers.ts';
import { leadFields } from '../leads/fields.ts';
import type { Reader } from '../rows.ts';
import { toRecord } from '../rows.ts';
import type { Notice } from './webhook.ts';

/** How a value is written into a template: into an address, into JSON, or as it is. */
export type Encoding = 'url' | 'json' | 'plain';

const encoders: Record<Encoding, (text: string) => string> = {
  url: encodeURIComponent,
  json: (text) => JSON.stringify(text).slice(1, -1),
  plain: (text) => text,
};

/** Puts values in place of `{{lead.Email Address}}`, `{{campaign.name}}`, `{{trigger.Reason}}` and the program's own tokens. */
export function fillTemplate(template: string, notice: Notice, reader: Reader, encoding: Encoding): string {
  const lead = leadTokens(reader, notice.lead.id);
  const attributes = { ...notice.trigger?.attributes, Name: notice.trigger?.primaryAttributeValue };
  const groups: Record<string, Record<string, unknown>> = { lead, campaign: notice.campaign, trigger: attributes };
  return template.replaceAll(/\{\{(\w+)\.([^{}]+)\}\}/g, (token, group: string, name: string) => {
    const value = notice.tokens[token] ?? groups[group]?.[name] ?? '';
    return encoders[encoding](String(value));
  });
}

/** A person's values, by the names that users see and by those of the API. */
function leadTokens(reader: Reader, id: number): Record<string, unknown> {
  const [row] = reader.select({
    from: 'mk_lead l',
    cursor: 'l.id',
    fields: leadFields,
    where: 'l.id = ?',
    values: [id],
    limit: 1,
  });
  const record = row ? toRecord(row, leadFields) : { id };
  const shown = leadFields.map(({ name, displayName }) => [displayName, record[name]]);
  return withoutNulls({ ...Object.fromEntries(shown), ...record });
}
