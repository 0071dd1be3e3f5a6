import { element } from '../../shared/dom.ts';
import { languageNow, t, wordsOr } from '../../shared/words.ts';

type LocalText = string | Readonly<Record<string, string>>;

/** The minutes as the service tells them. */
export interface Minutes {
  kind: 'group' | 'paper';
  room: string;
  host: string;
  from: string;
  to: string;
  /** The county's: the phone may be set to another. */
  timeZone: string;
  lessons: { title: LocalText; minutes: number }[];
  expected: number | null;
  guests: number;
  attendees: {
    id: string;
    name: string;
    method: 'code' | 'roster' | 'paper';
    minutes: number | null;
    late: number | null;
    left: number | null;
  }[];
  asked: { question: LocalText; minutes: number }[];
  notes: string[];
  words: string;
  corrections: { at: string; reason: string; added: string[]; removed: string[] }[];
}

/** The written minutes, on a phone and on paper. */
export function minutesSheet(minutes: Minutes): HTMLElement {
  const { kind, room, host, from, to, timeZone, lessons, expected, guests, attendees, asked, notes, words } =
    minutes;
  return element(
    'article',
    { class: 'sheet' },
    element('p', { class: 'big' }, room),
    facts([
      [t('minutes.when'), `${moment(from, timeZone)} – ${hour(to, timeZone)}`],
      [t('minutes.host'), host],
      [t('minutes.kind'), t(kind === 'paper' ? 'minutes.kindPaper' : 'minutes.kindGroup')],
      [
        t('minutes.present'),
        [
          expected === null
            ? t('minutes.count', { present: attendees.length })
            : t('minutes.countOf', { present: attendees.length, expected }),
          ...(guests > 0 ? [t('minutes.guests', { guests })] : []),
        ].join(''),
      ],
    ]),
    section(
      t('minutes.lessons'),
      lessons.map(({ title, minutes: shown }) => t('minutes.lesson', { title: text(title), minutes: shown })),
    ),
    section(t('minutes.attendees'), attendees.map(attendee)),
    section(
      t('minutes.asked'),
      asked.map(({ question, minutes: talked }) =>
        t('minutes.question', { question: text(question), minutes: talked }),
      ),
    ),
    section(t('minutes.notes'), [
      ...notes.map((card) => wordsOr(`minutes.card.${card}`, card)),
      ...(words === '' ? [] : [words]),
    ]),
    section(
      t('minutes.corrections'),
      minutes.corrections.map((one) => correction(one, timeZone)),
    ),
    element('p', { class: 'print sign' }, t('minutes.sign')),
  );
}

function attendee({ name, method, minutes, late, left }: Minutes['attendees'][number]): string {
  return [
    name,
    t(`minutes.method.${method}`),
    ...(minutes === null ? [] : [t('minutes.minutes', { minutes })]),
    ...(late === null ? [] : [t('minutes.late', { minutes: late })]),
    ...(left === null ? [] : [t('minutes.left', { minutes: left })]),
  ].join(' · ');
}

function correction(
  { at, reason, added, removed }: Minutes['corrections'][number],
  timeZone: string,
): string {
  return [
    moment(at, timeZone),
    ...(added.length > 0 ? [t('minutes.added', { names: added.join('、') })] : []),
    ...(removed.length > 0 ? [t('minutes.removed', { names: removed.join('、') })] : []),
    t('minutes.reason', { reason }),
  ].join(' · ');
}

function facts(pairs: readonly (readonly [name: string, value: string])[]): HTMLElement {
  const parts = pairs.map(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]);
  return element('dl', {}, ...parts.reduce((all, some) => all.concat(some), []));
}

/** Left out where there is nothing to tell. */
function section(title: string, lines: readonly string[]): HTMLElement | undefined {
  if (lines.length === 0) return undefined;
  return element(
    'section',
    {},
    element('h2', {}, title),
    element('ul', { class: 'list' }, ...lines.map((line) => element('li', {}, line))),
  );
}

function text(local: LocalText): string {
  return typeof local === 'string' ? local : (local[languageNow()] ?? local['zh-CN'] ?? '');
}

function moment(at: string, timeZone: string): string {
  return `${new Date(at).toLocaleDateString(languageNow(), { timeZone })} ${hour(at, timeZone)}`;
}

function hour(at: string, timeZone: string): string {
  return new Date(at).toLocaleTimeString(languageNow(), {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
}
