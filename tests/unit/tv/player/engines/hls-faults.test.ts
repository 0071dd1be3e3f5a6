import { expect, test } from 'vitest';
import { hlsFault, isHopeless, isRefusal } from '../../../../../src/tv/player/engines/hls-faults.ts';

const cases: [
  type: string,
  details: string,
  status: number | undefined,
  code: string,
  tag: string,
  hopeless: boolean,
][] = [
  ['networkError', 'manifestLoadError', 404, 'not-found', 'P-NET-404', true],
  ['networkError', 'fragLoadError', 0, 'network', 'P-NET-0', false],
  ['networkError', 'fragLoadError', 503, 'network', 'P-NET-503', false],
  ['networkError', 'fragLoadError', 429, 'network', 'P-NET-429', false],
  ['networkError', 'levelLoadError', 403, 'network', 'P-NET-403', true],
  ['networkError', 'fragLoadTimeOut', undefined, 'network', 'P-NET-TIME', false],
  ['networkError', 'manifestParsingError', 200, 'bad-playlist', 'P-LIST-FORM', true],
  ['networkError', 'levelParsingError', 200, 'bad-playlist', 'P-LIST-FORM', true],
  ['networkError', 'levelEmptyError', 200, 'bad-playlist', 'P-LIST-EMPTY', true],
  ['mediaError', 'manifestIncompatibleCodecsError', undefined, 'unsupported', 'P-SUP-CODEC', true],
  ['keySystemError', 'keySystemNoKeys', undefined, 'unsupported', 'P-SUP-DRM', true],
  ['mediaError', 'bufferAppendError', undefined, 'decode', 'P-DEC-MEDIA', false],
  ['mediaError', 'fragParsingError', undefined, 'decode', 'P-DEC-FRAG', false],
  ['otherError', 'internalException', undefined, 'decode', 'P-DEC-LIB', false],
];

test.each(cases)('%s %s %s', (type, details, status, code, tag, hopeless) => {
  const fault = hlsFault({ type, details, reason: 'why', url: 'u', response: { code: status } });
  expect(fault).toEqual({ code, tag, detail: `${details} · why · u` });
  expect(isHopeless(fault)).toBe(hopeless);
});

test('408 and 429 ask to come again', () => {
  const tags = [400, 403, 404, 408, 410, 429, 500].filter((status) =>
    isRefusal(hlsFault({ type: 'networkError', details: 'fragLoadError', response: { code: status } })),
  );
  expect(tags).toEqual([400, 403, 404, 410]);
});
