import { call, Trouble } from '../shared/api.ts';
import { button, element, field, form, submit } from '../shared/dom.ts';
import { busy, step } from '../shared/step.ts';
import { chooseLanguage, t } from '../shared/words.ts';
import { readCode, showCode, userCodes } from '../../domain/roster/binding-code.ts';

/** Says where a TV box stands: code from its screen, then who says so, then a last look. */

interface Place {
  kind: 'home' | 'room';
  id: string;
  name: string;
  village: { id: string; name: string };
}

interface WaitingBox {
  box: string;
  wanted: Place;
  now: Place | null;
}

/** Who says where the box stands. */
type Proof = { card: string } | { token: string; place: Place };

/** What was typed so far stays when a step is gone back. */
const typed = { code: '', card: '', person: '' };

function askCode(trouble?: unknown): void {
  const { parts, input } = field({
    ...{ id: 'code', label: t('bind.code.label'), value: typed.code, keyboard: 'text' },
  });
  const go = (): void => {
    typed.code = input.value;
    const code = readCode(userCodes, input.value);
    if (code === undefined) return askCode(new Trouble('no-such-code'));
    typed.code = showCode(code);
    askWho();
  };
  step(
    ...([t('bind.code.title'), trouble, () => askCode(trouble)] as const),
    element('p', { class: 'soft' }, t('bind.code.words')),
    form(go, ...parts, submit(t('next'))),
  );
}

function askWho(): void {
  step(
    ...([t('bind.who.title'), undefined, askWho] as const),
    element('p', { class: 'soft' }, t('bind.who.words', { code: typed.code })),
    button(t('bind.who.card'), () => askCard(), true),
    button(t('bind.who.secretary'), () => askSignIn()),
    button(t('back'), () => askCode()),
  );
}

function askCard(trouble?: unknown): void {
  const { parts, input } = field({
    ...{ id: 'card', label: t('bind.card.label'), value: typed.card, keyboard: 'numeric' },
  });
  const go = (): void => {
    typed.card = input.value.trim();
    if (typed.card === '') return askCard(new Trouble('no-such-card'));
    void look({ card: typed.card }, askCard);
  };
  step(
    ...([t('bind.card.title'), trouble, () => askCard(trouble)] as const),
    element('p', { class: 'soft' }, t('bind.card.words')),
    form(go, ...parts, submit(t('next'))),
    button(t('back'), askWho),
  );
}

function askSignIn(trouble?: unknown): void {
  const person = field({
    ...{ id: 'person', label: t('bind.signIn.person'), value: typed.person, keyboard: 'text' },
  });
  const pin = field({ id: 'pin', label: t('bind.signIn.pin'), keyboard: 'numeric', secret: true });
  const go = (): void => {
    typed.person = person.input.value.trim();
    void busy(async () => {
      const { token } = await call<{ token: string }>('POST', 'phone/sign-in', {
        body: { person: typed.person, pin: pin.input.value.trim() },
      });
      const { places } = await call<{ places: Place[] }>('GET', 'phone/places', { token });
      askPlace(token, places);
    }, onTrouble(askSignIn));
  };
  step(
    ...([t('bind.signIn.title'), trouble, () => askSignIn(trouble)] as const),
    form(go, ...person.parts, ...pin.parts, submit(t('next'))),
    button(t('back'), askWho),
  );
}

function askPlace(token: string, places: readonly Place[], trouble?: unknown): void {
  const here = (failed?: unknown): void => askPlace(token, places, failed);
  step(
    ...([t('bind.place.title'), trouble, here] as const),
    places.length === 0 ? element('p', {}, t('bind.place.none')) : undefined,
    ...places.map((place) => button(place.name, () => void look({ token, place }, here))),
    button(t('back'), askWho),
  );
}

/** Asks which box it is and where it is to stand. */
function look(proof: Proof, here: (trouble: unknown) => void): Promise<void> {
  return busy(async () => {
    confirm(proof, await call<WaitingBox>('POST', 'phone/bind/look-up', request(proof)));
  }, onTrouble(here));
}

function confirm(proof: Proof, waiting: WaitingBox, trouble?: unknown): void {
  const { box, wanted, now } = waiting;
  const yes = (): void =>
    void busy(
      async () => {
        const { place } = await call<{ place: Place }>('POST', 'phone/bind/confirm', request(proof));
        done(place);
      },
      onTrouble((failed) => confirm(proof, waiting, failed)),
    );
  step(
    ...([t('bind.confirm.title'), trouble, () => confirm(proof, waiting, trouble)] as const),
    element(
      'div',
      { class: 'card' },
      element('p', { class: 'big' }, wanted.village.name),
      element('p', { class: 'big' }, wanted.name),
      element('p', {}, t('bind.confirm.box', { box })),
      element('p', { class: 'soft' }, t('bind.confirm.boxNote')),
    ),
    now && (now.id !== wanted.id || now.kind !== wanted.kind)
      ? element('p', { class: 'alarm' }, t('bind.confirm.moves', { place: now.name }))
      : undefined,
    button(t('bind.confirm.yes'), yes, true),
    button(t('bind.confirm.no'), () => askCode()),
  );
}

function done(place: Place): void {
  typed.code = '';
  typed.card = '';
  step(
    ...([t('bind.done.title'), undefined, () => done(place)] as const),
    element('p', { class: 'big' }, place.village.name),
    element('p', {}, t('bind.done.words', { place: place.name })),
  );
}

function request(proof: Proof): { body: object; token?: string } {
  const userCode = typed.code;
  if ('card' in proof) return { body: { userCode, card: proof.card } };
  const { token, place } = proof;
  return { body: { userCode, [place.kind]: place.id }, token };
}

function onTrouble(here: (trouble: unknown) => void): (trouble: unknown) => void {
  return (trouble) => {
    const code = trouble instanceof Trouble ? trouble.code : '';
    if (code === 'no-such-code') askCode(trouble);
    else if (code === 'signed-out') askSignIn(trouble);
    else here(trouble);
  };
}

chooseLanguage();
const scanned = readCode(userCodes, decodeURIComponent(location.hash.slice(1)));
if (scanned === undefined) askCode();
else {
  typed.code = showCode(scanned);
  askWho();
}
