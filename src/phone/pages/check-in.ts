import { call, Trouble } from '../shared/api.ts';
import { button, element, field, form, submit } from '../shared/dom.ts';
import { busy, step } from '../shared/step.ts';
import { chooseLanguage, t } from '../shared/words.ts';
import { parseTicket, type CheckInTicket } from '../../domain/groups/check-in-code.ts';

/** Checks one person in to a session of a room: the code on its screen, who it is, one yes. */

interface OpenRoom {
  session: string;
  room: string;
  village: string;
}

interface ListedPerson {
  id: string;
  masked: string;
  tail?: string;
  hasPin: boolean;
}

/** What the code was taken for: five minutes to find a name. */
interface Taken {
  session: string;
  ticket: string;
  room: string;
  people: ListedPerson[];
}

/** So many rooms fit on one list; more are asked for by village. */
const SHORT_LIST = 6;

/** Troubles that another code from the screen helps against. */
const wantsCode = [
  ...['code-wrong', 'code-too-old', 'ticket-wrong', 'ticket-too-old', 'ticket-used', 'too-many-guesses'],
];
/** Troubles after which there is no session to go on with. */
const wantsRoom = ['no-such-session', 'session-over'];

function askRoom(trouble?: unknown): void {
  step(
    ...([t('checkIn.room.title'), trouble, () => askRoom(trouble)] as const),
    element('p', { class: 'soft' }, t('checkIn.room.words')),
    button(t('checkIn.room.list'), listRooms, true),
  );
}

function listRooms(): void {
  void busy(async () => {
    const { rooms } = await call<{ rooms: OpenRoom[] }>('GET', 'phone/check-in/rooms');
    if (rooms.length > SHORT_LIST) chooseVillage(rooms);
    else chooseRoom(rooms);
  }, askRoom);
}

function chooseVillage(rooms: readonly OpenRoom[]): void {
  const villages = rooms.map(({ village }) => village).filter((one, at, all) => all.indexOf(one) === at);
  step(
    ...([t('checkIn.village.title'), undefined, () => chooseVillage(rooms)] as const),
    ...villages.map((village) =>
      button(village, () => chooseRoom(rooms.filter((one) => one.village === village))),
    ),
    button(t('back'), () => askRoom()),
  );
}

function chooseRoom(rooms: readonly OpenRoom[]): void {
  step(
    ...([t('checkIn.choose.title'), undefined, () => chooseRoom(rooms)] as const),
    rooms.length === 0 ? element('p', {}, t('checkIn.choose.none')) : undefined,
    ...rooms.map(({ session, room, village }) =>
      button(t('checkIn.choose.room', { village, room }), () => askCode(session)),
    ),
    button(t('back'), () => askRoom()),
  );
}

function askCode(session: string, trouble?: unknown, typed = ''): void {
  const { parts, input } = field({
    ...{ id: 'code', label: t('checkIn.code.label'), value: typed, keyboard: 'numeric' },
  });
  const go = (): void => {
    const code = input.value.replace(/\D/g, '');
    if (code.length !== 6) askCode(session, new Trouble('code-short'), input.value);
    else take({ sessionId: session, code });
  };
  step(
    ...([t('checkIn.code.title'), trouble, () => askCode(session, trouble, input.value)] as const),
    element('p', { class: 'soft' }, t('checkIn.code.words')),
    form(go, ...parts, submit(t('next'))),
    button(t('back'), () => askRoom()),
  );
}

/** The code is taken at once: it is gone from the screen in a moment, and a name is not found that fast. */
function take({ sessionId, step: shownStep, code }: CheckInTicket): void {
  const body = shownStep === undefined ? { code } : { code, step: shownStep };
  void busy(
    async () => {
      const taken = await call<Omit<Taken, 'session'>>('POST', `groups/sessions/${sessionId}/tickets`, {
        body,
      });
      choosePerson({ session: sessionId, ...taken });
    },
    onTrouble(sessionId, (trouble) => askCode(sessionId, trouble, code)),
  );
}

