import type { VendorReply } from '../../vendor/reply.ts';
import type { World } from '../../world/world.ts';
import type { Change } from '../records/store.ts';
import type { SObject } from '../schema/objects.ts';
import type { RunSoql } from '../soql/run.ts';
import type { Bus } from './bus.ts';
import { createBus } from './bus.ts';
import type { GapType } from './change-events.ts';
import { allChanges, changeChannels, createChangeEvents } from './change-events.ts';
import { isEvent, publishEvent } from './platform-events.ts';
import { createPushTopics } from './push-topics.ts';
import { createStreamingChannels } from './streaming-channels.ts';

/** Everything that the org publishes. */
export interface Push {
  bus: Bus;
  /** Publishes the changes of a transaction a moment after it. */
  changed(changes: Change[], origin: string): void;
  gap(object: SObject, ids: string[], type: GapType): void;
  event(name: string, body: unknown): VendorReply | undefined;
  /** Tells the listeners of a generic channel; undefined when there is none of that id. */
  tell(channelId: string, body: unknown): VendorReply | undefined;
  hasChannel(channel: string): boolean;
}

export interface PushOptions {
  world: World;
  run: RunSoql;
  now: () => number;
  /** How long after a write its events are published. */
  delayMs: number;
  /** How many changes of one transaction are told one by one; for the others there is one overflow event an object. */
  maxChanges: number;
}

export function createPush({ world, run, now, delayMs, maxChanges }: PushOptions): Push {
  const bus = createBus(now);
  const changeEvents = createChangeEvents(bus, maxChanges);
  const topics = createPushTopics(world.db, run, bus, now);
  const channels = createStreamingChannels(world.db, bus, now);
  const later = (work: () => void) => {
    setTimeout(work, delayMs).unref();
  };

  return {
    bus,
    changed(changes, origin) {
      const matches = topics.match(changes);
      const at = now();
      later(() => {
        changeEvents.publish(changes, origin, at);
        for (const publish of matches) publish();
      });
    },
    gap(object, ids, type) {
      const at = now();
      later(() => changeEvents.publishGap(object, ids, type, at));
    },
    event: (name, body) => publishEvent(bus, later, name, body),
    tell: channels.push,
    hasChannel(channel) {
      if (channel.startsWith('/u/')) return channels.has(channel);
      const [, family, name = ''] = /^\/(data|topic|event)\/(\w+)$/.exec(channel) ?? [];
      if (family === 'topic') return topics.has(name);
      if (family === 'event') return isEvent(name);
      return channel === allChanges || changeChannels.has(channel);
    },
  };
}
