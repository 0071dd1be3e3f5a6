import type { HlsConfig, LoadPolicy, LoaderResponse, RetryConfig } from 'hls.js';
import { hlsWorker } from '../hls-library.ts';

/** Bits per second assumed before anything was measured: the lowest rungs of a village line. */
const FIRST_GUESS = 400_000;

/**
 * hls.js for weak boxes and weak lines. Tried at 300 and 700 kbit/s, with a drop from 1500 to 250 and
 * with a 45 s outage (design: MEDIA 2.2).
 * @param startAt seconds; given even when 0, so that a lesson whose playlist lacks its end mark is not
 *   taken for a broadcast and begun near its end
 * @param bandwidth bits per second measured earlier, null when never
 */
export function hlsConfig(startAt: number, bandwidth: number | null, worker: boolean): Partial<HlsConfig> {
  return {
    startPosition: startAt,
    enableWorker: worker,
    workerPath: hlsWorker() ?? null,
    lowLatencyMode: false,
    testBandwidth: false,
    startFragPrefetch: true,
    startLevel: -1,
    abrEwmaDefaultEstimate: bandwidth ?? FIRST_GUESS,
    // abrSwitchInterval stays 0: with another value playback hangs for good after an outage.
    maxBufferLength: 30,
    maxMaxBufferLength: 60,
    maxBufferSize: 12e6,
    backBufferLength: 10,
    capLevelToPlayerSize: true,
    ignoreDevicePixelRatio: true,
    capLevelOnFPSDrop: true,
    abrBandWidthFactor: 0.9,
    abrEwmaFastVoD: 4,
    abrEwmaSlowVoD: 12,
    errorPenaltyExpireMs: 30_000,
    nudgeMaxRetry: 6,
    manifestLoadPolicy: policy(5_000, 15_000, 6, 1),
    playlistLoadPolicy: policy(5_000, 15_000, 30, 0),
    fragLoadPolicy: policy(8_000, 60_000, 30, 2),
    // The page draws captions itself, in letters that can be read from the sofa.
    renderTextTracksNatively: false,
    enableCEA708Captions: false,
    enableInterstitialPlayback: false,
    enableEmsgMetadataCues: false,
    enableID3MetadataCues: false,
  };
}

function policy(firstByteMs: number, wholeMs: number, retries: number, timeoutRetries: number): LoadPolicy {
  return {
    default: {
      maxTimeToFirstByteMs: firstByteMs,
      maxLoadTimeMs: wholeMs,
      timeoutRetry:
        timeoutRetries > 0 ? { maxNumRetry: timeoutRetries, retryDelayMs: 0, maxRetryDelayMs: 0 } : null,
      errorRetry: { maxNumRetry: retries, retryDelayMs: 1_000, maxRetryDelayMs: 8_000, shouldRetry },
    },
  };
}

/**
 * hls.js retries an unanswered request only while the browser says it is offline; a box whose line is
 * up and whose server is down would give up at once.
 */
function shouldRetry(
  config: RetryConfig | null | undefined,
  count: number,
  _isTimeout: boolean,
  response: LoaderResponse | undefined,
  builtin: boolean,
): boolean {
  if (builtin) return true;
  if (!config || count >= config.maxNumRetry) return false;
  const status = response?.code ?? 0;
  return status === 0 || status === 408 || status === 429 || status >= 500;
}