function choosePerson(taken: Taken, trouble?: unknown): void {
  const people = [...taken.people].sort((a, b) => nameOf(a).localeCompare(nameOf(b), 'zh-CN'));
  step(
    ...([t('checkIn.person.title'), trouble, () => choosePerson(taken, trouble)] as const),
    element('p', { class: 'soft' }, t('checkIn.person.words', { room: taken.room })),
    element(
      'div',
      { class: 'names' },
      ...people.map((person) => button(nameOf(person), () => confirmPerson(taken, person))),
    ),
    button(t('checkIn.person.guest'), () => confirmGuest(taken)),
  );
}

function confirmPerson(taken: Taken, person: ListedPerson, trouble?: unknown): void {
  const pin = person.hasPin
    ? field({ id: 'pin', label: t('checkIn.confirm.pin'), keyboard: 'numeric', secret: true })
    : undefined;
  const here = (failed: unknown): void => confirmPerson(taken, person, failed);
  const go = (): void => {
    const { id } = person;
    const typed = pin?.input.value.trim();
    if (typed !== undefined && !/^\d{4,6}$/.test(typed)) return here(new Trouble('pin-needed'));
    const body = { person: id, ticket: taken.ticket, ...(typed === undefined ? {} : { pin: typed }) };
    checkIn(taken, 'check-ins', body, () => done(taken.room, nameOf(person)), here);
  };
  step(
    ...([t('checkIn.confirm.title', { name: nameOf(person) }), trouble, () => here(trouble)] as const),
    element('p', { class: 'soft' }, t(pin ? 'checkIn.confirm.pinWords' : 'checkIn.confirm.words')),
    form(go, ...(pin?.parts ?? []), submit(t('checkIn.confirm.yes'))),
    button(t('checkIn.confirm.no'), () => choosePerson(taken)),
  );
}

function confirmGuest(taken: Taken, trouble?: unknown): void {
  const here = (failed: unknown): void => confirmGuest(taken, failed);
  const go = (): void =>
    checkIn(taken, 'guests', { ticket: taken.ticket }, () => guestDone(taken.room), here);
  step(
    ...([t('checkIn.guest.title'), trouble, () => here(trouble)] as const),
    element('p', { class: 'soft' }, t('checkIn.guest.words')),
    button(t('checkIn.guest.yes'), go, true),
    button(t('back'), () => choosePerson(taken)),
  );
}

function checkIn(
  { session }: Taken,
  kind: 'check-ins' | 'guests',
  body: object,
  onDone: () => void,
  here: (trouble: unknown) => void,
): void {
  void busy(
    async () => {
      await call('POST', `groups/sessions/${session}/${kind}`, { body });
      onDone();
    },
    onTrouble(session, here),
  );
}

function done(room: string, name: string): void {
  step(
    ...([t('checkIn.done.title'), undefined, () => done(room, name)] as const),
    element('p', { class: 'big' }, name),
    element('p', {}, t('checkIn.done.words', { room })),
  );
}

function guestDone(room: string): void {
  step(
    ...([t('checkIn.guestDone.title'), undefined, () => guestDone(room)] as const),
    element('p', {}, t('checkIn.guestDone.words', { room })),
  );
}

function onTrouble(session: string, here: (trouble: unknown) => void): (trouble: unknown) => void {
  return (trouble) => {
    const code = trouble instanceof Trouble ? trouble.code : '';
    if (wantsRoom.indexOf(code) >= 0) askRoom(trouble);
    else if (wantsCode.indexOf(code) >= 0) askCode(session, trouble);
    else here(trouble);
  };
}

function nameOf({ masked, tail }: ListedPerson): string {
  return tail === undefined ? masked : t('checkIn.tail', { name: masked, tail });
}

chooseLanguage();
const scanned = parseTicket(decodeURIComponent(location.hash.slice(1)));
// Going back or sharing the address must not bring an old code along.
history.replaceState(null, '', location.pathname);
if (scanned === undefined) askRoom();
else {
  step(t('checkIn.wait.title'), undefined, () => undefined, element('p', {}, t('checkIn.wait.words')));
  take(scanned);
}
