import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { readMultipart, writeMultipart } from '../../../../../src/service/xapi/statements/multipart.ts';

test('what is written is read back, whatever the octets', () => {
  const octets = fc
    .array(fc.constantFrom('\r\n', '--', 'x', '\0', '\u00ff', '\r', '\n'), { maxLength: 40 })
    .map((parts) => Buffer.from(parts.join(''), 'latin1'));
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.uniqueArray(octets, { selector: (one) => one.toString('hex') }),
      (value, contents) => {
        const json = JSON.stringify(value);
        const files = contents.map((content) => ({
          contentType: 'application/octet-stream',
          sha2: createHash('sha256').update(content).digest('hex'),
          content,
        }));
        const { contentType, body } = writeMultipart(json, files);
        const read = readMultipart(body, contentType);
        expect(read.statements).toBe(json);
        expect([...read.files]).toEqual(files.map(({ sha2, content }) => [sha2, content]));
      },
    ),
  );
});

test('headers that are no UTF-8 are refused', () => {
  const body = Buffer.from('--b\r\nContent-Type: \xff\r\n\r\n{}\r\n--b--', 'latin1');
  expect(() => readMultipart(body, 'multipart/mixed; boundary=b')).toThrow(
    'headers of a part cannot be read',
  );
});

test('any octets at all are read or refused with a code', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ maxLength: 20 }), (bytes, boundary) => {
      const body = Buffer.concat([Buffer.from(`--${boundary}\r\n`), bytes, Buffer.from(`--${boundary}--`)]);
      let code: unknown;
      try {
        readMultipart(body, `multipart/mixed; boundary=${boundary}`);
      } catch (error) {
        code = (error as { code?: unknown }).code;
      }
      expect(code).toMatch(/^(invalid-multipart|body-too-large)$/);
    }),
  );
});
