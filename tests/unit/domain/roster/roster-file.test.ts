import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRoster, rosterTable, type RosterLine } from '../../../../src/domain/roster/roster-file.ts';
import { personRoles, type Roster } from '../../../../src/domain/roster/roster.ts';

const nobody = { villages: new Map(), branches: new Map(), homes: new Map() };

/** Lines as they would come out of a file, numbered from 1. */
function lines(...texts: string[]): RosterLine[] {
  return texts.map((text, index) => ({ line: index + 1, cells: text.split(',') }));
}

const good = [
  '类别,编号,名称,村,支部,户,身份',
  '村,zy,枣园村,,,,',
  '支部,zy-b,枣园村党支部,zy,,,',
  '户,h1,王家,zy,,,',
  '活动室,zy-r,枣园村活动室,zy,zy-b,,',
  '人,p-1,王桂兰,,zy-b,h1,党员',
];

/** The problems of a good file with one line more. */
function problemsOf(line: string) {
  return readRoster(lines(...good, line), nobody).problems;
}

describe('a roster file', () => {
  test('with Chinese or English headings and words is read alike', () => {
    const english = [
      'Kind,id,name,village,branch,home,role',
      'village,zy,枣园村,,,,',
      'branch,zy-b,枣园村党支部,zy,,,',
      'home,h1,王家,zy,,,',
      'room,zy-r,枣园村活动室,zy,zy-b,,',
      'person,p-1,王桂兰,,zy-b,h1,party-member',
    ];
    const expected = {
      villages: [{ id: 'zy', name: '枣园村' }],
      branches: [{ id: 'zy-b', name: '枣园村党支部', village: 'zy' }],
      homes: [{ id: 'h1', name: '王家', village: 'zy' }],
      rooms: [{ id: 'zy-r', name: '枣园村活动室', village: 'zy', branch: 'zy-b' }],
      people: [{ id: 'p-1', name: '王桂兰', role: 'party-member', branch: 'zy-b', home: 'h1' }],
    };
    expect(readRoster(lines(...good), nobody)).toEqual({ roster: expected, problems: [] });
    expect(readRoster(lines(...english), nobody)).toEqual({ roster: expected, problems: [] });
  });

  test('may have its columns in any order, others left out, and speak of what is known already', () => {
    const { roster, problems } = readRoster(lines('身份,姓名,编号,支部,类别', '书记,赵德福,100101,zy-b,人'), {
      ...nobody,
      branches: new Map([['zy-b', 'zy']]),
    });
    expect(problems).toEqual([]);
    expect(roster.people).toEqual([
      { id: '100101', name: '赵德福', role: 'branch-secretary', branch: 'zy-b', home: null },
    ]);
  });

  test.each([
    ['队,x,某某,,,,', '类别', 'unknown-kind', '队'],
    [',x,某某,,,,', '类别', 'missing', ''],
    ['村,,某某,,,,', '编号', 'missing', ''],
    ['村,枣园,某某,,,,', '编号', 'bad-id', '枣园'],
    ['村,1.2E+10,某某,,,,', '编号', 'bad-id', '1.2E+10'],
    ['人,p2,张三,,,,群众', '编号', 'bad-id', 'p2'],
    ['人,13800138000,张三,,,,群众', '编号', 'id-tells', ''],
    ['人,id-11010519491231002X,张三,,,,群众', '编号', 'id-tells', ''],
    ['人,p-2,,,,,群众', '名称', 'missing', ''],
    [`人,p-2,${'张'.repeat(61)},,,,群众`, '名称', 'bad-name', '张'.repeat(61)],
    ['人,p-2,张三 138-0013-8000,,,,群众', '名称', 'name-tells', ''],
    ['人,p-2,=1+1,,,,群众', '名称', 'formula', '=1+1'],
    ['人,p-2,张三,,,,', '身份', 'missing', ''],
    ['人,p-2,张三,,,,干部', '身份', 'unknown-role', '干部'],
    ['人,p-2,张三,,,,党员', '支部', 'needs-branch', ''],
    ['人,p-2,张三,,none,,党员', '支部', 'no-such-branch', 'none'],
    ['人,p-2,张三,,,h9,群众', '户', 'no-such-home', 'h9'],
    ['人,p-2,张三,zy,,,群众', '村', 'must-be-empty', 'zy'],
    ['户,h2,李家,,,,', '村', 'missing', ''],
    ['户,h2,李家,lh,,,', '村', 'no-such-village', 'lh'],
    ['村,lh,柳河村,,,,党员', '身份', 'must-be-empty', '党员'],
  ])('%s: column %s, %s', (line, column, code, value) => {
    expect(problemsOf(line)).toEqual([{ line: 7, column, code, value }]);
  });

  test('names the line that has the same id', () => {
    expect(problemsOf('户,h1,李家,zy,,,')).toEqual([
      { line: 7, column: '编号', code: 'doubled-id', value: 'h1', otherLine: 4 },
    ]);
  });

  test('an id may stand for a home and a person', () => {
    expect(problemsOf('户,p-1,李家,zy,,,')).toEqual([]);
  });

  test("a room's branch is of its village", () => {
    const { problems } = readRoster(
      lines(...good, '村,lh,柳河村,,,,', '活动室,lh-r,柳河活动室,lh,zy-b,,'),
      nobody,
    );
    expect(problems).toEqual([{ line: 8, column: '支部', code: 'other-village', value: 'zy-b' }]);
  });

  test('all mistakes are named at once, in the order of lines', () => {
    const { problems } = readRoster(
      lines(...good, '人,p,张三13800138000,,none,h9,干部', '人,p-1,王桂兰,,zy-b,,党员', '某,,,,,,'),
      nobody,
    );
    expect(problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '7 bad-id',
      '7 name-tells',
      '7 unknown-role',
      '7 no-such-branch',
      '7 no-such-home',
      '8 doubled-id',
      '9 unknown-kind',
    ]);
  });

  test.each([
    [['类别,编号,名称,电话', '村,zy,枣园村,1'], { column: '电话', code: 'unknown-column', value: '电话' }],
    [['类别,编号,名称,id', '村,zy,枣园村,zy'], { column: 'id', code: 'doubled-column', value: 'id' }],
    [['类别,编号', '村,zy'], { column: '', code: 'missing-column', value: '名称' }],
    [['类别,编号,名称'], { column: '', code: 'no-lines', value: '' }],
    [[], { column: '', code: 'no-lines', value: '' }],
  ])('headings %j', (texts, problem) => {
    expect(readRoster(lines(...texts), nobody).problems).toContainEqual({ line: 1, ...problem });
  });

  test('a name with a comma outside quotes is found', () => {
    expect(problemsOf('村,x,某,某,,,,')).toContainEqual({
      ...{ line: 7, column: '村', code: 'must-be-empty', value: '某' },
    });
    expect(problemsOf('村,x,某村,,,,,多')).toEqual([
      { line: 7, column: '', code: 'too-many-cells', value: '' },
    ]);
  });
});

