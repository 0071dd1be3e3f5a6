/** The player code as one piece: fetched while the first screen rests, before the first play. */
export { createOpenEngine, preloadEngine, prepare } from '../player/choose-engine.ts';
export { createPlayback } from '../player/playback-shell.ts';
export { fetchCaptions } from '../player/captions.ts';
