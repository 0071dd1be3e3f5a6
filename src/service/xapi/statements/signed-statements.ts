import { base64url, compactVerify, decodeProtectedHeader, importX509 } from 'jose';
import type { StatementMistake } from '../../../domain/statements/statement-rules.ts';
import type { Attachment, AnyStatement } from './any-statement.ts';
import type { Files } from './multipart.ts';
import { sameStatement } from './same-statement.ts';

const SIGNATURE = 'http://adlnet.gov/expapi/attachments/signature';
const algorithms = ['RS256', 'RS384', 'RS512'];

/**
 * Checks the signatures of a statement: a JWS in its compact form whose payload is the statement before it was
 * signed. With a certificate in its header (`x5c`) the signature itself is verified; whether the one who holds
 * the certificate is to be trusted is not for this service to say.
 *
 * Source: xAPI 1.0.3 Data 2.6 "Signed Statements"; RFC 7515
 */
export async function checkSignatures(
  statement: AnyStatement,
  files: Files,
  path: string,
): Promise<StatementMistake[]> {
  const mistakes: StatementMistake[] = [];
  for (const [index, attachment] of (statement.attachments ?? []).entries()) {
    if (attachment.usageType !== SIGNATURE) continue;
    const message = await mistakeIn(attachment, statement, files);
    if (message !== undefined) mistakes.push({ path: `${path}/attachments/${index}`, message });
  }
  return mistakes;
}

async function mistakeIn(
  attachment: Attachment,
  statement: AnyStatement,
  files: Files,
): Promise<string | undefined> {
  if (attachment.contentType !== 'application/octet-stream')
    return 'is a signature: its content type must be "application/octet-stream"';
  const file = files.get(attachment.sha2.toLowerCase());
  if (!file) return 'is a signature: it must come with the statement';
  const jws = file.toString('latin1');
  try {
    const { alg = '', x5c } = decodeProtectedHeader(jws);
    if (!algorithms.includes(alg)) return `is signed with none of ${algorithms.join(', ')}`;
    const payload = x5c ? await verifiedPayload(jws, alg, x5c) : payloadOf(jws);
    const signed = JSON.parse(payload) as AnyStatement;
    if (!isSigned(signed, statement)) return 'is the signature of another statement';
  } catch {
    return 'is not a valid signature';
  }
  return undefined;
}

async function verifiedPayload(jws: string, alg: string, [certificate]: string[]): Promise<string> {
  const pem = `-----BEGIN CERTIFICATE-----\n${certificate ?? ''}\n-----END CERTIFICATE-----`;
  const { payload } = await compactVerify(jws, await importX509(pem, alg), { algorithms });
  return Buffer.from(payload).toString('utf8');
}

function payloadOf(jws: string): string {
  const [, payload = '', signature = '', ...rest] = jws.split('.');
  if (signature === '' || rest.length > 0) throw new Error('not a JWS in compact form');
  return Buffer.from(base64url.decode(payload)).toString('utf8');
}

function isSigned(signed: AnyStatement, statement: AnyStatement): boolean {
  if (signed.id !== undefined && signed.id.toLowerCase() !== statement.id?.toLowerCase()) return false;
  return sameStatement(unsigned(statement), unsigned(signed));
}

function unsigned({ attachments, ...statement }: AnyStatement): object {
  const others = (attachments ?? []).filter(({ usageType }) => usageType !== SIGNATURE);
  return others.length > 0 ? { ...statement, attachments: others } : statement;
}
