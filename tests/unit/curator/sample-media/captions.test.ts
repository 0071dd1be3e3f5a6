import { expect, it } from 'vitest';
import { webVtt } from '../../../../src/curator/sample-media/captions.ts';

it('writes cues as WebVTT in the asked language', () => {
  const cues = [
    { start: 0.75, end: 3.2004, zh: '大家好。', en: 'Hello.' },
    { start: 61, end: 3661.5, zh: '再见。', en: 'Goodbye.' },
  ];
  expect(webVtt(cues, 'zh')).toBe(
    'WEBVTT\n\n1\n00:00:00.750 --> 00:00:03.200\n大家好。\n\n2\n00:01:01.000 --> 01:01:01.500\n再见。\n',
  );
  expect(webVtt(cues, 'en')).toContain('\nGoodbye.\n');
});
