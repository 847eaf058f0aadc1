import { type Answer, Refusal } from './answers.ts';
import { decodeToken, encodeToken } from './paging.ts';
import type { Parameters } from './parameters.ts';

/** Marks the page tokens that one instance gives away, so that they can become stale. */
export interface PageTokens {
  seal(answer: Answer): Answer;
  /** The parameters with the page token as `seal` found it. Reading a stale one throws a Refusal. */
  open(parameters: Parameters): Parameters;
  forget(): void;
}

export function createPageTokens(): PageTokens {
  let generation = 1;

  const open = (token: string): string => {
    const [given, ...parts] = decodeToken(token);
    if (given !== String(generation)) throw new Refusal('1003', 'Invalid value for nextPageToken');
    return encodeToken(parts);
  };

  return {
    seal(answer) {
      const { nextPageToken } = answer;
      if (nextPageToken === undefined) return answer;
      return { ...answer, nextPageToken: encodeToken([generation, ...decodeToken(nextPageToken)]) };
    },
    open(parameters) {
      const text = (name: string) => {
        const value = parameters.text(name);
        return name === 'nextPageToken' && value !== undefined ? open(value) : value;
      };
      const required = (name: string) =>
        name === 'nextPageToken' ? open(parameters.required(name)) : parameters.required(name);
      return { ...parameters, text, required };
    },
    forget() {
      generation += 1;
    },
  };
}
