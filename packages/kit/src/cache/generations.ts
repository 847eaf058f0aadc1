import { randomBytes } from 'node:crypto';

const nonce = randomBytes(9).toString('base64url');
let counter = 0;

/** A generation that no process has ever used, so that one which was forgotten never comes back. */
export const newGeneration = () => `${nonce}.${(counter++).toString(36)}`;

/** What stands for the state of all tags of a key. */
export const joinGenerations = (generations: readonly string[]) => generations.join(',');
