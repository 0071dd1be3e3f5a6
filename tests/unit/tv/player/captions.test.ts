import { expect, test, vi } from 'vitest';
import { cueAt, fetchCaptions, parseWebVtt, plainCueText } from '../../../../src/tv/player/captions.ts';

test('reads what third parties write: BOM, CRLF, notes, styles, identifiers, settings, tags', () => {
  const file = [
    '\uFEFFWEBVTT - 玉米',
    'X-TIMESTAMP-MAP=MPEGTS:126000,LOCAL:00:00:00.000',
    '',
    'NOTE nothing to show',
    'more of the note',
    '',
    'STYLE',
    '::cue { color: red }',
    '',
    '1',
    '00:01.000 --> 00:04.500 align:start line:0',
    '<v 老王>乡亲们 &amp; <b>好</b>&#33;',
    '第二行',
    '',
    'second',
    '01:00:05.000 --> 01:00:09.25',
    '今天讲<00:05.500><c.yellow>玉米</c>追肥。',
    '',
  ].join('\r\n');
  expect(parseWebVtt(file)).toEqual([
    { start: 1, end: 4.5, text: '乡亲们 & 好!\n第二行' },
    { start: 3605, end: 3609.25, text: '今天讲玉米追肥。' },
  ]);
});

test('a forgotten blank line, a caption without text and times out of order cost only themselves', () => {
  const file = `WEBVTT

00:05.000 --> 00:06.000
later
00:01.000 --> 00:02.000
sooner

00:03.000 --> 00:04.000

00:09.000 --> 00:08.000
backwards

00:xx.000 --> 00:08.000
unreadable`;
  expect(parseWebVtt(file).map((cue) => cue.text)).toEqual(['sooner', 'later']);
});

test('ruby readings are left out, unknown entities stay', () => {
  expect(plainCueText('<ruby>追肥<rt>zhuīféi</rt></ruby> &unknown; &lt;x&gt; &#x4e2d;')).toBe(
    '追肥 &unknown; <x> 中',
  );
});

test('the caption begun last is shown, from its start until its end', () => {
  const cues = [
    { start: 1, end: 10, text: 'long' },
    { start: 2, end: 3, text: 'short' },
  ];
  expect([0.9, 1, 2, 3, 10].map((at) => cueAt(cues, at)?.text)).toEqual([
    undefined,
    'long',
    'short',
    'long',
    undefined,
  ]);
});

test('an answer that is no WebVTT is an error, not an empty list', async () => {
  const answer =
    (body: string, status = 200) =>
    () =>
      Promise.resolve(new Response(body, { status }));
  await expect(fetchCaptions('x', answer('WEBVTT\n\n00:01.000 --> 00:02.000\na'))).resolves.toHaveLength(1);
  await expect(fetchCaptions('x', answer('<html>log in</html>'))).rejects.toThrow('not a WebVTT file');
  await expect(fetchCaptions('x', answer('', 404))).rejects.toThrow('404');
});

test('a server that keeps silent is given up', async () => {
  vi.useFakeTimers();
  const captions = fetchCaptions('x', () => new Promise(() => undefined));
  const outcome = expect(captions).rejects.toThrow('no answer within 10000 ms');
  await vi.advanceTimersByTimeAsync(10_000);
  await outcome;
  vi.useRealTimers();
});
