import type { Box } from './box.ts';
import type { LessonHistory } from './history.ts';
import { localNote } from './local-note.ts';
import type { OpenSession } from './open-session.ts';

/**
 * How a viewing stood for one viewer when it was left, until the disk has it. A page that is loaded anew in the
 * middle of a lesson is gone before an IndexedDB write is done; localStorage takes it at once.
 */
export interface Closing {
  session: OpenSession;
  history: LessonHistory;
}

export interface ClosingNote {
  /** Those that no disk has confirmed. */
  read(): readonly Closing[];
  add(closings: readonly Closing[]): void;
  /** The disk has them. */
  done(closings: readonly Closing[]): void;
}

export function closingNote(local: Box['local']): ClosingNote {
  const note = localNote<readonly Closing[] | null>(local, 'field-classroom.closings');
  let pending: readonly Closing[] = [];
  return {
    read: () => note.read() ?? [],
    add(closings) {
      pending = [...pending, ...closings];
      note.write(pending);
    },
    done(closings) {
      pending = pending.filter((one) => !closings.includes(one));
      note.write(pending.length > 0 ? pending : null);
    },
  };
}
