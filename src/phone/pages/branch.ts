import { call } from '../shared/api.ts';
import { button, element } from '../shared/dom.ts';
import { asPerson, signOutButton, unlessSignedOut } from '../shared/sign-in.ts';
import { busy, step } from '../shared/step.ts';
import { chooseLanguage, t } from '../shared/words.ts';

/** The branch for its secretary: who may need a visit, and the way to cards, sheets of paper and minutes. */

interface Branch {
  branch: string;
  people: { name: string; lastSeen: string | null; visit: boolean }[];
}

interface Place {
  kind: 'home' | 'room';
  id: string;
  name: string;
}

const heading = (): string => t('branch.title');

function read(token: string): void {
  void busy(
    async () => branch(token, await call<Branch>('GET', 'phone/branch', { token })),
    unlessSignedOut(heading(), read, (trouble) =>
      step(
        ...([heading(), trouble, () => read(token)] as const),
        button(t('again'), () => read(token), true),
        signOutButton(heading(), read),
      ),
    ),
  );
}

function branch(token: string, view: Branch): void {
  const visits = view.people.filter(({ visit }) => visit);
  const others = view.people.filter(({ visit }) => !visit);
  step(
    ...([view.branch, undefined, () => branch(token, view)] as const),
    element('h2', {}, t('branch.visit')),
    element('p', { class: 'soft' }, t('branch.visitWords')),
    visits.length === 0 ? element('p', {}, t('branch.noVisit')) : undefined,
    element('ul', { class: 'list' }, ...visits.map(person)),
    element('h2', {}, t('branch.others')),
    element('ul', { class: 'list' }, ...others.map(person)),
    element('p', { class: 'soft' }, t('branch.sees')),
    element('h2', {}, t('branch.tasks')),
    link('paper', t('branch.paper')),
    link('minutes', t('branch.minutes')),
    button(t('branch.cards'), () => chooseCard(token)),
    link('my-record', t('branch.record')),
    signOutButton(heading(), read),
  );
}

function person({ name, lastSeen }: Branch['people'][number]): HTMLElement {
  return element(
    'li',
    {},
    element('p', { class: 'what' }, name),
    element(
      'p',
      { class: 'soft' },
      lastSeen === null ? t('branch.never') : t('branch.seen', { day: lastSeen }),
    ),
  );
}

function link(page: string, words: string): HTMLElement {
  return element('a', { class: 'button', href: page }, words);
}

function chooseCard(token: string, trouble?: unknown): void {
  const here = (failed?: unknown): void => chooseCard(token, failed);
  void busy(
    async () => {
      const { places } = await call<{ places: Place[] }>('GET', 'phone/places', { token });
      step(
        ...([t('branch.card.title'), trouble, () => here(trouble)] as const),
        element('p', { class: 'soft' }, t('branch.card.words')),
        ...places.map((place) => button(place.name, () => makeCard(token, place))),
        button(t('back'), () => read(token)),
      );
    },
    unlessSignedOut(heading(), read, () => read(token)),
  );
}

function makeCard(token: string, place: Place): void {
  void busy(
    async () => {
      const made = await call<{ number: string; expires: string }>('POST', 'phone/cards', {
        token,
        body: { [place.kind]: place.id },
      });
      card(token, place.name, made);
    },
    unlessSignedOut(heading(), read, (trouble) => chooseCard(token, trouble)),
  );
}

function card(token: string, name: string, made: { number: string; expires: string }): void {
  step(
    ...([t('branch.made.title'), undefined, () => card(token, name, made)] as const),
    element(
      'div',
      { class: 'card' },
      element('p', {}, name),
      element('p', { class: 'big number' }, made.number),
      element('p', {}, t('branch.made.expires', { day: made.expires })),
    ),
    element('p', { class: 'soft' }, t('branch.made.words')),
    button(t('print'), () => window.print(), true),
    button(t('back'), () => read(token)),
  );
}

chooseLanguage();
asPerson(heading(), read);
