import { call, Trouble } from '../shared/api.ts';
import { button, element } from '../shared/dom.ts';
import { askSignIn, asPerson, signOutButton, unlessSignedOut } from '../shared/sign-in.ts';
import { busy, step } from '../shared/step.ts';
import { forgetToken, takeLink, type Opened } from '../shared/token.ts';
import { chooseLanguage, languageNow, t } from '../shared/words.ts';
import { hoursText } from '../../domain/text/durations.ts';

/** A person's own record of a year: every line with its source, what does not count and what to do, as a file. */

interface RecordView {
  name: string;
  role: string;
  year: number;
  today: string;
  lastSeen: string | null;
  hours: number;
  target: { hours: number; reached: number } | null;
  lines: {
    day: string;
    lesson: string;
    mode: string;
    source: string;
    minutes: number;
    hours: number;
    correction: string | null;
  }[];
  pending: {
    day: string;
    lesson: string;
    mode: string;
    summary: string;
    reasons: { text: string; next: string }[];
  }[];
}

const heading = (): string => t('record.title');

/** @param year this one if left out */
function read(opened: Opened, year?: number): void {
  const query = `language=${languageNow()}${year === undefined ? '' : `&year=${year}`}`;
  const again = (): void => read(opened, year);
  step(heading(), undefined, again, element('p', {}, t('record.wait')));
  void busy(
    async () => {
      const { token } = opened;
      const view = await call<RecordView>('GET', `phone/my-record?${query}`, { token });
      record(opened, view, query, year);
    },
    onTrouble((trouble) => step(heading(), trouble, again, button(t('again'), again, true))),
  );
}

function record(opened: Opened, view: RecordView, query: string, asked?: number, trouble?: unknown): void {
  const here = (failed: unknown): void => record(opened, view, query, asked, failed);
  const thisYear = Number(view.today.slice(0, 4));
  const other = view.year === thisYear ? thisYear - 1 : thisYear;
  const download = (kind: 'pdf' | 'csv'): void =>
    void busy(async () => {
      const { token } = opened;
      const files = await call<{ pdf: string; csv: string }>('POST', `phone/my-record/files?${query}`, {
        token,
      });
      for (const one of Array.from(document.querySelectorAll('button'))) one.disabled = false;
      location.assign(`..${files[kind]}`);
    }, onTrouble(here));
  step(
    ...([t('record.year', { year: view.year }), trouble, () => read(opened, asked)] as const),
    element('p', {}, view.name === '' ? t('record.nobody') : `${view.name} ${view.role}`),
    sums(view),
    opened.waiting > 0
      ? element('p', { class: 'notice' }, t('record.waiting', { count: opened.waiting }))
      : undefined,
    button(t('record.pdf'), () => download('pdf'), true),
    button(t('record.csv'), () => download('csv')),
    element('p', { class: 'soft' }, t('record.wechat')),
    element('h2', {}, t('record.lines')),
    view.lines.length === 0 ? element('p', { class: 'soft' }, t('record.noLines')) : undefined,
    element('ul', { class: 'list' }, ...view.lines.map(line)),
    element('h2', {}, t('record.pending')),
    view.pending.length === 0 ? element('p', { class: 'soft' }, t('record.noPending')) : undefined,
    element('ul', { class: 'list' }, ...view.pending.map(pendingLine)),
    element(
      'p',
      { class: 'soft' },
      view.lastSeen === null ? t('record.neverSeen') : t('record.lastSeen', { day: view.lastSeen }),
    ),
    button(t('record.otherYear', { year: other }), () => read(opened, other)),
    opened.token.startsWith('phone_')
      ? signOutButton(heading(), (token) => read({ token, waiting: 0 }))
      : undefined,
  );
}

function sums({ hours, target }: RecordView): HTMLElement {
  return element(
    'div',
    { class: 'card' },
    element('p', { class: 'big' }, t('record.hours', { hours: hoursText(hours) })),
    target
      ? element('p', {}, t('record.target', { hours: target.hours, reached: hoursText(target.reached) }))
      : undefined,
  );
}

function line({
  day,
  lesson,
  mode,
  source,
  minutes,
  hours,
  correction,
}: RecordView['lines'][number]): HTMLElement {
  return element(
    'li',
    {},
    element('p', { class: 'what' }, lesson),
    element('p', {}, t('record.line', { day, mode, minutes, hours: hoursText(hours) })),
    element('p', { class: 'soft' }, t('record.source', { source })),
    correction === null ? undefined : element('p', { class: 'notice' }, correction),
  );
}

function pendingLine({ day, lesson, mode, summary, reasons }: RecordView['pending'][number]): HTMLElement {
  return element(
    'li',
    {},
    element('p', { class: 'what' }, lesson),
    element('p', {}, `${day} · ${mode}`),
    element('p', {}, summary),
    ...reasons.map(({ text, next }) => element('p', { class: 'soft' }, `${text} ${next}`)),
  );
}

function onTrouble(here: (trouble: unknown) => void): (trouble: unknown) => void {
  return unlessSignedOut(heading(), signedIn, (trouble) => {
    if (!(trouble instanceof Trouble) || trouble.code !== 'link-over') return here(trouble);
    forgetToken();
    askSignIn(heading(), signedIn, trouble);
  });
}

function signedIn(token: string): void {
  read({ token, waiting: 0 });
}

chooseLanguage();
const link = takeLink();
if (link) read(link);
else asPerson(heading(), signedIn);
