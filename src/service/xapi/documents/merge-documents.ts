import { Problem } from '../../http/problems.ts';
import { nestsDeeper } from '../json-depth.ts';
import type { NewDocument } from './document-store.ts';

/**
 * What a POST makes of a document: the properties of the posted object replace those of the stored one, one
 * level deep. Where there is none, the posted one is stored as it is.
 *
 * @returns a 400 when one of them is not a JSON object.
 *
 * Sources: xAPI 1.0.3 Communication 2.2, "JSON Procedure"; xAPI 2.0 4.1.6
 */
export function mergeDocuments(stored: NewDocument | undefined, posted: NewDocument): NewDocument | Problem {
  if (!stored && !isJson(posted)) return posted;
  const added = jsonObject(posted);
  if (!added) return notMerged('The posted document is not a JSON object (application/json).');
  if (!stored) return posted;
  const there = jsonObject(stored);
  if (!there) return notMerged('The document that is there is not a JSON object (application/json).');
  return { content: Buffer.from(JSON.stringify({ ...there, ...added })), contentType: posted.contentType };
}

function isJson({ contentType }: NewDocument): boolean {
  return contentType.split(';', 1)[0]!.trim().toLowerCase() === 'application/json';
}

function jsonObject(document: NewDocument): object | undefined {
  if (!isJson(document)) return undefined;
  try {
    const value = JSON.parse(document.content.toString('utf8')) as unknown;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && !nestsDeeper(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function notMerged(detail: string): Problem {
  return new Problem(400, 'not-mergeable', detail);
}
