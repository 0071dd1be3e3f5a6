import { digitsOf, secondsOf, type Told } from './front.ts';

/** What the service answers: its status and, if it refuses, why. */
export interface PhoneAnswer {
  status: number;
  code?: string;
}

interface Ticket extends PhoneAnswer {
  ticket: string;
}

/** Phones that check in at a room, by the calls that the phone's page makes. */
export interface Phones {
  /** Takes the code of so many steps ago. @param typed without the step that a QR says */
  take(told: Told, options?: { stepsAgo?: number; typed?: boolean; digits?: string }): Promise<Ticket>;
  checkIn(told: Told, person: string, ticket: string): Promise<PhoneAnswer>;
  guest(told: Told, ticket: string): Promise<PhoneAnswer>;
}

export const STEP = 20;

export function phonesOf(url: string): Phones {
  async function post<Body>(told: Told, what: string, body: object): Promise<Body & PhoneAnswer> {
    const response = await fetch(`${url}/api/v1/groups/sessions/${told.session}/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { ...((await response.json()) as Body), status: response.status };
  }

  return {
    take(told, { stepsAgo = 0, typed = false, digits } = {}) {
      const step = Math.max(0, Math.floor(secondsOf(told) / STEP) - stepsAgo);
      return post(told, 'tickets', { code: digits ?? digitsOf(told, step), ...(typed ? {} : { step }) });
    },
    checkIn: (told, person, ticket) => post(told, 'check-ins', { person, ticket }),
    guest: (told, ticket) => post(told, 'guests', { ticket }),
  };
}
