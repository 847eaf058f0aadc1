/** A SOAP fault: the whole call fails with HTTP 500. */
export class SoapFault extends Error {
  /** The element in `detail`, such as `invalidCredentialsFault`. */
  readonly fault: string;
  readonly code: string;

  constructor(fault: string, code: string, message: string) {
    super(message);
    this.fault = fault;
    this.code = code;
  }
}

/** A business error: HTTP 200 with `isSuccess="false"` inside the result. */
export class StatusError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export const invalidLogin = () =>
  new SoapFault('invalidCredentialsFault', 'INVALID_LOGIN_CREDENTIALS', 'Invalid login attempt.');

/** One record of many that fails by itself, while the others succeed. */
export const unexpected = () => new StatusError('UNEXPECTED_ERROR', 'An unexpected error occurred.');

export const noSuchRecord = () => new StatusError('RCRD_DSNT_EXIST', 'That record does not exist.');
