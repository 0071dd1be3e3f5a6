/**
 * Stands in for the parts of the Lightning SDK that `Launch` imports whether or not they are configured:
 * its router, players, advertising, profile, metrics, storage, languages, colours and speech. The app uses none
 * of them (see "Choices" in the README), together they are 30 KB gzip before the first focus, and the storage
 * throws at the start where a box forbids localStorage.
 */
const off = (): void => undefined;

export {
  off as initAds,
  off as initColors,
  off as initLanguage,
  off as initMediaPlayer,
  off as initMetadata,
  off as initMetrics,
  off as initPin,
  off as initProfile,
  off as initPurchase,
  off as initRouter,
  off as initStorage,
  off as initTV,
  off as initVideoPlayer,
  off as mediaUrl,
};

export const initLightningSdkPlugin = {};
export const Metadata = {};
export const Metrics = { app: { loaded: off } };
/** What the SDK calls on a part as a whole: its `Locale` is asked for the app's words, of which there are none. */
export default { load: off };
