/** The roles a person may have; the policy names a yearly target for each. */
export const personRoles = ['party-member', 'branch-secretary', 'villager'] as const;

export type PersonRole = (typeof personRoles)[number];

export interface Village {
  /** The county's own, here and below. */
  id: string;
  name: string;
}

export interface Branch extends Village {
  village: string;
}

export interface Home extends Village {
  village: string;
}

/** An activity room with a TV of its own. */
export interface Room extends Village {
  village: string;
  /** Whose roll is called in it. */
  branch: string | null;
}

export interface Person {
  /** Opaque: it stands in statements, so it is neither a name nor a number that finds somebody. */
  id: string;
  name: string;
  role: PersonRole;
  branch: string | null;
  home: string | null;
}

/** Who lives, learns and leads where in a county, or a part of it. */
export interface Roster {
  villages: readonly Village[];
  branches: readonly Branch[];
  homes: readonly Home[];
  rooms: readonly Room[];
  people: readonly Person[];
}
