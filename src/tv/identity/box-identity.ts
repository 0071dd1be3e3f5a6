/** Who the box is to the service, and the opaque account of the home's default viewer. */
export interface BoxIdentity {
  /** `b-<uuid>`. */
  boxId: string;
  /** 64 hexadecimal digits; only the box knows it. */
  boxKey: string;
  /** `v-<uuid>`. */
  person: string;
}

/** One place that keeps the identity; `undefined` where it has none. */
export interface IdentityPlace {
  read(): Promise<unknown>;
  /** Resolves when it is kept; may reject. */
  write(identity: BoxIdentity): Promise<void>;
}

export interface IdentityDeps {
  /** In order of trust. */
  places: readonly IdentityPlace[];
  uuid: () => string;
  randomBytes: (count: number) => Uint8Array;
}

/**
 * The box's identity: the first that any place still has, else a new one. It is put back into every place
 * that lost it before it is used, so that it survives the loss of any one of them.
 */
export async function loadIdentity(deps: IdentityDeps): Promise<BoxIdentity> {
  const found = await Promise.all(deps.places.map((place) => place.read().catch(() => undefined)));
  const identity = found.find(isIdentity) ?? newIdentity(deps);
  const lost = deps.places.filter((_, index) => !same(found[index], identity));
  await Promise.all(lost.map((place) => place.write(identity).catch(() => undefined)));
  return identity;
}

function newIdentity({ uuid, randomBytes }: IdentityDeps): BoxIdentity {
  const boxKey = Array.from(randomBytes(32), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { boxId: `b-${uuid()}`, boxKey, person: `v-${uuid()}` };
}

function isIdentity(value: unknown): value is BoxIdentity {
  const { boxId, boxKey, person } = (value ?? {}) as Partial<BoxIdentity>;
  return (
    typeof boxId === 'string' &&
    /^b-[0-9a-f-]{36}$/.test(boxId) &&
    typeof boxKey === 'string' &&
    /^[0-9a-f]{64}$/.test(boxKey) &&
    typeof person === 'string' &&
    /^v-[0-9a-f-]{36}$/.test(person)
  );
}

function same(a: unknown, b: BoxIdentity): boolean {
  return isIdentity(a) && a.boxId === b.boxId && a.boxKey === b.boxKey && a.person === b.person;
}
