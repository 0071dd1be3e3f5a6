import { v4 } from 'uuid';
import { call, Trouble } from '../shared/api.ts';
import { button, element, field, form, submit } from '../shared/dom.ts';
import { ticks, withMistake } from '../shared/fields.ts';
import { askSignIn, asPerson, signOutButton, unlessSignedOut } from '../shared/sign-in.ts';
import { busy, step } from '../shared/step.ts';
import { forgetToken, takeLink } from '../shared/token.ts';
import { chooseLanguage, languageNow, t } from '../shared/words.ts';
import { minutesSheet, type Minutes } from './minutes/minutes-sheet.ts';

/** The minutes of a session: read, printed, given a line of note, corrected with a reason. */

interface Named {
  id: string;
  name: string;
}

interface Listed {
  session: string;
  kind: 'open' | 'group' | 'paper';
  room: string;
  at: string;
  attendees: number;
}

interface SessionList {
  /** The county's. */
  timeZone: string;
  sessions: Listed[];
}

interface View {
  state: 'open' | 'recorded';
  room: string;
  words: string;
  mayCorrect: boolean;
  people?: Named[];
  minutes?: Minutes;
}

/** Which session's minutes, and by what right. */
interface Reader {
  token: string;
  /** Said by the link where there is one. */
  session?: string;
}

const heading = (): string => t('minutes.title');

function list(token: string): void {
  void busy(
    async () => {
      choose(token, await call<SessionList>('GET', 'phone/sessions', { token }));
    },
    onTrouble((trouble) =>
      step(
        ...([heading(), trouble, () => list(token)] as const),
        button(t('again'), () => list(token), true),
        signOutButton(heading(), list),
      ),
    ),
  );
}

function choose(token: string, known: SessionList): void {
  const { sessions, timeZone } = known;
  const dayOf = (at: string): string => new Date(at).toLocaleDateString(languageNow(), { timeZone });
  step(
    ...([heading(), undefined, () => choose(token, known)] as const),
    element('p', { class: 'soft' }, t(sessions.length === 0 ? 'minutes.none' : 'minutes.choose')),
    ...sessions.map(({ session, kind, room, at, attendees }) =>
      button(
        kind === 'open'
          ? t('minutes.listOpen', { room })
          : t('minutes.listed', { room, day: dayOf(at), attendees }),
        () => read({ token, session }),
      ),
    ),
    signOutButton(heading(), list),
  );
}

function query({ session }: Reader): string {
  return session === undefined ? '' : `?session=${session}`;
}

function read(reader: Reader): void {
  const again = (): void => read(reader);
  step(heading(), undefined, again, element('p', {}, t('minutes.wait')));
  void busy(
    async () => {
      const { token } = reader;
      show(reader, await call<View>('GET', `phone/minutes${query(reader)}`, { token }));
    },
    onTrouble((trouble) => step(heading(), trouble, again, button(t('again'), again, true))),
  );
}

function show(reader: Reader, view: View, trouble?: unknown, saved = false): void {
  const { minutes } = view;
  step(
    ...([heading(), trouble, () => show(reader, view, trouble, saved)] as const),
    minutes ? minutesSheet(minutes) : element('p', {}, t('minutes.open', { room: view.room })),
    saved ? element('p', { class: 'notice', role: 'status' }, t('minutes.saved')) : undefined,
    note(reader, view),
    minutes ? button(t('print'), () => window.print(), true) : button(t('minutes.look'), () => read(reader)),
    minutes ? element('p', { class: 'soft screen' }, t('minutes.wechat')) : undefined,
    view.mayCorrect && minutes
      ? button(t('minutes.correct'), () => correct(reader, view, minutes))
      : undefined,
    reader.session === undefined ? undefined : button(t('back'), () => list(reader.token)),
  );
}

function note(reader: Reader, view: View): HTMLElement {
  const { parts, input } = field({
    ...{ id: 'words', label: t('minutes.note'), value: view.words, keyboard: 'text' },
  });
  input.maxLength = 200;
  const save = (): void =>
    void busy(
      async () => {
        const words = input.value.trim();
        const { token } = reader;
        await call('PUT', `phone/minutes/words${query(reader)}`, { token, body: { words } });
        const minutes = view.minutes && { ...view.minutes, words };
        show(reader, { ...view, words, ...(minutes ? { minutes } : {}) }, undefined, true);
      },
      onTrouble((trouble) => show(reader, { ...view, words: input.value }, trouble)),
    );
  return form(save, ...parts, submit(t('minutes.save')));
}

interface Draft {
  id: string;
  reason: string;
  add: Set<string>;
  remove: Set<string>;
}

function correct(
  reader: Reader,
  view: View,
  minutes: Minutes,
  draft: Draft = { id: v4(), reason: '', add: new Set(), remove: new Set() },
  trouble?: unknown,
): void {
  const here = (failed?: unknown): void => correct(reader, view, minutes, draft, failed);
  const there = minutes.attendees.map(({ id }) => id);
  const others = (view.people ?? []).filter(({ id }) => there.indexOf(id) < 0);
  const reason = field({
    ...{ id: 'reason', label: t('minutes.correct.reason'), value: draft.reason, keyboard: 'text' },
  });
  const failing = (code: string): boolean => trouble instanceof Trouble && trouble.code === code;
  const go = (): void => {
    draft.reason = reason.input.value.trim();
    if (draft.add.size + draft.remove.size === 0) return here(new Trouble('nobody-chosen'));
    if (draft.reason === '') return here(new Trouble('no-reason'));
    const { id } = draft;
    const body = { id, reason: draft.reason, add: Array.from(draft.add), remove: Array.from(draft.remove) };
    void busy(async () => {
      await call('POST', `phone/minutes/corrections${query(reader)}`, { token: reader.token, body });
      read(reader);
    }, onTrouble(here));
  };
  step(
    ...([t('minutes.correct'), trouble, () => here(trouble)] as const),
    element('p', { class: 'soft' }, t('minutes.correct.words')),
    form(
      go,
      others.length > 0 ? ticks(t('minutes.correct.add'), others, draft.add) : undefined,
      ticks(t('minutes.correct.remove'), minutes.attendees, draft.remove),
      withMistake('reason', reason.parts, failing('no-reason') ? t('trouble.no-reason') : undefined),
      submit(t('minutes.correct.go')),
    ),
    button(t('back'), () => read(reader)),
  );
}

function onTrouble(here: (trouble: unknown) => void): (trouble: unknown) => void {
  return unlessSignedOut(heading(), list, (trouble) => {
    if (!(trouble instanceof Trouble) || trouble.code !== 'link-over') return here(trouble);
    forgetToken();
    askSignIn(heading(), list, trouble);
  });
}

chooseLanguage();
const link = takeLink();
if (link) read({ token: link.token });
else asPerson(heading(), list);
