import { roughLength } from '../../../src/domain/text/durations.ts';
import type { Catalogue, Lesson, LocalText } from '../../../src/domain/catalogue/types.ts';
import zh from '../../../src/tv/locales/zh-CN.json' with { type: 'json' };

export interface FloorCard {
  title: string;
  meta: string;
  /** Absolute path; without one the card is a plain area. */
  poster?: string | undefined;
}

/** A row of the floor: the same cards that Home shows there. */
export interface FloorRow {
  title: string;
  x: number;
  y: number;
  visible: number;
  cards: { w: number; h: number; gap: number; title: LetterSize; meta: LetterSize; list: FloorCard[] };
}

export interface LetterSize {
  size: number;
  line: number;
}

const inChinese = (text: LocalText): string => (typeof text === 'string' ? text : (text['zh-CN'] ?? ''));

function cardOf({ title, length, poster }: Lesson): FloorCard {
  const { unit, count } = roughLength(length);
  const meta = zh.length[unit].replace('{{count}}', String(count));
  return { title: inChinese(title), meta, ...(poster ? { poster: `/catalogue/${poster}` } : {}) };
}

const small: LetterSize = { size: 19, line: 28 };
const heroHeight = 290;
const panelCards = { w: 410, h: 134, gap: 0, title: { size: 26, line: 36 }, meta: small };
const shelfCards = { w: 273, h: 150, gap: 20, title: { size: 22, line: 31 }, meta: small };
const shelfHeight = 48 + shelfCards.h + 24;

/** What Home shows of a catalogue, as rows of plain cards: the farm talk, two panels beside it, the playlists. */
export function floorRows({ playlists, lessons, farmTalk }: Catalogue): FloorRow[] {
  const [talk, ...back] = farmTalk;
  const talkLesson = talk?.lessons[0] ? lessons.get(talk.lessons[0]) : undefined;
  const talkCard = talk && talkLesson && { ...cardOf(talkLesson), title: inChinese(talk.title) };
  const first = cardOf(lessons.get(playlists[0]!.lessons[0]!)!);
  const month = { title: back[0] ? inChinese(back[0].title) : '', meta: back[0]?.month ?? '' };
  const panel = (card: FloorCard, y: number): FloorRow => ({
    title: '',
    x: 742,
    y,
    visible: 1,
    cards: { ...panelCards, list: [card] },
  });
  const hero: FloorRow[] = talkCard
    ? [
        {
          title: '',
          x: 0,
          y: 0,
          visible: 1,
          cards: {
            w: 718,
            h: heroHeight,
            gap: 0,
            title: { size: 40, line: 54 },
            meta: { size: 22, line: 32 },
            list: [talkCard],
          },
        },
      ]
    : [];
  return [
    ...hero,
    panel({ title: first.title, meta: first.meta }, 0),
    panel(month, heroHeight - panelCards.h),
    ...playlists.map((playlist, index) => ({
      title: inChinese(playlist.title),
      x: 0,
      y: heroHeight + 24 + index * shelfHeight,
      visible: 4,
      cards: { ...shelfCards, list: playlist.lessons.map((id) => cardOf(lessons.get(id)!)) },
    })),
  ];
}
