import { isDefaultViewer } from './default-viewer.ts';
import { personRoles, type PersonRole, type Roster } from './roster.ts';

/**
 * The county's roster as a table, one line for each village, branch, home, room and person, as office staff
 * keep it in a spreadsheet. Nothing here knows of files: lines come in as cells.
 */

/** The columns in the order in which they are written, with every heading they are known by. */
export const rosterColumns = {
  kind: ['类别', '类型'],
  id: ['编号'],
  name: ['名称', '姓名', '姓名或名称'],
  village: ['村', '村编号'],
  branch: ['支部', '支部编号'],
  home: ['户', '户编号'],
  role: ['身份', '角色'],
} as const;

export type RosterColumn = keyof typeof rosterColumns;

export const rosterKinds = ['village', 'branch', 'home', 'room', 'person'] as const;

export type RosterKind = (typeof rosterKinds)[number];

const kindWords: Readonly<Record<RosterKind, readonly string[]>> = {
  village: ['村'],
  branch: ['支部', '党支部'],
  home: ['户', '家庭'],
  room: ['活动室'],
  person: ['人', '人员'],
};

const roleWords: Readonly<Record<PersonRole, readonly string[]>> = {
  'party-member': ['党员'],
  'branch-secretary': ['支部书记', '书记'],
  villager: ['群众', '村民'],
};

/** Which columns a line of each kind must fill, and which it may fill; all others stay empty. */
const columnsOf: Readonly<
  Record<RosterKind, { must: readonly RosterColumn[]; may: readonly RosterColumn[] }>
> = {
  village: { must: [], may: [] },
  branch: { must: ['village'], may: [] },
  home: { must: ['village'], may: [] },
  room: { must: ['village'], may: ['branch'] },
  person: { must: ['role'], may: ['branch', 'home'] },
};

/** One line of the file: its number as an editor counts, and its cells. */
export interface RosterLine {
  line: number;
  cells: readonly string[];
}

/** What is wrong at one place of the file; `code` chooses the words, the rest goes into them. */
export interface RosterProblem {
  /** 1 is the line of headings. */
  line: number;
  /** The heading as the file has it; empty where the whole line is meant. */
  column: string;
  code: RosterProblemCode;
  /** What stands there, or should. */
  value: string;
  /** Another line that it is about. */
  otherLine?: number;
}

export type RosterProblemCode =
  | 'no-lines'
  | 'unknown-column'
  | 'doubled-column'
  | 'missing-column'
  | 'too-many-cells'
  | 'unknown-kind'
  | 'unknown-role'
  | 'missing'
  | 'must-be-empty'
  | 'bad-id'
  | 'id-tells'
  | 'doubled-id'
  | 'bad-name'
  | 'name-tells'
  | 'formula'
  | 'no-such-village'
  | 'no-such-branch'
  | 'no-such-home'
  | 'other-village'
  | 'needs-branch';

/** What the roster has already, so that a file may speak of it without repeating it. */
export type KnownPlaces = Readonly<Record<'villages' | 'branches' | 'homes', ReadonlyMap<string, string>>>;

type Cells = Readonly<Record<RosterColumn, string>>;

interface Row {
  line: number;
  kind: RosterKind;
  cells: Cells;
}

/**
 * Reads the table. All lines are looked at, so that one reading names everything that has to be mended.
 *
 * @param known ids of villages, branches and homes that need not be in the file; branches and homes with the
 *   village they are in.
 * @returns the roster of the file, to be used only if there are no problems.
 */
export function readRoster(
  lines: readonly RosterLine[],
  known: KnownPlaces,
): { roster: Roster; problems: RosterProblem[] } {
  const problems: RosterProblem[] = [];
  const [heading, ...rest] = lines;
  const columns = heading ? readHeading(heading, problems) : undefined;
  if (!columns) {
    if (!heading) problems.push({ line: 1, column: '', code: 'no-lines', value: '' });
    return { roster: rosterOf([]), problems };
  }
  if (rest.length === 0) problems.push({ line: heading!.line, column: '', code: 'no-lines', value: '' });
  const rows = rest
    .map((line) => readRow(line, columns, problems))
    .filter((row): row is Row => row !== undefined);
  checkIds(rows, columns, problems);
  checkPlaces(rows, known, columns, problems);
  problems.sort((a, b) => a.line - b.line);
  return { roster: rosterOf(rows), problems };
}

