import type { Generated } from 'kysely';

/**
 * The tables, the same on both databases. Moments are milliseconds since 1970, truths are 0 or 1, columns
 * named `json` or told so hold JSON text.
 */
export interface Database {
  boxes: BoxTable;
  statements: StatementTable;
  voids: VoidTable;
  statement_refs: StatementRefTable;
  statement_agents: StatementAgentTable;
  statement_activities: StatementActivityTable;
  attachments: AttachmentTable;
  statement_attachments: StatementAttachmentTable;
  activity_definitions: ActivityDefinitionTable;
  documents: DocumentTable;
  checkpoints: CheckpointTable;
  sessions: SessionTable;
  admissions: AdmissionTable;
  box_budgets: BoxBudgetTable;
  corrections: CorrectionTable;
  secrets: SecretTable;
  ledger: LedgerTable;
  forwarding: ForwardingTable;
  forwarding_quarantine: ForwardingQuarantineTable;
  villages: NamedTable;
  branches: BranchTable;
  homes: HomeTable;
  rooms: RoomTable;
  people: PersonTable;
  bindings: BindingTable;
  device_authorizations: DeviceAuthorizationTable;
  binding_cards: BindingCardTable;
  token_families: TokenFamilyTable;
  token_pairs: TokenPairTable;
  idempotency_keys: IdempotencyKeyTable;
  group_sessions: GroupSessionTable;
  group_check_ins: GroupCheckInTable;
  group_records: GroupRecordTable;
  group_corrections: GroupCorrectionTable;
  pins: PinTable;
  phone_sessions: PhoneSessionTable;
  phone_links: PhoneLinkTable;
  group_guests: GroupGuestTable;
  group_words: GroupWordsTable;
}

export interface BoxTable {
  box_id: string;
  /** SHA-256 of the box's key, hex. */
  key_hash: string;
  /** The default viewer of the box's home. */
  person: string;
  registered_at: number;
}

/** What boxes and integrations said; never changed. */
export interface StatementTable {
  /** Order of arrival. */
  seq: Generated<number>;
  id: string;
  /** The actor's identifier as one text, see `actor-key.ts`. */
  actor: string;
  /** The actor's account name, if it is one of the county's people. */
  person: string | null;
  verb: string;
  /** The object's IRI, if it is an activity. */
  activity: string | null;
  registration: string | null;
  session_id: string | null;
  happened_at: number;
  stored_at: number;
  json: string;
}

/** Statements that do not count any more: said again by a `voided` statement. xAPI 1.0.3 Data 2.3.2 */
export interface VoidTable {
  /** May name a statement that has not arrived yet. */
  statement_id: string;
  /** Id of the voiding statement. */
  voided_by: string;
  stored_at: number;
}

/** Statements whose object is another statement. */
export interface StatementRefTable {
  /** Of the statement that refers. */
  seq: number;
  /** Of the statement that refers. */
  id: string;
  target: string;
}

/** Agents and groups that a statement names beside its actor. */
export interface StatementAgentTable {
  /** See `actor-key.ts`. */
  agent: string;
  seq: number;
  /** 1 for the object and the members of actor and object, 0 for those that are only related. */
  direct: number;
}

/** Activities that a statement names beside its object. */
export interface StatementActivityTable {
  activity: string;
  seq: number;
}

/** Files that came with statements, once each. */
export interface AttachmentTable {
  /** SHA-2 of the content, hex. */
  sha2: string;
  content: Buffer;
  stored_at: number;
}

/** Which statements came with which files. */
export interface StatementAttachmentTable {
  statement_id: string;
  sha2: string;
}

/** What activities are, put together from all that was said of them. */
export interface ActivityDefinitionTable {
  activity: string;
  /** JSON. */
  definition: string;
  updated_at: number;
}

/** What programs keep with activities and agents, as they sent it. xAPI 1.0.3 Communication 2.2 */
export interface DocumentTable {
  /** SHA-256 of resource, agent and activity: they may be longer than a database's index takes. */
  set_key: string;
  /** Empty without one. */
  registration: string;
  /** `stateId` or `profileId`. */
  id: string;
  resource: string;
  /** See `actor-key.ts`. */
  agent: string | null;
  activity: string | null;
  content: Buffer;
  content_type: string;
  /** SHA-1 of the content, hex. */
  etag: string;
  updated_at: number;
}

/** The running account of watch sessions; never changed. */
export interface CheckpointTable {
  /** Order of arrival. */
  seq: Generated<number>;
  session_id: string;
  /** `seq` of the wire: 1, 2, 3 within the session. */
  number: number;
  registration: string;
  person: string;
  lesson_id: string;
  box_id: string | null;
  boot_id: string;
  /** Seconds. */
  mono: number;
  /** Played segments as the xAPI video profile writes them. */
  segments: string;
  rate: number;
  received_at: number;
  /** The nonce that came with it, and what came of that: a `NonceVerdict`. */
  nonce: string | null;
  nonce_verdict: string | null;
}

