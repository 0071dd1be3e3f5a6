/**
 * The IRIs our statements are written with: the xAPI Video Profile's
 * (https://w3id.org/xapi/video) and the county's own, which start with the county's home page.
 */

export const verbIris = {
  initialized: 'http://adlnet.gov/expapi/verbs/initialized',
  paused: 'https://w3id.org/xapi/video/verbs/paused',
  completed: 'http://adlnet.gov/expapi/verbs/completed',
  terminated: 'http://adlnet.gov/expapi/verbs/terminated',
} as const;

export type VerbName = keyof typeof verbIris;

/** Category activity that marks a statement as one of the Video Profile. */
export const videoProfileIri = 'https://w3id.org/xapi/video';

export const activityTypeIris = {
  video: 'https://w3id.org/xapi/video/activity-type/video',
  playlist: 'http://id.tincanapi.com/activitytype/playlist',
  meeting: 'http://adlnet.gov/expapi/activities/meeting',
  profile: 'http://adlnet.gov/expapi/activities/profile',
} as const;

/** Result and context extensions of the Video Profile. */
export const videoExtensionIris = {
  sessionId: 'https://w3id.org/xapi/video/extensions/session-id',
  length: 'https://w3id.org/xapi/video/extensions/length',
  completionThreshold: 'https://w3id.org/xapi/video/extensions/completion-threshold',
  time: 'https://w3id.org/xapi/video/extensions/time',
  progress: 'https://w3id.org/xapi/video/extensions/progress',
  playedSegments: 'https://w3id.org/xapi/video/extensions/played-segments',
} as const;

/** Home page of a county that has not set its own. */
export const defaultHomePage = 'https://field-classroom.example';

const peoplePath = '/people';
const profilePath = '/xapi/profile/tv-credit/v1';
const lessonsPath = '/lessons/';
const extensionPaths = {
  /** Box id. */
  device: '/xapi/ext/device',
  /** `individual`, `group`, `paper`, later `live`, `replay`. */
  mode: '/xapi/ext/mode',
  /** {@link TimeQuality}. */
  timeQuality: '/xapi/ext/time-quality',
  /** How somebody attended a group session: `AttendanceClaim`. */
  attendance: '/xapi/ext/attendance',
  /** {@link ViewerProof}: how the box knows who watched. */
  viewer: '/xapi/ext/viewer',
} as const;

/** `pin`: by their PIN; `chosen`: by their name alone, picked on the screen. */
export type ViewerProof = 'pin' | 'chosen';

export type OwnExtension = keyof typeof extensionPaths;

/** How far a statement's `timestamp` can be trusted, and the monotonic moment it belongs to. */
export interface TimeQuality {
  clock: 'unknown' | 'estimated' | 'synced' | 'bounded';
  /** Server time minus the box's own clock. */
  offsetMs: number;
  bootId: string;
  /** Milliseconds since the boot named by `bootId`. */
  monotonicMs: number;
}

/** The county's own IRIs. */
export interface ProfileIris {
  /** `account.homePage` of every person. */
  people: string;
  /** Category activity of our own profile. */
  category: string;
  extensions: Readonly<Record<OwnExtension, string>>;
  lesson(id: string): string;
  playlist(id: string): string;
}

/** @param homePage the county's `homePage`, without a slash at the end. */
export function profileIris(homePage: string = defaultHomePage): ProfileIris {
  return {
    people: homePage + peoplePath,
    category: homePage + profilePath,
    extensions: {
      device: homePage + extensionPaths.device,
      mode: homePage + extensionPaths.mode,
      timeQuality: homePage + extensionPaths.timeQuality,
      attendance: homePage + extensionPaths.attendance,
      viewer: homePage + extensionPaths.viewer,
    },
    lesson: (id) => `${homePage}${lessonsPath}${id}`,
    playlist: (id) => `${homePage}/playlists/${id}`,
  };
}

/**
 * One of our own extensions of a statement, whatever home page it was written with: a county that moves
 * to another address keeps its old records readable.
 */
export function ownExtension(
  extensions: Readonly<Record<string, unknown>> | undefined,
  name: OwnExtension,
): unknown {
  if (!extensions) return undefined;
  const key = Object.keys(extensions).find((iri) => iri.endsWith(extensionPaths[name]));
  return key === undefined ? undefined : extensions[key];
}

/** Lesson id of an activity IRI, or `undefined` if the activity is not a lesson. */
export function lessonIdOf(activityIri: string): string | undefined {
  const at = activityIri.lastIndexOf(lessonsPath);
  const id = at < 0 ? '' : activityIri.slice(at + lessonsPath.length);
  return id === '' || id.includes('/') ? undefined : id;
}

/** Whether an account home page is that of a county's people. */
export function isPeopleHomePage(homePage: string): boolean {
  return homePage.endsWith(peoplePath);
}

/** Whether an IRI is that of our own profile, of whatever county. */
export function isOwnProfile(iri: string): boolean {
  return iri.endsWith(profilePath);
}
