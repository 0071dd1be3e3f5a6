/**
 * Stands in for the parts of the Lightning SDK that `Launch` imports whether or not they are configured:
 * its router, players, advertising, profile and metrics. The app uses none of them (see "Choices" in the
 * README), and together they are 26 KB gzip before the first focus.
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
  off as initTV,
  off as initVideoPlayer,
  off as mediaUrl,
};

export const initLightningSdkPlugin = {};
export const Metadata = {};
export const Metrics = { app: { loaded: off } };
