import type { Answer } from '../answers.ts';
import { assets, assetTime, instantOf, Refusal } from '../answers.ts';
import { readOffset, readUpdated } from '../paging.ts';
import type { Parameters } from '../parameters.ts';
import { readInteger } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';
import type { Reader } from '../rows.ts';

type Row = Record<string, unknown>;

const path = '/rest/asset/v1/email';
/** Every email here has one section that can be edited. */
const section = 'edit_text_1';

export const emailRoutes: readonly Route[] = [
  { path: `${path}s.json`, operation: 'emails', answer: browse },
  { path: `${path}/byName.json`, operation: 'email', answer: byName },
  { path: `${path}/{id}.json`, operation: 'email', answer: byId },
  { path: `${path}/{id}/content.json`, operation: 'email:content', answer: content },
  { method: 'POST', path: `${path}/{id}/content/${section}.json`, operation: 'email:edit', answer: edit },
  { method: 'POST', path: `${path}/{id}/approveDraft.json`, operation: 'email:approve', answer: approve },
  // This company's pages are not made in Marketo.
  { path: '/rest/asset/v1/landingPages.json', operation: 'landingPages', answer: () => assets([]) },
];

const select = 'SELECT e.*, p.name AS program_name FROM mk_email e JOIN mk_program p ON p.id = e.program_id';

function browse({ reader, control }: Desk, parameters: Parameters): Answer {
  const { maxReturn, offset } = readOffset(parameters);
  const wanted = parameters.text('status');
  const rows = reader.all(
    `${select} WHERE e.updated_at >= ? AND e.updated_at <= ? ORDER BY e.id LIMIT ? OFFSET ?`,
    ...readUpdated(parameters),
    maxReturn,
    offset,
  );
  const shown = rows.map(toEmail).filter(({ status }) => wanted === undefined || status === wanted);
  return assets(control.scramble(shown));
}

function byName({ reader }: Desk, parameters: Parameters): Answer {
  return assets(reader.all(`${select} WHERE e.name = ?`, parameters.required('name')).map(toEmail));
}

function byId({ reader }: Desk, _: Parameters, id: string): Answer {
  return assets(reader.all(`${select} WHERE e.id = ?`, readInteger(id)).map(toEmail));
}

/** What is sent to people, unless the draft is asked for. */
function content({ reader }: Desk, parameters: Parameters, id: string): Answer {
  const email = known(reader, id);
  const draft = parameters.text('status') === 'draft';
  const value = [
    { type: 'HTML', value: (draft ? email.draft_html : null) ?? email.html },
    { type: 'Text', value: (draft ? email.draft_text : null) ?? email.text },
  ];
  return { result: [{ htmlId: section, value, contentType: 'Text' }] };
}

function edit({ reader, now }: Desk, parameters: Parameters, id: string): Answer {
  const email = known(reader, id);
  const type = parameters.required('type');
  if (type !== 'Text') throw new Refusal('709', `Content of type '${type}' does not fit the section`);
  const html = parameters.required('value');
  const draft = { draft_html: html, draft_text: parameters.text('textValue') ?? html.replace(/<[^>]*>/g, '') };
  reader.update('mk_email', { ...draft, updated_at: instantOf(now()) }, 'id = ?', Number(email.id));
  return { result: [{ id: email.id }] };
}

function approve({ reader, now }: Desk, _: Parameters, id: string): Answer {
  const email = known(reader, id);
  if (email.draft_html === null) throw new Refusal('709', 'The email has no draft');
  reader.run(
    'UPDATE mk_email SET html = draft_html, text = draft_text, draft_html = NULL, draft_text = NULL, updated_at = ? WHERE id = ?',
    instantOf(now()),
    Number(email.id),
  );
  return { result: [{ id: email.id }] };
}

function known(reader: Reader, id: string): Row {
  const [email] = reader.all(`${select} WHERE e.id = ?`, readInteger(id));
  if (!email) throw new Refusal('702', 'Email not found');
  return email;
}

const header = (value: unknown) => ({ type: 'Text', value });

function toEmail(row: Row) {
  return {
    id: row.id,
    name: row.name,
    description: '',
    createdAt: assetTime(String(row.created_at)),
    updatedAt: assetTime(String(row.updated_at)),
    url: `https://app-sandbox.marketo.com/#EM${row.id}A1`,
    subject: header(row.subject),
    fromName: header('Marketing'),
    fromEmail: header('marketing@example.com'),
    replyEmail: header('marketing@example.com'),
    folder: { type: 'Program', value: row.program_id, folderName: row.program_name },
    operational: false,
    textOnly: false,
    publishToMSI: false,
    webView: false,
    status: row.draft_html === null ? 'approved' : 'approved with draft',
    template: 1,
    workspace: 'Default',
    version: 2,
    autoCopyToText: false,
    preHeader: '',
  };
}