/** What is believed of each watch session: worked out from statements and checkpoints, can be rebuilt. */
export interface SessionTable {
  person: string;
  registration: string;
  session_id: string;
  lesson_id: string;
  mode: string;
  /** The lesson's length as the box said it, seconds. */
  length: number | null;
  last_at: number;
  /** Last arrival. */
  received_at: number;
  /** Whether nothing more is awaited: closed, or silent for long. */
  settled: number;
  /** `AcceptedSession`. */
  json: string;
  /** The box that last brought something of it; of old sessions not known. */
  box_id: string | null;
  started_at: number | null;
  /** Its newest `Admission`, as `admissions` has it. */
  admission: string | null;
}

/**
 * What was decided of sessions when their parts came in, by the service's clock and what else it knew then.
 * Lines are only added.
 */
export interface AdmissionTable {
  seq: Generated<number>;
  box_id: string | null;
  person: string;
  registration: string;
  session_id: string;
  at: number;
  /** JSON: `Slots` newly asked for, and granted of them. */
  asked: string;
  granted: string;
  /** JSON: the `Admission` that came of it. */
  json: string;
}

/** What boxes may still claim: follows from `admissions`, can be rebuilt. */
export interface BoxBudgetTable {
  /** `budgetKey`: the box, or the box and one of its people. */
  box_id: string;
  /** `BoxBudget`. */
  json: string;
}

/** What people entered into the ledger. Lines are only added. */
export interface CorrectionTable {
  seq: Generated<number>;
  /** Also the id of its ledger entry. */
  id: string;
  person: string;
  /** `CorrectionRequest`. */
  json: string;
  /** The program that handed it in. */
  program: string;
  made_at: number;
}

/** Random secrets of the service, the same for all its processes. */
export interface SecretTable {
  name: string;
  /** Hex. */
  secret: string;
}

/** What counts. Lines are only added; the database refuses to change or remove one. */
export interface LedgerTable {
  seq: Generated<number>;
  id: string;
  person: string;
  registration: string;
  lesson_id: string;
  /** Local year in which the deciding session began: a lesson counts once in it. */
  period: number;
  kind: string;
  mode: string;
  /** The lesson as it was judged: seconds, and its own threshold if it had one. */
  length: number;
  threshold: number | null;
  played_seconds: number;
  credited_seconds: number;
  hours: number;
  /** JSON: counted seconds by local day. */
  by_day: string;
  /** JSON: `RuleResult[]`. */
  rules: string;
  evidence: string;
  at: number;
  session_id: string;
  statement_id: string | null;
  policy_from: string;
  /** Entry that this one adds to. */
  corrects: string | null;
  /** The last statement and checkpoint that had arrived when it was decided. */
  statements_upto: number;
  checkpoints_upto: number;
  written_at: number;
  admissions_upto: number;
  /** `person` or `void` where it was not play that made the entry. */
  correction: string | null;
  reason: string | null;
  made_by: string | null;
}

/** How far statements have been passed on to another Learning Record Store. */
export interface ForwardingTable {
  /** Address of the store, without credentials. */
  target: string;
  /** `seq` of the statement up to which all are dealt with. */
  sent_upto: number;
  /** Statements that it has taken. */
  sent: number;
  last_sent_at: number | null;
  /** Failed attempts since the last success. */
  failures: number;
  /** What went wrong last, in short; `null` since the last success. */
  last_error: string | null;
  next_try_at: number;
  /** The process whose turn it is, and until when if it says nothing more. */
  owner: string | null;
  owned_until: number;
}

/** Statements that another Learning Record Store refused. */
export interface ForwardingQuarantineTable {
  target: string;
  seq: number;
  statement_id: string;
  /** Of HTTP. */
  status: number;
  /** What the other store said, shortened. */
  reason: string;
  quarantined_at: number;
  /** 1 if it is to be sent again. */
  again: number;
}

/** A part of the roster under the county's own id. */
export interface NamedTable {
  id: string;
  /** Of homes and people: personal data, read by integrations with the scope `roster` only. */
  name: string;
  updated_at: number;
}

export interface BranchTable extends NamedTable {
  village: string;
}

export interface HomeTable extends NamedTable {
  village: string;
}

export interface RoomTable extends NamedTable {
  village: string;
  branch: string | null;
}

export interface PersonTable extends NamedTable {
  /** One of the roles that the policy has a yearly target for. */
  role: string;
  branch: string | null;
  home: string | null;
}

