import type { Logged } from '../activities/log.ts';
import type { Reader } from '../rows.ts';
import type { Notice, Webhook } from './webhook.ts';

/** What the trigger campaigns of this instance wait for, besides being requested: activity types. */
const waitFor: Record<string, readonly number[]> = {
  'Welcome a new person': [12],
  'Score a form': [2],
};

/** Runs the active trigger campaigns that wait for what has just been logged. */
export function createTriggers(reader: Reader, webhook: () => Webhook): (entry: Logged) => void {
  return (entry) => {
    const { target } = webhook();
    if (!target) return;
    const campaigns = reader.all(
      "SELECT id, name, is_requestable FROM mk_campaign WHERE type = 'trigger' AND is_active = 1 ORDER BY id",
    );
    for (const { id, name, is_requestable } of campaigns) {
      const own = waitFor[String(name)] ?? [];
      const types = is_requestable === 1 ? own : (target.events ?? own);
      if (!types.includes(entry.typeId)) continue;
      webhook().call({
        campaign: { id: Number(id), name: String(name) },
        lead: personOf(reader, entry.leadId),
        tokens: {},
        trigger: {
          activityTypeId: entry.typeId,
          activityDate: entry.at,
          primaryAttributeValue: entry.primary[1],
          attributes: entry.attributes ?? {},
        },
      });
    }
  };
}

/** What a flow step can tell of a person; of one that is gone, the id alone. */
export function personOf(reader: Reader, id: number): Notice['lead'] {
  const [person] = reader.all('SELECT email, first_name, last_name FROM mk_lead WHERE id = ?', id);
  return { id, ...(person && { email: person.email, firstName: person.first_name, lastName: person.last_name }) };
}
