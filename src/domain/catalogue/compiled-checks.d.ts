/** A mistake, as ajv tells it. */
export interface CheckError {
  /** JSON pointer to the value; of a missing or unknown field, to what it stands in. */
  instancePath: string;
  keyword: string;
  message?: string;
  params: { additionalProperty?: string };
}

/** True for a value that holds to its schema; else `errors` has every mistake, until the next call. */
export interface Check {
  (value: unknown): boolean;
  errors?: CheckError[] | null;
}

export const county: Check;
export const playlist: Check;
export const lesson: Check;
export const farmTalkIssue: Check;
