import { CompactSign } from 'jose';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkSignatures } from '../../../../../src/service/xapi/statements/signed-statements.ts';
import type { AnyStatement, Attachment } from '../../../../../src/service/xapi/statements/any-statement.ts';
import { signature, signedStatement } from './signed-fixture.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const sign = (payload: unknown, alg = 'RS256', header: object = {}): Promise<string> =>
  new CompactSign(Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)))
    .setProtectedHeader({ alg, ...header })
    .sign(alg === 'HS256' ? Buffer.from('x'.repeat(32)) : privateKey);

/** What is wrong with a signature. */
async function mistakes(statement: object, jws: string, more: Partial<Attachment> = {}): Promise<string[]> {
  const file = Buffer.from(jws);
  const sha2 = createHash('sha256').update(file).digest('hex');
  const attachment: Attachment = {
    usageType: 'http://adlnet.gov/expapi/attachments/signature',
    contentType: 'application/octet-stream',
    length: file.length,
    sha2,
    ...more,
  };
  const signed = { ...statement, attachments: [attachment] } as AnyStatement;
  const found = await checkSignatures(signed, new Map([[sha2, file]]), '/0');
  expect(found.every(({ path }) => path === '/0/attachments/0')).toBe(true);
  return found.map(({ message }) => message);
}

describe('2.6 Signed statements', () => {
  test.each(['RS256', 'RS384', 'RS512'])('%s is taken', async (alg) => {
    expect(await mistakes(signedStatement, await sign(signedStatement, alg))).toEqual([]);
  });

  test('what the sender may leave out or write otherwise is no difference', async () => {
    const { id, ...payload } = signedStatement;
    expect(await mistakes(signedStatement, await sign({ ...payload, attachments: [] }))).toEqual([]);
    expect(await mistakes({ ...signedStatement, id: id.toUpperCase() }, await sign(signedStatement))).toEqual(
      [],
    );
    const lasting = (duration: string) => ({ ...signedStatement, result: { duration } });
    expect(await mistakes(lasting('PT1H0.1237S'), await sign(lasting('PT1H0.12S')))).toEqual([]);
  });

  test('another algorithm, type or payload is not', async () => {
    const jws = await sign(signedStatement);
    expect(await mistakes(signedStatement, await sign(signedStatement, 'HS256'))).toEqual([
      'is signed with none of RS256, RS384, RS512',
    ]);
    expect(await mistakes(signedStatement, await sign(signedStatement, 'PS256'))).toHaveLength(1);
    expect(await mistakes(signedStatement, jws, { contentType: 'text/plain; charset=ascii' })).toHaveLength(
      1,
    );
    expect(await mistakes(signedStatement, jws, { sha2: 'ab'.repeat(32) })).toEqual([
      'is a signature: it must come with the statement',
    ]);
    for (const payload of [
      JSON.stringify(signedStatement).replace('"', "'"),
      { ...signedStatement, verb: { id: 'x:y' } },
    ])
      expect(await mistakes(signedStatement, await sign(payload))).toHaveLength(1);
    const other = { ...signedStatement, id: '02169e30-78b2-44cf-b820-6bce80fbd7c1' };
    expect(await mistakes(signedStatement, await sign(other))).toEqual([
      'is the signature of another statement',
    ]);
    for (const nonsense of ['', 'a.b.c', jws.split('.').slice(0, 2).join('.'), `${jws}.x`])
      expect(await mistakes(signedStatement, nonsense)).toEqual(['is not a valid signature']);
  });

  test('with a certificate the signature is verified', async () => {
    expect(await mistakes(signedStatement, signature)).toEqual([]);
    const [header, payload, mark] = signature.split('.');
    const broken = Buffer.from(mark!, 'base64url').reverse().toString('base64url');
    expect(await mistakes(signedStatement, [header, payload, broken].join('.'))).toEqual([
      'is not a valid signature',
    ]);
    const changed = { ...signedStatement, object: { id: 'https://lms.example/things/2' } };
    const forged = Buffer.from(JSON.stringify(changed)).toString('base64url');
    expect(await mistakes(changed, [header, forged, mark].join('.'))).toEqual(['is not a valid signature']);
    expect(
      await mistakes(signedStatement, await sign(signedStatement, 'RS256', { x5c: ['bm9uZQ=='] })),
    ).toHaveLength(1);
  });

  test('other attachments are none of its business', async () => {
    expect(await mistakes(signedStatement, 'x', { usageType: 'http://a.example/photo' })).toEqual([]);
  });
});
