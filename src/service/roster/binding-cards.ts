import { randomInt } from 'node:crypto';
import {
  cardNumbers,
  codePrefix,
  makeCode,
  readCode,
  WRONG_TRIES,
} from '../../domain/roster/binding-code.ts';
import type { WriteQueue, WriteTransaction } from '../db/write-queue.ts';
import { bind, placeInWords, type Place } from './bindings.ts';
import { isSecret, secretHash } from './secrets.ts';
import { lockOf, startFamily, type TokenPair } from './tokens.ts';

/** A card to be printed; its number is told this once. */
export interface IssuedCard {
  number: string;
  expiresAt: number;
}

/** Milliseconds. */
const DAY = 86_400_000;

/**
 * Makes a card for a home or room.
 *
 * @returns `undefined` if there is no such home or room.
 */
export async function issueCard(
  trx: WriteTransaction,
  place: Place,
  { by, days, now }: { by: string; days: number; now: number },
): Promise<IssuedCard | undefined> {
  if (!(await placeInWords(trx, place))) return undefined;
  await trx.deleteFrom('binding_cards').where('expires_at', '<', now).execute();
  const number = await unusedNumber(trx);
  const expiresAt = now + days * DAY;
  await trx
    .insertInto('binding_cards')
    .values({
      prefix: codePrefix(number),
      card_hash: secretHash(number),
      ...place,
      wrong_tries: 0,
      box_id: null,
      spent: 0,
      issued_by: by,
      expires_at: expiresAt,
    })
    .execute();
  return { number, expiresAt };
}

/**
 * Binds a box by the number of a card. The same box may ask again until it has used a token it was given: the
 * answer may never have arrived.
 *
 * @returns `undefined` if there is no such card or it is used; wrong numbers count against the card they are
 *   near.
 */
export async function redeemCard(
  writes: WriteQueue,
  boxId: string,
  typed: string,
  now: number,
): Promise<TokenPair | undefined> {
  return writes.run([lockOf(boxId), lockOfCard(typed)], async (trx) => {
    const card = await findCard(trx, typed, boxId, now);
    if (!card) return undefined;
    if (!card.held) {
      await bind(trx, boxId, card.place, card.issuedBy, now);
      await holdCard(trx, card, boxId);
    }
    return startFamily(trx, boxId, now);
  });
}

/** A card that is good for a box. */
export interface GoodCard {
  prefix: string;
  place: Place;
  issuedBy: string;
  /** Whether this box has used it already, and no token that it got for it. */
  held: boolean;
}

/** What writes that look at a card keep apart. */
export function lockOfCard(typed: string): string {
  return `card:${codePrefix(readCode(cardNumbers, typed) ?? '')}`;
}

/** @returns `undefined` if no such card is good for this box; wrong numbers count as in {@link redeemCard}. */
export async function findCard(
  trx: WriteTransaction,
  typed: string,
  boxId: string,
  now: number,
): Promise<GoodCard | undefined> {
  const number = readCode(cardNumbers, typed);
  if (number === undefined) return undefined;
  const prefix = codePrefix(number);
  const card = await trx
    .selectFrom('binding_cards')
    .selectAll()
    .where('prefix', '=', prefix)
    .executeTakeFirst();
  if (!card || card.spent === 1 || card.expires_at <= now || card.wrong_tries >= WRONG_TRIES)
    return undefined;
  if (!isSecret(number, card.card_hash)) {
    await trx
      .updateTable('binding_cards')
      .set({ wrong_tries: card.wrong_tries + 1 })
      .where('prefix', '=', prefix)
      .execute();
    return undefined;
  }
  if (card.box_id !== null && card.box_id !== boxId) return undefined;
  const place = { home: card.home, room: card.room } as Place;
  return { prefix, place, issuedBy: card.issued_by, held: card.box_id !== null };
}

/** From now on the card is this box's alone. */
export async function holdCard(trx: WriteTransaction, { prefix }: GoodCard, boxId: string): Promise<void> {
  await trx.updateTable('binding_cards').set({ box_id: boxId }).where('prefix', '=', prefix).execute();
}

async function unusedNumber(trx: WriteTransaction): Promise<string> {
  for (;;) {
    const number = makeCode(cardNumbers, randomInt);
    const taken = await trx
      .selectFrom('binding_cards')
      .select('prefix')
      .where('prefix', '=', codePrefix(number))
      .executeTakeFirst();
    if (!taken) return number;
  }
}
