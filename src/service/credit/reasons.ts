import { createInstance } from 'i18next';
import type { EntryReview, LessonStudy } from '../../domain/credit/study-year.ts';
import type { RuleName, RuleResult } from '../../domain/credit/rules.ts';
import { hoursText } from '../../domain/text/durations.ts';
import en from '../locales/reasons.en.json' with { type: 'json' };
import zhCN from '../locales/reasons.zh-CN.json' with { type: 'json' };

export const reasonLanguages = ['zh-CN', 'en'] as const;
export type ReasonLanguage = (typeof reasonLanguages)[number];

/** A rule's verdict in words. */
export interface Reason extends RuleResult {
  text: string;
  /** What to do about it; only of a rule that stands against something. */
  next?: string;
}

type Unit = 'share' | 'seconds' | 'rate' | 'count';

const units: Readonly<Record<RuleName, Unit>> = {
  coverage: 'share',
  'wall-clock': 'seconds',
  rate: 'rate',
  overlap: 'seconds',
  'box-budget': 'seconds',
  'session-minimum': 'seconds',
  'lesson-day-cap': 'seconds',
  'day-cap': 'seconds',
  once: 'seconds',
  nonce: 'count',
  catalogue: 'count',
};

const words = createInstance({
  resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
  lng: 'zh-CN',
  fallbackLng: 'en',
  interpolation: { escapeValue: false },
});
void words.init();

/** Why an entry is under review, in each language. */
export function reviewInWords({ share, limit }: EntryReview): Record<ReasonLanguage, string> {
  const figures = { share: percent(share), limit: percent(limit) };
  return {
    'zh-CN': words.getFixedT('zh-CN')('review', figures),
    en: words.getFixedT('en')('review', figures),
  };
}

function percent(share: number): string {
  return `${Math.floor(share * 100)}%`;
}

/**
 * Why a lesson counts or does not, in plain words: those that stand against it first.
 *
 * @param hours 学时 that count for it now.
 */
export function reasonsInWords(
  { status, reasons }: Pick<LessonStudy, 'status' | 'reasons'>,
  hours: number,
  language: ReasonLanguage,
): { summary: string; reasons: Reason[] } {
  const t = words.getFixedT(language);
  const figure = (unit: Unit, value: number): string => {
    if (unit === 'share') return percent(value);
    if (unit !== 'seconds') return String(value);
    const seconds = Math.round(value);
    return t('minutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
  };
  const inWords = (result: RuleResult): Reason => {
    const unit = units[result.rule];
    const figures = { figure: figure(unit, result.figure), limit: figure(unit, result.limit) };
    const key = `rules.${result.rule}`;
    return result.passed
      ? { ...result, text: t(`${key}.passed`, figures) }
      : { ...result, text: t(`${key}.failed`, figures), next: t(`${key}.next`) };
  };
  return {
    summary: t(`status.${status}`, { hours: hoursText(hours) }),
    reasons: [...reasons].sort((a, b) => Number(a.passed) - Number(b.passed)).map(inWords),
  };
}