/** Rosters as they may be. */
const rosters: fc.Arbitrary<Roster> = fc
  .record({
    villages: fc.integer({ min: 1, max: 4 }),
    homes: fc.array(fc.nat(), { maxLength: 6 }),
    people: fc.array(fc.record({ role: fc.constantFrom(...personRoles), at: fc.nat(), home: fc.boolean() })),
    name: fc.stringMatching(/^[\u4e00-\u9fa5A-Za-z"，, ·]{1,20}$/).filter((name) => name.trim() === name),
  })
  .map(({ villages, homes, people, name }) => {
    const village = (at: number): string => `v${at % villages}`;
    const places = Array.from({ length: villages }, (_, at) => ({ id: village(at), name: `${name}${at}` }));
    return {
      villages: places,
      branches: places.map((place) => ({ ...place, id: `${place.id}-b`, village: place.id })),
      homes: homes.map((at, index) => ({ id: `h${index}`, name, village: village(at) })),
      rooms: places.map((place, at) => ({
        ...place,
        village: place.id,
        branch: at % 2 ? `${place.id}-b` : null,
      })),
      people: people.map(({ role, at, home }, index) => ({
        id: `p-${index}`,
        name,
        role,
        branch: role === 'villager' ? null : `${village(at)}-b`,
        home: home && homes.length > 0 ? `h${at % homes.length}` : null,
      })),
    };
  });

test('a roster written as a table is read back as it was', () => {
  fc.assert(
    fc.property(rosters, (roster) => {
      const table = rosterTable(roster).map((cells, index) => ({ line: index + 1, cells }));
      expect(readRoster(table, nobody)).toEqual({ roster, problems: [] });
    }),
  );
});
