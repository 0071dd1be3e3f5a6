import { solarTermOn } from '../../../domain/catalogue/solar-terms.ts';
import type { FarmTalkIssue, Lesson, Playlist } from '../../../domain/catalogue/types.ts';
import type { Services } from '../../app/services.ts';
import { t } from '../../locales/i18n.ts';
import type { PanelContent } from '../../ui/PanelCard.ts';
import type { CardContent } from '../../ui/PosterCard.ts';
import { currentLessons, dotted, lengthWords, lessonCard, monthWords } from '../shared/lesson-words.ts';

/** A row of Home: a playlist with those of its lessons that can be watched. */
export interface HomeShelf {
  playlist: Playlist;
  title: string;
  note: string;
  cards: CardContent[];
}

/** The playlists as rows, in the county's order; those without a lesson to watch are left out. */
export function homeShelves(services: Services): HomeShelf[] {
  return services
    .catalogue()
    .playlists.map((playlist) => ({
      playlist,
      title: services.text(playlist.title),
      note: services.text(playlist.summary),
      cards: currentLessons(services, playlist.lessons).map((lesson) => lessonCard(services, lesson)),
    }))
    .filter(({ cards }) => cards.length > 0);
}

/** This month's farm talk as the large card. */
export function heroCard(services: Services, issue: FarmTalkIssue, lesson: Lesson): CardContent {
  const card = lessonCard(services, lesson);
  const badge = t('home.issueBadge', { month: monthWords(issue) });
  const title = services.text(issue.title);
  return {
    ...card,
    title,
    badge,
    meta: dotted(services.text(lesson.presenter), card.meta),
    announcement: dotted(badge, title, lengthWords(lesson.length), t('home.pressToWatch')),
  };
}

/** What Resume offers: the newest lesson that was begun and not finished, else the first one to learn. */
export function resumeOffer(services: Services): {
  lesson: Lesson | undefined;
  content: PanelContent;
  begun: boolean;
} {
  const { lessons, playlists } = services.catalogue();
  const begun = services
    .recent()
    .find(({ lessonId, completed }) => !completed && currentLessons(services, [lessonId]).length > 0);
  if (begun) {
    const lesson = lessons.get(begun.lessonId)!;
    const title = services.text(lesson.title);
    const left = t('home.left', { length: lengthWords(lesson.length - begun.resumeAt) });
    return {
      lesson,
      begun: true,
      content: {
        kicker: t('home.continue'),
        title,
        note: left,
        progress: begun.resumeAt / lesson.length,
        announcement: dotted(t('home.continue'), title, left),
        lesson: lesson.id,
      },
    };
  }
  // Whoever is new begins with the general playlist: how to use the remote.
  const fresh = services.recent().length === 0;
  const inOrder = fresh
    ? [...playlists].sort((a, b) => Number(b.kind === 'general') - Number(a.kind === 'general'))
    : playlists;
  const ids = inOrder.reduce<string[]>((all, { lessons: more }) => [...all, ...more], []);
  const all = currentLessons(services, ids);
  const next = all.find(({ id }) => !services.progress(id)?.completed) ?? all[0];
  const kicker = fresh ? t('home.startHere') : t('home.next');
  const title = next ? services.text(next.title) : t('home.nothing');
  const note = next ? lengthWords(next.length) : '';
  return {
    lesson: next,
    begun: false,
    content: { kicker, title, note, announcement: dotted(kicker, title, note), lesson: next?.id },
  };
}

/** The card that leads to the back issues of the farm talk. */
export function backIssuesPanel(services: Services): PanelContent {
  const [, ...back] = services.catalogue().farmTalk;
  const kicker = t('home.backIssues');
  const title = back[0] ? services.text(back[0].title) : t('farmTalk.noBackIssues');
  const note = back.map(monthWords).join(t('app.comma'));
  return { kicker, title, note, announcement: dotted(kicker, note) };
}

/** `小雪 · 19:06`. */
export function clockWords(services: Services): string {
  const now = services.now();
  const term = t(`solarTerm.${solarTermOn(now.getFullYear(), now.getMonth() + 1, now.getDate())}`);
  const time = `${String(now.getHours()).padStart(2, '0')}:${String(now.getMinutes()).padStart(2, '0')}`;
  return `${term} · ${time}`;
}
