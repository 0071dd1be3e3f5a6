import type { MigrationProvider } from 'kysely';
import { studyCredit } from './0001-study-credit.ts';
import { documents } from './0002-documents.ts';
import { statementResource } from './0003-statement-resource.ts';
import { evidence } from './0004-evidence.ts';
import { roster } from './0005-roster.ts';
import { forwarding } from './0006-forwarding.ts';
import { months } from './0007-months.ts';
import { groups } from './0008-groups.ts';
import { pins } from './0009-pins.ts';
import { phoneLinks } from './0010-phone-links.ts';
import type { Dialect } from './dialect.ts';

/** All steps from an empty database to today's schema, by name; released steps are never edited. */
export function migrations(dialect: Dialect): MigrationProvider {
  return {
    getMigrations: () =>
      Promise.resolve({
        '0001-study-credit': studyCredit(dialect),
        '0002-documents': documents(dialect),
        '0003-statement-resource': statementResource(dialect),
        '0004-evidence': evidence(dialect),
        '0005-roster': roster(),
        '0006-forwarding': forwarding(),
        '0007-months': months(dialect),
        '0008-groups': groups(),
        '0009-pins': pins(),
        '0010-phone-links': phoneLinks(),
      }),
  };
}
