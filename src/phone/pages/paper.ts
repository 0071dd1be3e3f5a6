import { v4 } from 'uuid';
import { call, Trouble } from '../shared/api.ts';
import { button, element, field, form, submit } from '../shared/dom.ts';
import { chosen, select, ticks, withMistake } from '../shared/fields.ts';
import { localMoment } from '../shared/local-moment.ts';
import { asPerson, signOutButton, unlessSignedOut } from '../shared/sign-in.ts';
import { busy, step } from '../shared/step.ts';
import { chooseLanguage, languageNow, t, type WordKey } from '../shared/words.ts';

/** A sign-in sheet on paper is entered afterwards: when and where, what was studied, who signed. */

interface Named {
  id: string;
  name: string;
}

interface PaperForm {
  timeZone: string;
  rooms: (Named & { people: Named[] })[];
  playlists: { title: string; lessons: { id: string; title: string; minutes: number }[] }[];
}

/** The sheet as far as it is entered. Its ids stay the same when it is sent again. */
interface Sheet {
  id: string;
  room: string;
  day: string;
  time: string;
  sheet: string;
  playlist: number;
  lessons: Set<string>;
  showings: Record<string, string>;
  people: Set<string>;
  host: string;
  guests: string;
}

type FieldName = 'room' | 'day' | 'time' | 'sheet' | 'lessons' | 'people' | 'host' | 'guests';
type Mistakes = Partial<Record<FieldName, WordKey>>;

const heading = (): string => t('paper.title');

function begin(token: string): void {
  void busy(
    async () => {
      const choices = await call<PaperForm>('GET', `phone/paper?language=${languageNow()}`, { token });
      if (choices.rooms.length === 0)
        step(heading(), undefined, () => begin(token), element('p', {}, t('paper.noRooms')));
      else enter(token, choices, newSheet(choices), {});
    },
    unlessSignedOut(heading(), begin, (trouble) =>
      step(
        ...([heading(), trouble, () => begin(token)] as const),
        button(t('again'), () => begin(token), true),
        signOutButton(heading(), begin),
      ),
    ),
  );
}

function newSheet({ rooms }: PaperForm): Sheet {
  return {
    ...{ id: v4(), room: rooms[0]!.id, day: '', time: '', sheet: '', playlist: 0, host: '', guests: '0' },
    ...{ lessons: new Set(), showings: {}, people: new Set() },
  };
}

function enter(token: string, choices: PaperForm, sheet: Sheet, mistakes: Mistakes, trouble?: unknown): void {
  const again = (): void => enter(token, choices, sheet, mistakes, trouble);
  const room = choices.rooms.filter(({ id }) => id === sheet.room)[0]!;
  const playlist = choices.playlists[sheet.playlist];
  const said = (name: FieldName): string | undefined => {
    const key = mistakes[name];
    return key && t(key);
  };
  const keep = <Input extends { id: string; value: string }>(input: Input & EventTarget, name: keyof Sheet) =>
    input.addEventListener('change', () => Object.assign(sheet, { [name]: input.value }));

  const place = select('room', t('paper.room'), choices.rooms, sheet.room);
  place.input.addEventListener('change', () => {
    Object.assign(sheet, { room: place.input.value, people: new Set(), host: '' });
    enter(token, choices, sheet, {});
  });
  const day = chosen('day', t('paper.day'), 'date', sheet.day);
  const time = chosen('time', t('paper.time'), 'time', sheet.time);
  const name = field({ id: 'sheet', label: t('paper.sheet'), value: sheet.sheet, keyboard: 'text' });
  const guests = chosen('guests', t('paper.guests'), 'number', sheet.guests);
  const host = select(
    'host',
    t('paper.host'),
    [{ id: '', name: t('paper.choose') }, ...room.people],
    sheet.host,
  );
  const list = select(
    ...(['playlist', t('paper.playlist')] as const),
    choices.playlists.map(({ title }, index) => ({ id: String(index), name: title })),
    String(sheet.playlist),
  );
  list.input.addEventListener('change', () => {
    sheet.playlist = Number(list.input.value);
    enter(token, choices, sheet, {});
  });
  keep(day.input, 'day');
  keep(time.input, 'time');
  keep(name.input, 'sheet');
  keep(guests.input, 'guests');
  keep(host.input, 'host');
  const lessons = (playlist?.lessons ?? []).map(({ id, title, minutes }) => ({
    ...{ id, name: t('paper.lesson', { title, minutes }) },
  }));
  step(
    ...([heading(), trouble, again] as const),
    Object.keys(mistakes).length > 0
      ? element('p', { class: 'alarm', role: 'alert' }, t('paper.mistakes'))
      : undefined,
    element('p', { class: 'soft' }, t('paper.words')),
    form(
      () => send(token, choices, sheet),
      withMistake('room', place.parts, said('room')),
      withMistake('day', day.parts, said('day')),
      withMistake('time', time.parts, said('time')),
      withMistake('sheet', name.parts, said('sheet')),
      withMistake('playlist', list.parts),
      withMistake('lessons', [ticks(t('paper.lessons'), lessons, sheet.lessons)], said('lessons')),
      withMistake('host', host.parts, said('host')),
      withMistake('people', [ticks(t('paper.people'), room.people, sheet.people)], said('people')),
      withMistake('guests', guests.parts, said('guests')),
      submit(t('paper.send')),
    ),
    signOutButton(heading(), begin),
  );
}

