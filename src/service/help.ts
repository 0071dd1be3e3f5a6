import { scopeNames } from './http/scopes.ts';
import { limitHelp } from './limit-options.ts';

const database = `  --data DIR         folder of the embedded database (data)`;
const databaseUrl = `  DATABASE_URL       postgres://user:password@host/database instead of the embedded database`;
const program = 'node build/service/main.js';

/** What `--help` says, by command; `serve` is also the general one. */
export const help = {
  serve: `Usage: ${program} [command] [options]

Serves the TV app, the county's content and the study-credit service on one port.

Commands (each has its own --help)
  serve              run the service; also without a command
  recompute          decide all credit anew from what was stored, tell where the ledger differs
  migrate            bring the database to this version's schema and end
  backup FILE        write the whole database to one file, while the service runs
  restore FILE       fill an empty database from such a file
  export KIND        statements, ledger or people, to standard output
  roster import FILE put villages, branches, homes, rooms and people from a CSV file into the roster
  roster export      write the roster as a CSV file to standard output
  hash-password      turn a password into what CREDIT_INTEGRATIONS may hold

Options
  --port NUMBER      port to listen on (8080)
  --host ADDRESS     address to listen on (127.0.0.1; 0.0.0.0 for all)
${database}
  --manifests DIR    folder of the county's content (media-manifests)
  --app DIR          folder of the built TV app (build/tv)
  --phone DIR        folder of the built phone pages (build/phone)
  --sample-roster FILE
                     CSV file put into an embedded database that has no roster yet
  --help             this text

Environment
${databaseUrl}
  CREDIT_INTEGRATION user:password of a program that may read and write all records
  CREDIT_INTEGRATIONS
                     JSON file of more programs: [{"user", "passwordHash" or "password", "scopes": [...]}];
                     scopes are ${scopeNames.join(', ').replace(/(.{60}\S*) /g, '$1\n                     ')}
${limitHelp}
  LOG_LEVEL          fatal, error, warn (default), info (a line for each request), debug
  FORWARD_LRS        https://user:password@host/xapi of another Learning Record Store that gets all statements
  FORWARD_VERBS      only statements with these verbs (IRIs, separated by spaces), beside voiding ones
  FORWARD_PROFILES   only statements with these category activities (IRIs, separated by spaces), likewise
  FORWARD_RETRY_SECONDS
                     seconds before the first new attempt, doubling up to 15 minutes (5)
  METRICS_TOKEN      bearer token that opens /metrics from other machines; this machine needs none
  DRAIN_SECONDS      how long /readyz says 503 before the port closes on SIGTERM (0)
`,
  recompute: `Usage: ${program} recompute [options]

Decides all credit anew from the stored statements and checkpoints, each entry from what had arrived when it
was written, and prints as JSON where the ledger differs. Changes nothing. Ends with 1 if it differs.

Options
${database}
  --manifests DIR    folder of the county's content (media-manifests)

Environment
${databaseUrl}
`,
  migrate: `Usage: ${program} migrate [options]

Brings the database to the schema of this version and prints the steps taken. The service does the same when
it starts; run this first where the service's own user may not change tables, or to see it done.

Options
${database}

Environment
${databaseUrl}
`,
  backup: `Usage: ${program} backup FILE [options]

Writes the whole database to FILE, which must not exist, and checks it before it gets that name. The service
may go on meanwhile. The embedded database becomes an SQLite file, PostgreSQL a pg_dump archive (custom
format; needs postgresql-client). The content folder is not in it: keep a copy of that as well.

Options
${database}

Environment
${databaseUrl}
`,
  restore: `Usage: ${program} restore FILE [options]

Fills an empty database from FILE, which "backup" wrote. Refuses if the database holds anything, and while a
service runs on the embedded one. PostgreSQL needs postgresql-client.

Options
${database}
  --force            throw away what the database holds now

Environment
${databaseUrl}
`,
  roster: `Usage: ${program} roster import FILE [--dry-run] [options]
       ${program} roster export [options]

Import: puts a CSV file (UTF-8 or GB18030) into the roster, all of it or, if anything is wrong, nothing; every
mistake is named by line and column. Lines that are not in the file stay as they are. A service may go on
meanwhile. Ends with 1 if the file was refused. Columns: kind,id,name,village,branch,home,role; README.md has
an example.
Export: writes the roster to standard output; "import" takes it back as it was.

Options
  --dry-run          import: only tell what would change
  --language NAME    of the words: zh-CN or en (zh-CN)
  --encoding NAME    export: utf-8 or gb18030 (utf-8)
${database}

Environment
${databaseUrl}
`,
  export: `Usage: ${program} export statements | ledger | people [options]

Writes to standard output, whatever the size: statements as xAPI JSON lines in the order in which they were
stored, the ledger as CSV in the order in which it was written, a branch's people as CSV with their hours in
a year and what their role asks for.

Options
  --since MOMENT     statements, ledger: from this date or time on, ISO 8601, UTC if it says no zone
  --until MOMENT     statements, ledger: before this one (now)
  --branch ID        people: of this branch
  --year YEAR        people: hours of this year (the current one)
  --names            people: with their names
  --bom              CSV that Excel opens by itself
${database}
  --manifests DIR    folder of the county's content, for its policy (media-manifests)

Environment
${databaseUrl}
`,
  'hash-password': `Usage: ${program} hash-password

Reads a password from standard input and prints its hash for CREDIT_INTEGRATIONS.
`,
} as const;
