/**
 * Stands in for the parts of the Lightning SDK that `Launch` imports whether or not they are configured:
 * its router, players, advertising, profile, metrics and storage. The app uses none of them (see "Choices"
 * in the README), together they are 26 KB gzip before the first focus, and the storage throws at the start
 * where a box forbids localStorage.
 */
const off = (): void => undefined;

export {
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
