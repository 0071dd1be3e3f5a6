import type { Box } from './box.ts';
import type { LessonHistory } from './history.ts';
import { localNote, type LocalNote } from './local-note.ts';
import type { OpenSession } from './open-session.ts';

/**
 * How a viewing stood when it was left, until the disk has it. A page that is loaded anew in the middle of
 * a lesson is gone before an IndexedDB write is done; localStorage takes it at once.
 */
export interface Closing {
  session: OpenSession;
  history: LessonHistory;
}

export function closingNote(local: Box['local']): LocalNote<Closing | null> {
  return localNote(local, 'field-classroom.closing');
}
