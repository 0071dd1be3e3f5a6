import { mergeKeyProfiles, type KeyProfile, type MergedKeys } from './key-profile.ts';

export const playerNames = ['auto', 'hlsjs', 'native', 'ctc', 'avplay', 'bridge'] as const;
export type PlayerName = (typeof playerNames)[number];

/** How the player of an IPTV box is spoken to; unproven figures stand in settings.json, not in code. */
export interface CtcSettings {
  /** What `setSingleMedia` wants: the JSON list, or the bare address. */
  media?: 'json' | 'url';
  /** Units of `setVideoDisplayArea`. */
  pageWidth?: number;
  pageHeight?: number;
  /** False: the box turns its volume itself, and the page must not. */
  volume?: boolean;
  /** `error_code` → what it means; `retry` is one from which the box recovers by itself. */
  errors?: Readonly<Record<string, 'network' | 'decode' | 'unsupported' | 'retry'>>;
}

/** What a technician may say of one model of box. */
export interface BoxModel {
  keys?: KeyProfile;
  player?: PlayerName;
  /** False: the box can show its picture on the full screen only. */
  pip?: boolean;
  /** False: nothing moves on the screen but what must. */
  needAnimate?: boolean;
  ctc?: CtcSettings;
}

/** The part `device` of settings.json. */
export interface DeviceSettings {
  /** Absolute address of the study-credit service; empty where it serves the app itself. */
  service?: string;
  profile?: string;
  model?: string;
  player?: PlayerName;
  ctc?: CtcSettings;
  keyProfiles?: Readonly<Record<string, KeyProfile>>;
  models?: Readonly<Record<string, BoxModel>>;
}

/** What a box says of itself, or its address says of it; `undefined` where nothing is known. */
export interface BoxId {
  profile: string | undefined;
  model: string | undefined;
}

/** Everything that is different on this box. */
export interface BoxSettings {
  profile: string;
  model: string;
  keys: MergedKeys['keys'];
  player: PlayerName;
  pip: boolean;
  needAnimate: boolean;
  ctc: CtcSettings;
  /** Mistakes in the keys, each naming its field. */
  problems: string[];
}

/**
 * The settings of one box: base < profile < model for keys; the model's word before the file's for
 * the rest. Never throws, and what has a mistake is passed over; `checkDevice` tells the mistakes.
 *
 * @param device as read from settings.json, whatever it is
 * @param asked by the address (`?profile=`, `?model=`): before all else
 * @param detected from the box itself: where nobody says otherwise
 */
export function boxSettings(device: unknown, asked: BoxId, detected: BoxId): BoxSettings {
  const settings = record(device) as DeviceSettings;
  const profiles = record(settings.keyProfiles) as NonNullable<DeviceSettings['keyProfiles']>;
  const fixed = settings.profile === 'auto' ? undefined : settings.profile;
  const profile = asked.profile ?? fixed ?? detected.profile ?? 'base';
  const model = asked.model ?? settings.model ?? detected.model ?? '';
  const own = modelEntry(record(settings.models) as NonNullable<DeviceSettings['models']>, model);
  const { keys, problems } = mergeKeyProfiles([
    { field: 'device.keyProfiles.base', profile: ownEntry(profiles, 'base') },
    { field: `device.keyProfiles.${profile}`, profile: ownEntry(profiles, profile) },
    { field: `device.models.${model}.keys`, profile: own.keys },
  ]);
  return {
    profile,
    model,
    keys,
    player: own.player ?? settings.player ?? 'auto',
    pip: own.pip !== false,
    needAnimate: own.needAnimate !== false,
    ctc: { ...record(settings.ctc), ...record(own.ctc) },
    problems,
  };
}

/** The longest name that the model begins with: boxes add letters for the province and the year. */
function modelEntry(models: Readonly<Record<string, BoxModel>>, model: string): BoxModel {
  const fitting = Object.keys(models).filter((name) => name !== '' && model.startsWith(name));
  const longest = fitting.sort((one, other) => other.length - one.length)[0];
  return record(longest === undefined ? undefined : models[longest]);
}

function ownEntry<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record && Object.prototype.hasOwnProperty.call(record, name) ? record[name] : undefined;
}

/** What is no object has nothing in it. */
function record(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
