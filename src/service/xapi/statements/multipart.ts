import { MultipartParseError, parseMultipart, type MultipartPart } from '@remix-run/multipart-parser';
import { v4 } from 'uuid';
import { Problem } from '../../http/problems.ts';

/** Contents of files by their SHA-2, lower case hex. */
export type Files = ReadonlyMap<string, Buffer>;

/** A body of statements that came with files. */
export class StatementsWithFiles {
  /** JSON text. */
  readonly statements: string;
  readonly files: Files;

  constructor(statements: string, files: Files) {
    this.statements = statements;
    this.files = files;
  }
}

/** Octets of one file and of all parts together. */
const LARGEST_FILE = 5 * 1024 * 1024;
export const LARGEST_MULTIPART = 8 * 1024 * 1024;
const MOST_PARTS = 100;

/**
 * Reads a `multipart/mixed` body: the statements as JSON first, then files, each under its hash.
 *
 * Source: xAPI 1.0.3 Communication 1.5.2; RFC 2046, 5.1
 * @throws {@link Problem} 400, or 413 when it is too large.
 */
export function readMultipart(body: Buffer, contentType: string): StatementsWithFiles {
  const [first, ...rest] = parts(body, boundaryOf(contentType));
  if (!first || mediaType(first) !== 'application/json')
    throw badMultipart('The first part must hold the statements as application/json.');
  const files = new Map<string, Buffer>();
  for (const part of rest) {
    if (header(part, 'content-transfer-encoding').toLowerCase() !== 'binary')
      throw badMultipart('Each file needs a header Content-Transfer-Encoding: binary.');
    const hash = header(part, 'x-experience-api-hash').toLowerCase();
    if (hash === '') throw badMultipart('Each file needs a header X-Experience-API-Hash.');
    files.set(hash, Buffer.from(part.bytes));
  }
  return new StatementsWithFiles(Buffer.from(first.bytes).toString('utf8'), files);
}

function parts(body: Buffer, boundary: string): MultipartPart[] {
  // The library wants the first boundary at once; a line break or a preamble may come before it.
  const delimiter = `--${boundary}`;
  const start = body.indexOf(delimiter) === 0 ? 0 : body.indexOf(`\r\n${delimiter}`) + 2;
  try {
    return [
      ...parseMultipart(body.subarray(start), {
        boundary,
        maxFileSize: LARGEST_FILE,
        maxTotalSize: LARGEST_MULTIPART,
        maxParts: MOST_PARTS,
      }),
    ];
  } catch (error) {
    if (!(error instanceof MultipartParseError)) throw error;
    if (error.name.startsWith('Max')) throw new Problem(413, 'body-too-large', `${error.message}.`);
    throw badMultipart(`${error.message}.`);
  }
}

function boundaryOf(contentType: string): string {
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s";,]{1,70}))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined || !/^[\x20-\x7e]*$/.test(boundary))
    throw badMultipart('The Content-Type must say a boundary.');
  return boundary;
}

function mediaType(part: MultipartPart): string {
  return header(part, 'content-type').split(';')[0]!.trim().toLowerCase();
}

/** The library reads headers when they are asked for, and throws if they are no UTF-8. */
function header(part: MultipartPart, name: string): string {
  try {
    return part.headers[name] ?? '';
  } catch {
    throw badMultipart('The headers of a part cannot be read.');
  }
}

function badMultipart(detail: string): Problem {
  return new Problem(400, 'invalid-multipart', `Nothing was stored: ${detail}`);
}

/** A file to be sent. */
export interface File {
  contentType: string;
  /** SHA-2, hex. */
  sha2: string;
  content: Buffer;
}

/** Writes an answer with files as `multipart/mixed`. */
export function writeMultipart(json: string, files: readonly File[]): { contentType: string; body: Buffer } {
  const boundary = v4();
  const chunks: Buffer[] = [];
  const add = (headers: readonly string[], content: Buffer): void => {
    chunks.push(
      Buffer.from(`--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n`),
      content,
      Buffer.from('\r\n'),
    );
  };
  add(['Content-Type: application/json'], Buffer.from(json));
  for (const { contentType, sha2, content } of files)
    add(
      [`Content-Type: ${contentType}`, 'Content-Transfer-Encoding: binary', `X-Experience-API-Hash: ${sha2}`],
      content,
    );
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  return { contentType: `multipart/mixed; boundary=${boundary}`, body: Buffer.concat(chunks) };
}
