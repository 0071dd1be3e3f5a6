import { Client, newBox } from './service-kit.ts';

/** A registered box that a card has bound to a home or room, with its token. */
export async function bindBox(
  county: Client,
  place: { home: string } | { room: string },
): Promise<Client & { person: string; boxId: string }> {
  const box = await newBox(county.url);
  const { body: card } = await county.post<{ number: string }>('/api/v1/binding-cards', place);
  const idAndKey = box.authorization.replace('Bearer ', '').replace('.', ':');
  const client = new Client(county.url, `Basic ${Buffer.from(idAndKey).toString('base64')}`);
  const { body } = await client.call<{ access_token: string }>(
    'POST',
    '/oauth/token',
    new URLSearchParams({
      grant_type: 'urn:field-classroom:grant-type:binding-card',
      card: card.number,
    }).toString(),
    { 'content-type': 'application/x-www-form-urlencoded' },
  );
  const { boxId, person } = box;
  return Object.assign(new Client(county.url, `Bearer ${body.access_token}`), { boxId, person });
}
