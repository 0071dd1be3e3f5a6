import { t } from '../../locales/i18n.ts';
import type { RecordLink } from '../../study/study.ts';
import type { DetailSpec } from './StudyDetail.ts';

/** The code that opens one's record on a phone. @param waiting records that are on this box only */
export function linkDetail({ url, expiresIn }: RecordLink, waiting: number, onBack: () => void): DetailSpec {
  return {
    title: t('study.toPhone'),
    summary: t('study.linkHow'),
    lines: [t('study.linkEnds', { count: Math.floor(expiresIn / 60) }), t('study.linkWhat')],
    // What waits here is not in what the phone shows: the link says how many, for the phone to say so.
    qr: waiting > 0 ? `${url}&waiting=${Math.min(waiting, 9999)}` : url,
    buttons: [{ id: 'back', words: t('action.back'), onEnter: onBack }],
  };
}
