/** Why a record cannot be written, in the words of a SOAP status detail; REST translates it. */
export class RecordProblem extends Error {
  /** A status code such as `INVALID_KEY_OR_REF`. */
  readonly code: string;
  /** The field that is wrong, as a path: `entity`, `item.items[0].item`. */
  readonly path: string | null;
  /** The value that was refused, where it is one. */
  readonly value: string | null;

  constructor(code: string, message: string, path: string | null = null, value: string | null = null) {
    super(message);
    this.code = code;
    this.path = path;
    this.value = value;
  }
}

export const userError = (message: string, path: string | null = null) =>
  new RecordProblem('USER_ERROR', message, path);

export const noSuchRecord = () => new RecordProblem('RCRD_DSNT_EXIST', 'That record does not exist.');

export const badReference = (path: string, key: string) => {
  const field = path.split('.').at(-1) ?? path;
  return new RecordProblem('INVALID_KEY_OR_REF', `Invalid ${field} reference key ${key}.`, path, key);
};