/** The table of a roster, headings first: what {@link readRoster} reads back as it was. */
export function rosterTable(roster: Roster): string[][] {
  const columns = Object.keys(rosterColumns) as RosterColumn[];
  const line = (cells: Partial<Cells>): string[] => columns.map((column) => cells[column] ?? '');
  return [
    columns,
    ...roster.villages.map(({ id, name }) => line({ kind: 'village', id, name })),
    ...roster.branches.map((branch) => line({ kind: 'branch', ...branch })),
    ...roster.homes.map((home) => line({ kind: 'home', ...home })),
    ...roster.rooms.map((room) => line({ kind: 'room', ...room, branch: room.branch ?? '' })),
    ...roster.people.map((person) =>
      line({ kind: 'person', ...person, branch: person.branch ?? '', home: person.home ?? '' }),
    ),
  ];
}

/** Where each column is, and how the file calls it. */
interface Columns {
  at: ReadonlyMap<RosterColumn, number>;
  heading(column: RosterColumn): string;
  count: number;
}

function readHeading({ line, cells }: RosterLine, problems: RosterProblem[]): Columns | undefined {
  const names = Object.keys(rosterColumns) as RosterColumn[];
  const at = new Map<RosterColumn, number>();
  const before = problems.length;
  cells.forEach((cell, index) => {
    const word = cell.trim();
    if (word === '') return;
    const column = names.find(
      (name) => name === word.toLowerCase() || (rosterColumns[name] as readonly string[]).includes(word),
    );
    if (!column) problems.push({ line, column: word, code: 'unknown-column', value: word });
    else if (at.has(column)) problems.push({ line, column: word, code: 'doubled-column', value: word });
    else at.set(column, index);
  });
  for (const column of ['kind', 'id', 'name'] as const)
    if (!at.has(column))
      problems.push({ line, column: '', code: 'missing-column', value: rosterColumns[column][0] });
  if (problems.length > before) return undefined;
  return {
    at,
    heading: (column) => cells[at.get(column) ?? -1]?.trim() ?? rosterColumns[column][0],
    count: cells.length,
  };
}

function readRow({ line, cells }: RosterLine, columns: Columns, problems: RosterProblem[]): Row | undefined {
  const cell = (column: RosterColumn): string => cells[columns.at.get(column) ?? -1]?.trim() ?? '';
  const problem = (column: RosterColumn, code: RosterProblemCode, value = cell(column)): void => {
    problems.push({ line, column: columns.heading(column), code, value });
  };
  if (cells.slice(columns.count).some((extra) => extra.trim() !== '')) {
    problems.push({ line, column: '', code: 'too-many-cells', value: '' });
    return undefined;
  }
  const kind = meaning(cell('kind'), rosterKinds, kindWords);
  if (!kind) {
    problem('kind', cell('kind') === '' ? 'missing' : 'unknown-kind');
    return undefined;
  }
  checkId(cell('id'), kind, problem);
  checkName(cell('name'), problem);
  const { must, may } = columnsOf[kind];
  for (const column of ['village', 'branch', 'home', 'role'] as const) {
    if (must.includes(column) && cell(column) === '') problem(column, 'missing');
    if (!must.includes(column) && !may.includes(column) && cell(column) !== '')
      problem(column, 'must-be-empty');
  }
  const role = meaning(cell('role'), personRoles, roleWords);
  if (kind === 'person' && cell('role') !== '' && !role) problem('role', 'unknown-role');
  if (kind === 'person' && role && role !== 'villager' && cell('branch') === '')
    problem('branch', 'needs-branch');
  const { id, name, village, branch, home } = {
    ...{ id: cell('id'), name: cell('name') },
    ...{ village: cell('village'), branch: cell('branch'), home: cell('home') },
  };
  return { line, kind, cells: { kind, id, name, village, branch, home, role: role ?? '' } };
}

type Report = (column: RosterColumn, code: RosterProblemCode, value?: string) => void;