/** Where a box stands: in a home or in a room. A box without a line is unbound. */
export interface BindingTable {
  box_id: string;
  home: string | null;
  room: string | null;
  bound_at: number;
  /** Name of the integration that confirmed it or issued the card. */
  bound_by: string;
}

/** A box that waits for somebody to confirm where it stands (RFC 8628). */
export interface DeviceAuthorizationTable {
  /** SHA-256 of the device code, hex. */
  device_hash: string;
  /** First half of the user code: finds it, so that wrong second halves can be counted. */
  prefix: string;
  /** SHA-256 of the whole user code, hex. */
  user_hash: string;
  box_id: string;
  status: 'pending' | 'approved' | 'denied';
  wrong_tries: number;
  interval_seconds: number;
  polled_at: number | null;
  expires_at: number;
}

/** A numeric card that binds one box, once. */
export interface BindingCardTable {
  /** First half of the number. */
  prefix: string;
  /** SHA-256 of the whole number, hex. */
  card_hash: string;
  home: string | null;
  room: string | null;
  wrong_tries: number;
  /** The box that used it. */
  box_id: string | null;
  /** Whether that box has used the tokens it got for it. */
  spent: number;
  issued_by: string;
  expires_at: number;
}

/** All tokens that follow from one binding of a box. */
export interface TokenFamilyTable {
  id: string;
  box_id: string;
  /** The generation whose tokens were last used; 0 before the first use. */
  generation: number;
  started_at: number;
}

/** An access token and a refresh token issued together. */
export interface TokenPairTable {
  /** SHA-256, hex. */
  refresh_hash: string;
  /** SHA-256, hex. */
  access_hash: string;
  family: string;
  generation: number;
  issued_at: number;
}

/** A request with an `Idempotency-Key`, under way or answered. */
export interface IdempotencyKeyTable {
  /** SHA-256 of caller, address and key, hex. */
  id: string;
  /** SHA-256 of the body, hex. */
  fingerprint: string;
  /** Who is at work on it. */
  owner: string;
  started_at: number;
  /** Encrypted with the key itself, which is not kept; `null` while it is under way. */
  answer: string | null;
}

/** A group session that is under way; gone once its record is there. */
export interface GroupSessionTable {
  id: string;
  box_id: string;
  room: string;
  /** Hex; the check-in codes follow from it. */
  secret: string;
  /** Session seconds at `seconds_at`, by the box's last word. */
  seconds: number;
  seconds_at: number;
  /** The first word of it. */
  opened_seconds: number;
  opened_at: number;
  wrong_codes: number;
}

/** Who has checked in to a group session on a phone. */
export interface GroupCheckInTable {
  session: string;
  person: string;
  /** Session second at which the code came on the screen. */
  seconds: number;
  /** The ticket it was done with, if any: good for one person. */
  ticket: string | null;
  received_at: number;
}

/** Finished group sessions and sheets of paper; never changed. */
export interface GroupRecordTable {
  session: string;
  kind: 'group' | 'paper';
  room: string;
  /** `box:…` or `integration:…`. */
  brought_by: string;
  happened_at: number;
  received_at: number;
  /** JSON: `GroupRecord` or `PaperRecord`, as it came. */
  json: string;
  /** JSON: `GroupAttendee[]`, those of the record and those whom only the service knew of. */
  attendees: string;
}

/** People added to a record later, or taken out of it. */
export interface GroupCorrectionTable {
  id: string;
  session: string;
  corrected_by: string;
  received_at: number;
  /** JSON: `{reason, add, remove}`. */
  json: string;
}

/** The PIN of a person. */
export interface PinTable {
  person: string;
  /** As `password-hash.ts` makes it. */
  pin_hash: string;
  /** In a row. */
  wrong_tries: number;
  /** No other try is looked at before. */
  locked_until: number;
  set_at: number;
}

/** A phone on which a person has signed in. */
export interface PhoneSessionTable {
  /** SHA-256 of the token, hex. */
  token_hash: string;
  person: string;
  expires_at: number;
}

/** A link that opens one thing for a while to whoever holds it: a TV shows it as a QR. */
export interface PhoneLinkTable {
  /** SHA-256 of the token, hex. */
  token_hash: string;
  /** `PhoneLinkKind` */
  kind: string;
  /** The person whose record, or the session whose minutes. */
  subject: string;
  expires_at: number;
}

/** People at a group session who are on no list and counted themselves on a phone: no name, no credit. */
export interface GroupGuestTable {
  session: string;
  /** The ticket it was done with: one guest each. */
  ticket: string;
  received_at: number;
}

/** The line of note of a group session as typed on a phone; the last one stands. */
export interface GroupWordsTable {
  id: string;
  session: string;
  words: string;
  /** `person:…`, or `link` by the link on the room's screen. */
  written_by: string;
  written_at: number;
}