/** What is not right before the service is asked, by field. */
function mistakesOf({ day, time, sheet, lessons, people, host, guests }: Sheet): Mistakes {
  return {
    ...(day === '' ? { day: 'paper.mistake.day' } : {}),
    ...(time === '' ? { time: 'paper.mistake.time' } : {}),
    ...(sheet.trim() === '' ? { sheet: 'paper.mistake.sheet' } : {}),
    ...(lessons.size === 0 ? { lessons: 'paper.mistake.lessons' } : {}),
    ...(host === '' ? { host: 'paper.mistake.host' } : {}),
    ...(people.size === 0 ? { people: 'paper.mistake.people' } : {}),
    ...(/^\d{1,3}$/.test(guests) && Number(guests) <= 200 ? {} : { guests: 'paper.mistake.guests' }),
  };
}

/** What the service found wrong, by field. */
function refusedFields(trouble: unknown): Mistakes {
  if (!(trouble instanceof Trouble)) return {};
  if (trouble.code === 'in-the-future') return { day: 'paper.mistake.future' };
  const fields: Mistakes = {};
  for (const { path } of trouble.fields) {
    if (path === '/sheet') fields.sheet = 'paper.mistake.sheetKnown';
    if (path === '/startedAt') fields.time = 'paper.mistake.timeKnown';
    if (path.indexOf('/lessons') === 0) fields.lessons = 'paper.mistake.lessonGone';
    if (path === '/guests') fields.guests = 'paper.mistake.guests';
  }
  return fields;
}

function send(token: string, choices: PaperForm, sheet: Sheet): void {
  const mistakes = mistakesOf(sheet);
  if (Object.keys(mistakes).length > 0) return enter(token, choices, sheet, mistakes);
  const all = choices.playlists.reduce<PaperForm['playlists'][number]['lessons']>(
    (some, { lessons }) => some.concat(lessons.filter(({ id }) => !some.some((one) => one.id === id))),
    [],
  );
  const lessons = all.filter(({ id }) => sheet.lessons.has(id));
  for (const { id } of lessons) sheet.showings[id] = sheet.showings[id] ?? v4();
  const body = {
    room: sheet.room,
    host: sheet.host,
    startedAt: new Date(localMoment(sheet.day, sheet.time, choices.timeZone)).toISOString(),
    lessons: lessons.map(({ id, minutes }) => ({ lessonId: id, showing: sheet.showings[id], minutes })),
    attendees: Array.from(sheet.people),
    guests: Number(sheet.guests),
    sheet: sheet.sheet.trim(),
  };
  void busy(
    async () => {
      const { attendees } = await call<{ attendees: number }>('PUT', `phone/paper/${sheet.id}`, {
        token,
        body,
      });
      done(token, attendees, body.guests);
    },
    unlessSignedOut(heading(), begin, (trouble) =>
      enter(token, choices, sheet, refusedFields(trouble), trouble),
    ),
  );
}

function done(token: string, attendees: number, guests: number): void {
  step(
    ...([t('paper.done.title'), undefined, () => done(token, attendees, guests)] as const),
    element(
      'p',
      {},
      t('paper.done.words', { attendees }),
      ...(guests > 0 ? [t('minutes.guests', { guests })] : []),
    ),
    element('p', { class: 'soft' }, t('paper.done.evidence')),
    button(t('paper.another'), () => begin(token), true),
    element('a', { class: 'button', href: 'branch' }, t('branch.title')),
  );
}

chooseLanguage();
asPerson(heading(), begin);
