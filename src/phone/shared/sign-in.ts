import { call, Trouble } from './api.ts';
import { button, element, field, form, submit } from './dom.ts';
import { busy, step } from './step.ts';
import { forgetToken, keepToken, signedInToken } from './token.ts';
import { t } from './words.ts';

/**
 * Goes on as the person who has signed in on this phone, or asks for number and PIN first.
 *
 * @param heading of the page that asks.
 */
export function asPerson(heading: string, go: (token: string) => void): void {
  const token = signedInToken();
  if (token === undefined) askSignIn(heading, go);
  else go(token);
}

let typedPerson = '';

export function askSignIn(heading: string, go: (token: string) => void, trouble?: unknown): void {
  const person = field({
    ...{ id: 'person', label: t('signIn.person'), value: typedPerson, keyboard: 'text' },
  });
  const pin = field({ id: 'pin', label: t('signIn.pin'), keyboard: 'numeric', secret: true });
  const again = (failed?: unknown): void => askSignIn(heading, go, failed);
  const signIn = (): void => {
    typedPerson = person.input.value.trim();
    const body = { person: typedPerson, pin: pin.input.value.trim() };
    void busy(async () => {
      const { token } = await call<{ token: string }>('POST', 'phone/sign-in', { body });
      keepToken(token);
      go(token);
    }, again);
  };
  step(
    ...([heading, trouble, () => again(trouble)] as const),
    element('p', { class: 'soft' }, t('signIn.words')),
    form(signIn, ...person.parts, ...pin.parts, submit(t('signIn.go'))),
  );
}

/** Ends the visit on the service too. */
export function signOutButton(heading: string, go: (token: string) => void): HTMLElement {
  return button(t('signIn.out'), () => {
    const token = signedInToken();
    forgetToken();
    // Whatever the network says, this phone has forgotten it.
    void busy(
      () => call('DELETE', 'phone/sign-in', { token }),
      () => undefined,
    ).then(() => askSignIn(heading, go));
  });
}

/** Where a trouble ends the visit, the person signs in anew; all others are for `here`. */
export function unlessSignedOut(
  heading: string,
  go: (token: string) => void,
  here: (trouble: unknown) => void,
): (trouble: unknown) => void {
  return (trouble) => {
    if (!(trouble instanceof Trouble) || trouble.code !== 'signed-out') return here(trouble);
    forgetToken();
    askSignIn(heading, go, trouble);
  };
}