/** As the service has ids in addresses and statements. */
const idFormat = /^[A-Za-z0-9_-]{1,64}$/;
const personIdFormat = /^[A-Za-z0-9_-]{3,64}$/;
/** A mobile or an identity-card number, alone or inside. */
const personalNumber = /1[3-9]\d{9}|\d{17}[\dXx]/;

function checkId(id: string, kind: RosterKind, problem: Report): void {
  if (id === '') problem('id', 'missing');
  else if (!(kind === 'person' ? personIdFormat : idFormat).test(id) || isDefaultViewer(id))
    problem('id', 'bad-id');
  // Of places too: an id is in addresses.
  else if (personalNumber.test(id)) problem('id', 'id-tells', '');
}

const LONGEST_NAME = 60;

function checkName(name: string, problem: Report): void {
  if (name === '') problem('name', 'missing');
  else if (name.length > LONGEST_NAME || /[\u0000-\u001f\u007f\ufffd]/.test(name))
    problem('name', 'bad-name');
  else if (/\d{7}/.test(name.replace(/[\s-]/g, ''))) problem('name', 'name-tells', '');
  // A spreadsheet that opens an export would work it out.
  else if (/^[=+\-@]/.test(name)) problem('name', 'formula');
}

function checkIds(rows: readonly Row[], columns: Columns, problems: RosterProblem[]): void {
  const first = new Map<string, number>();
  for (const { line, kind, cells } of rows) {
    const key = `${kind} ${cells.id}`;
    const otherLine = first.get(key);
    if (otherLine === undefined) first.set(key, line);
    else if (cells.id !== '')
      problems.push({ line, column: columns.heading('id'), code: 'doubled-id', value: cells.id, otherLine });
  }
}

/** That what a line refers to is there, and that a room's branch is of the room's village. */
function checkPlaces(
  rows: readonly Row[],
  known: KnownPlaces,
  columns: Columns,
  problems: RosterProblem[],
): void {
  const places = (kind: RosterKind, before: ReadonlyMap<string, string>): Map<string, string> =>
    new Map([
      ...before,
      ...rows.filter((row) => row.kind === kind).map(({ cells }) => [cells.id, cells.village] as const),
    ]);
  const there = {
    village: places('village', known.villages),
    branch: places('branch', known.branches),
    home: places('home', known.homes),
  };
  const codes = {
    village: 'no-such-village',
    branch: 'no-such-branch',
    home: 'no-such-home',
  } as const;
  for (const { line, kind, cells } of rows) {
    const { must, may } = columnsOf[kind];
    for (const column of ['village', 'branch', 'home'] as const) {
      const id = cells[column];
      if (id === '' || (!must.includes(column) && !may.includes(column))) continue;
      if (!there[column].has(id))
        problems.push({ line, column: columns.heading(column), code: codes[column], value: id });
    }
    const branchVillage = there.branch.get(cells.branch);
    if (kind === 'room' && branchVillage !== undefined && branchVillage !== cells.village)
      problems.push({ line, column: columns.heading('branch'), code: 'other-village', value: cells.branch });
  }
}

function rosterOf(rows: readonly Row[]): Roster {
  const of = (kind: RosterKind): Cells[] => rows.filter((row) => row.kind === kind).map(({ cells }) => cells);
  const named = ({ id, name }: Cells) => ({ id, name });
  return {
    villages: of('village').map(named),
    branches: of('branch').map((cells) => ({ ...named(cells), village: cells.village })),
    homes: of('home').map((cells) => ({ ...named(cells), village: cells.village })),
    rooms: of('room').map((cells) => ({
      ...named(cells),
      village: cells.village,
      branch: cells.branch || null,
    })),
    people: of('person').map((cells) => ({
      ...named(cells),
      role: cells.role as PersonRole,
      branch: cells.branch || null,
      home: cells.home || null,
    })),
  };
}

/** The meaning of a word in a cell, said in English or Chinese. */
function meaning<Name extends string>(
  word: string,
  names: readonly Name[],
  words: Readonly<Record<Name, readonly string[]>>,
): Name | undefined {
  return names.find((name) => name === word.toLowerCase() || words[name].includes(word));
}
