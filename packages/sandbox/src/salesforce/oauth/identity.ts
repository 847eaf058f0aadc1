import type { DatabaseSync } from 'node:sqlite';
import { organizationId, userId } from '../org.ts';
import type { Zone } from '../soql/zone.ts';

function readUser(db: DatabaseSync) {
  const row = db.prepare('SELECT username, name, email FROM sf_user WHERE id = ?').get(userId);
  const name = String(row?.name ?? '');
  const [first = '', ...rest] = name.split(' ');
  return { username: String(row?.username ?? ''), email: String(row?.email ?? ''), name, first, last: rest.join(' ') };
}

function urlsOf(origin: string) {
  const rest = `${origin}/services/data/v{version}/`;
  return {
    enterprise: `${origin}/services/Soap/c/{version}/${organizationId.slice(0, 15)}`,
    metadata: `${origin}/services/Soap/m/{version}/${organizationId.slice(0, 15)}`,
    partner: `${origin}/services/Soap/u/{version}/${organizationId.slice(0, 15)}`,
    rest,
    sobjects: `${rest}sobjects/`,
    search: `${rest}search/`,
    query: `${rest}query/`,
    recent: `${rest}recent/`,
    tooling_soap: `${origin}/services/Soap/T/{version}/${organizationId.slice(0, 15)}`,
    tooling_rest: `${rest}tooling/`,
    profile: `${origin}/${userId}`,
    feeds: `${rest}chatter/feeds`,
    groups: `${rest}chatter/groups`,
    users: `${rest}chatter/users`,
    feed_items: `${rest}chatter/feed-items`,
    feed_elements: `${rest}chatter/feed-elements`,
    custom_domain: origin,
  };
}

/** Without daylight saving. */
const winterOffset = ({ offsetMs }: Zone) => Math.min(offsetMs(Date.UTC(2026, 0, 1)), offsetMs(Date.UTC(2026, 6, 1)));

const locale = { language: 'en_US', locale: 'en_US' };

/** What the address in a token answer's `id` tells about the user. */
export function describeIdentity(db: DatabaseSync, origin: string, zone: Zone) {
  const user = readUser(db);
  return {
    id: `${origin}/id/${organizationId}/${userId}`,
    asserted_user: true,
    user_id: userId,
    organization_id: organizationId,
    username: user.username,
    nick_name: user.first,
    display_name: user.name,
    email: user.email,
    email_verified: true,
    first_name: user.first,
    last_name: user.last,
    timezone: zone.name,
    photos: {},
    addr_street: null,
    mobile_phone: null,
    mobile_phone_verified: false,
    is_lightning_login_user: false,
    status: { created_date: null, body: null },
    urls: urlsOf(origin),
    active: true,
    user_type: 'STANDARD',
    ...locale,
    utcOffset: winterOffset(zone),
    last_modified_date: '2026-01-01T00:00:00Z',
    is_app_installed: true,
  };
}

/** `GET /services/oauth2/userinfo`. */
export function describeUserInfo(db: DatabaseSync, origin: string, zone: Zone) {
  const user = readUser(db);
  return {
    sub: `${origin}/id/${organizationId}/${userId}`,
    user_id: userId,
    organization_id: organizationId,
    preferred_username: user.username,
    nickname: user.first,
    name: user.name,
    email: user.email,
    email_verified: true,
    given_name: user.first,
    family_name: user.last,
    zoneinfo: zone.name,
    photos: {},
    profile: `${origin}/${userId}`,
    picture: '',
    address: {},
    is_salesforce_integration_user: false,
    urls: urlsOf(origin),
    active: true,
    user_type: 'STANDARD',
    ...locale,
    utcOffset: winterOffset(zone),
    updated_at: '2026-01-01T00:00:00Z',
  };
}
