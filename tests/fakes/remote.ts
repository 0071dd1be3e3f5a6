import { standardCodes } from '../../src/domain/remote/key-names.ts';
import type { KeyMeaning, KeyProfile } from '../../src/domain/remote/key-profile.ts';
import type { ReceivedKey } from '../../src/tv/remote/key-bridge.ts';
import { createRemoteControl, type RemoteControl } from '../../src/tv/remote/remote-control.ts';

/** A remote control and its box, which knows the six necessary keys and keeps what it is taught. */
export interface FakeRemote {
  control: RemoteControl;
  /** A key comes from the remote. @returns true when it was kept from the app */
  send(code: number | string, more?: Partial<ReceivedKey>): boolean;
  /** What keys mean now. */
  inUse: () => Readonly<Record<string, KeyMeaning>>;
  /** False: the box keeps nothing. */
  keeps: boolean;
}

/** @param kept what was taught before */
export function fakeRemote(kept?: KeyProfile): FakeRemote {
  const given: Record<string, KeyMeaning> = {};
  for (const [name, code] of Object.entries(standardCodes)) given[code] = name as KeyMeaning;
  let keys: Readonly<Record<string, KeyMeaning>> = given;
  let note = kept;
  const listeners = new Set<(key: ReceivedKey) => boolean>();
  const fake: FakeRemote = {
    control: createRemoteControl(
      { profile: 'ctc', model: 'X1', keys: given },
      {
        read: () => note,
        write: (taught) => {
          if (fake.keeps) note = taught;
        },
      },
      {
        onKey(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        use: (now) => (keys = now),
      },
    ),
    send(code, more = {}) {
      const key: ReceivedKey = {
        type: 'keydown',
        code: String(code),
        key: '',
        meaning: keys[code],
        second: false,
        repeat: false,
        ...more,
      };
      return [...listeners].map((listener) => listener(key)).some(Boolean);
    },
    inUse: () => keys,
    keeps: true,
  };
  return fake;
}
