import {
  decodeFault,
  networkFault,
  playlistFault,
  timeoutFault,
  unsupportedFault,
  type Fault,
} from '../player-error.ts';

/** As much of hls.js's ErrorData as naming a fault needs. */
export interface HlsErrorLike {
  type: string;
  details: string;
  reason?: string;
  error?: Error;
  url?: string;
  response?: { code?: number };
}

/** What an error of hls.js means, in our kinds. Names: hls.js `src/errors.ts`. */
export function hlsFault(data: HlsErrorLike): Fault {
  const detail = [data.details, data.reason ?? data.error?.message, data.url].filter(Boolean).join(' · ');
  switch (data.details) {
    case 'manifestParsingError':
    case 'levelParsingError':
      return playlistFault('FORM', detail);
    case 'levelEmptyError':
      return playlistFault('EMPTY', detail);
    case 'manifestIncompatibleCodecsError':
    case 'bufferIncompatibleCodecsError':
    case 'bufferAddCodecError':
      return unsupportedFault('CODEC', detail);
    case 'fragParsingError':
      return decodeFault('FRAG', detail);
    case 'fragDecryptError':
      return decodeFault('KEY', detail);
  }
  if (data.type === 'keySystemError') return unsupportedFault('DRM', detail);
  if (data.type === 'networkError') {
    if (/TimeOut$/.test(data.details)) return timeoutFault(detail);
    return networkFault(data.response?.code ?? 0, detail);
  }
  return decodeFault(data.type === 'mediaError' ? 'MEDIA' : 'LIB', detail);
}

/** True when trying again cannot help: the stream itself or the box is the trouble. */
export function isHopeless(fault: Fault): boolean {
  return fault.code === 'bad-playlist' || fault.code === 'unsupported' || isRefusal(fault);
}

/** True for an HTTP 4xx that stays so: 408 and 429 ask to come again. */
export function isRefusal(fault: Fault): boolean {
  return /^P-NET-4(?!08|29)/.test(fault.tag);
}
