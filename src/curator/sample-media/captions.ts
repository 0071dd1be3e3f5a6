import type { Cue } from './timeline.ts';

/** Cues as a WebVTT file (https://www.w3.org/TR/webvtt1/) in one of their languages. */
export function webVtt(cues: readonly Cue[], language: 'zh' | 'en'): string {
  const blocks = cues.map(
    (cue, index) => `${index + 1}\n${timestamp(cue.start)} --> ${timestamp(cue.end)}\n${cue[language]}\n`,
  );
  return `WEBVTT\n\n${blocks.join('\n')}`;
}

/** `hh:mm:ss.mmm` */
function timestamp(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23);
}
