import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Preferences } from '../../../../src/tv/app/services.ts';
import { readPreferences, writePreferences } from '../../../../src/tv/boot/preferences.ts';

const defaults: Preferences = { language: 'zh-CN', captions: true, captionSize: 'medium', elder: false };
const holding = (text: string | null) => ({ getItem: () => text });

describe('preferences', () => {
  it('are the defaults on a new box', () => {
    expect(readPreferences(holding(null))).toEqual(defaults);
    expect(readPreferences(undefined)).toEqual(defaults);
  });

  it('come back as they were written', () => {
    const some = fc.record<Preferences>({
      language: fc.constantFrom('zh-CN', 'en'),
      captions: fc.boolean(),
      captionSize: fc.constantFrom('small', 'medium', 'large'),
      elder: fc.boolean(),
    });
    fc.assert(
      fc.property(some, (preferences) => {
        const kept = new Map<string, string>();
        writePreferences({ setItem: (key, text) => kept.set(key, text) }, preferences);
        expect(readPreferences({ getItem: (key) => kept.get(key) ?? null })).toEqual(preferences);
      }),
    );
  });

  it.each(['', '{', 'null', '3', '[]', '"zh-CN"', '{"language":7}', '{"captionSize":"huge","elder":"yes"}'])(
    'are the defaults where %j is kept',
    (text) => {
      expect(readPreferences(holding(text))).toEqual(defaults);
    },
  );

  it('keep what is understood beside what is not', () => {
    expect(readPreferences(holding('{"language":"en","captions":"no","captionSize":"large","x":1}'))).toEqual(
      {
        ...defaults,
        language: 'en',
        captionSize: 'large',
      },
    );
  });

  it('are always whole, whatever is kept', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const { language, captions, captionSize, elder } = readPreferences(holding(text));
        expect(['zh-CN', 'en']).toContain(language);
        expect(['small', 'medium', 'large']).toContain(captionSize);
        expect([typeof captions, typeof elder]).toEqual(['boolean', 'boolean']);
      }),
    );
  });

  it('do without a storage that is forbidden or full', () => {
    const forbidden = (): never => {
      throw new DOMException('denied', 'SecurityError');
    };
    expect(readPreferences({ getItem: forbidden })).toEqual(defaults);
    expect(() => writePreferences({ setItem: forbidden }, defaults)).not.toThrow();
    expect(() => writePreferences(undefined, defaults)).not.toThrow();
  });
});
