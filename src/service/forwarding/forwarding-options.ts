/** The other Learning Record Store, and which statements it is to have. */
export interface ForwardingOptions {
  /** Address of its xAPI, without a slash at the end and without a credential. */
  url: string;
  /** `Authorization` header. */
  authorization: string | undefined;
  /** Only statements with one of these verbs, beside the voiding ones; all if empty. */
  verbs: readonly string[];
  /** Only statements with one of these category activities, beside the voiding ones; all if empty. */
  profiles: readonly string[];
  /** Seconds before the first new attempt; doubles up to 15 minutes. */
  retrySeconds: number;
}
