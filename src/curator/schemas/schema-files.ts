import {
  countySchema,
  farmTalkIssueSchema,
  lessonSchema,
  playlistSchema,
} from '../../domain/catalogue/schema.ts';
import { policyBookSchema } from '../../domain/credit/policy-schema.ts';

/** The JSON Schemas of the county's files as other programs can use them: file name → text. */
export function schemaFiles(): Record<string, string> {
  const schemas = {
    county: countySchema,
    playlist: playlistSchema,
    lesson: lessonSchema,
    'farm-talk-issue': farmTalkIssueSchema,
    policy: policyBookSchema,
  };
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      `${name}.schema.json`,
      `${JSON.stringify(schema, null, 2)}\n`,
    ]),
  );
}
