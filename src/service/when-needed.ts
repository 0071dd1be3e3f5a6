/** Makes a thing when it is first asked for, and keeps it: compiled schemas are dear, and a start needs none. */
export function whenNeeded<Thing>(make: () => Thing): () => Thing {
  let made: { thing: Thing } | undefined;
  return () => (made ??= { thing: make() }).thing;
}
