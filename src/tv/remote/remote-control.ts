import type { BoxSettings } from '../../domain/remote/box-settings.ts';
import { mergeKeyProfiles, type KeyProfile } from '../../domain/remote/key-profile.ts';
import type { LocalNote } from '../study/local-note.ts';
import type { KeyBridge, ReceivedKey } from './key-bridge.ts';

/** The remote of this box, for the pages about it. */
export interface RemoteControl {
  /** Kind and model of the box, as found or set; empty where unknown. */
  readonly profile: string;
  readonly model: string;
  /** What the box's settings say of its keys, without what was taught. */
  readonly given: KeyProfile;
  /** What was taught on this box. */
  taught(): KeyProfile;
  /**
   * Puts this in the place of all that was taught; it holds at once.
   *
   * @returns false when the box cannot keep it: it is forgotten when the box is switched off
   */
  learn(taught: KeyProfile): boolean;
  /** Hears every key; one who returns true keeps it from the app. @returns ends it */
  onKey(listener: (key: ReceivedKey) => boolean): () => void;
}

/** What the settings of a box say of its keys, and on top of it what was taught there. */
export function withTaught(given: KeyProfile, taught: KeyProfile): ReturnType<typeof mergeKeyProfiles> {
  return mergeKeyProfiles([
    { field: 'keys', profile: given },
    { field: 'taught keys', profile: taught },
  ]);
}

/** @param note keeps what was taught from one start to the next */
export function createRemoteControl(
  box: Pick<BoxSettings, 'profile' | 'model' | 'keys'>,
  note: LocalNote<KeyProfile>,
  bridge: Pick<KeyBridge, 'onKey' | 'use'>,
): RemoteControl {
  let taught = note.read() ?? {};
  return {
    profile: box.profile,
    model: box.model,
    given: box.keys,
    taught: () => taught,
    learn(next) {
      taught = next;
      bridge.use(withTaught(box.keys, next).keys);
      note.write(next);
      return JSON.stringify(note.read()) === JSON.stringify(next);
    },
    onKey: (listener) => bridge.onKey(listener),
  };
}
