import { z } from 'zod';

const messageSchema = z.looseObject({
  channel: z.string(),
  id: z.string().optional(),
  clientId: z.string().optional(),
  subscription: z.union([z.string(), z.array(z.string())]).optional(),
  advice: z.looseObject({ timeout: z.number().optional() }).nullish(),
  ext: z.looseObject({ replay: z.union([z.record(z.string(), z.number()), z.boolean()]).optional() }).nullish(),
});

/** What a Bayeux client sends: one message or several. */
export const messagesSchema = z.union([z.array(messageSchema), messageSchema.transform((message) => [message])]);

export type Message = z.output<typeof messageSchema>;
export type Reply = Record<string, unknown>;

/** Every reply names the channel and repeats the id of its message. */
export const replyTo = ({ channel, id, clientId }: Message, more: Reply): Reply => ({
  channel,
  ...(id !== undefined && { id }),
  ...(clientId !== undefined && { clientId }),
  ...more,
});

export const refusal = (message: Message, error: string, reconnect: 'none' | 'handshake' | 'retry'): Reply =>
  replyTo(message, { error, successful: false, advice: { interval: 0, reconnect } });
