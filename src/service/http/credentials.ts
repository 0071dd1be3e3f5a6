/** The scheme of an `Authorization` header, in lower case, and what comes after it; RFC 9110, 11.4. */
export function credentials(authorization: string | undefined): [scheme: string, credential: string] {
  const [, scheme = '', credential = ''] = /^(\S+) +(\S+)$/.exec(authorization ?? '') ?? [];
  return [scheme.toLowerCase(), credential];
}

/** The two halves of a Basic credential, RFC 7617; what is not one gives empty texts. */
export function userAndPassword(credential: string): [user: string, password: string] {
  const text = Buffer.from(credential, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 1 ? ['', ''] : [text.slice(0, colon), text.slice(colon + 1)];
}
