/** The lines of note that a room chooses from with the remote; the TV and the printed minutes have words for each. */
export const noteCards = ['talked-well', 'try-at-home', 'ask-expert', 'watch-again'] as const;

export type NoteCard = (typeof noteCards)[number];
