import type { Lightning } from '@lightningjs/sdk';
import type { Lesson } from '../../../domain/catalogue/types.ts';
import { Page } from '../../app/Page.ts';
import { t } from '../../locales/i18n.ts';
import { ButtonRow, type ButtonSpec } from '../../ui/ButtonRow.ts';
import { label } from '../../ui/label.ts';
import { pageHeader } from '../../ui/page-header.ts';
import { part } from '../../ui/parts.ts';
import { posterTexture } from '../../ui/poster.ts';
import { textWidth } from '../../ui/text-width.ts';
import { color, screen, space, typeOf } from '../../ui/theme.ts';
import { dotted, lengthWords } from '../shared/lesson-words.ts';

const poster = { w: 512, h: 288 };
const textX = screen.safeX + poster.w + 40;
const factsWidth = screen.w - screen.safeX - textX;

/** What a lesson is about, who says it and when it was checked; from here it plays. */
export class LessonPage extends Page<{ page: 'lesson'; id: string }> {
  static override _template(): object {
    return { Header: {}, Poster: {}, Facts: {}, Buttons: { type: ButtonRow, x: screen.safeX, y: 500 } };
  }

  get #lesson(): Lesson | undefined {
    return this.services.catalogue().lessons.get(this.route.id);
  }

  override get heading(): string {
    return this.services.text(this.#lesson?.title) || t('lesson.gone');
  }

  protected override build(): void {
    const lesson = this.#lesson;
    this.patch({ Header: pageHeader(this.heading), Buttons: { buttons: this.#buttons(lesson) } });
    if (lesson) this.#showFacts(lesson);
  }

  #showFacts(lesson: Lesson): void {
    const { services } = this;
    const progress = services.progress(lesson.id);
    const state = progress?.completed
      ? t('lesson.done')
      : progress
        ? t('lesson.watchedShare', { percent: Math.floor(progress.coverage * 100) })
        : t('lesson.notYet');
    const lines: [words: string, style: 'body' | 'small', lines: number][] = [
      [dotted(lengthWords(lesson.length), t(`lesson.kind.${lesson.kind}`), state), 'body', 1],
      [services.text(lesson.summary), 'body', 4],
      [lesson.presenter ? t('lesson.presenter', { name: services.text(lesson.presenter) }) : '', 'small', 2],
      [lesson.source ? t('lesson.source', { source: services.text(lesson.source) }) : '', 'small', 3],
      [lesson.reviewed ? t('lesson.reviewed', { date: lesson.reviewed }) : '', 'small', 1],
      [lesson.expires ? t('lesson.expires', { date: lesson.expires }) : '', 'small', 1],
    ];
    let y = 0;
    const children = lines
      .filter(([words]) => words !== '')
      .map(([text, style, most]) => {
        const template = {
          ...label(style, {
            text,
            w: factsWidth,
            lines: most,
            color: style === 'body' ? color.text : color.textSoft,
          }),
          y,
        };
        // Rows are set by estimate: the texture's own height comes too late to lay out by it.
        const needed = Math.ceil((textWidth(text, style) * 1.04) / factsWidth);
        y += Math.min(most, needed) * typeOf(style).line + 14;
        return template;
      });
    const url = lesson.poster && services.address(lesson.poster);
    const title = services.text(lesson.title);
    this.patch({
      Poster: {
        x: screen.safeX,
        y: 120,
        ...poster,
        texture: posterTexture({ url, ...poster, radius: space.radius, title, scrim: 0 }),
      },
      Facts: { x: textX, y: 116, children },
    });
    this.navigator.say(services.text(lesson.summary));
  }

  #buttons(lesson: Lesson | undefined): ButtonSpec[] {
    const { navigator } = this;
    if (!lesson)
      return [{ id: 'home', words: t('action.home'), onEnter: () => navigator.open({ page: 'home' }) }];
    const progress = this.services.progress(lesson.id);
    const begun = progress !== undefined && progress.resumeAt > 0;
    const play = {
      id: 'play',
      words: begun ? t('action.resume') : t('action.play'),
      onEnter: () => navigator.open({ page: 'play', id: lesson.id }),
    };
    const list = this.services.catalogue().playlists.find(({ lessons }) => lessons.includes(lesson.id));
    return [
      play,
      ...(list
        ? [
            {
              id: 'list',
              words: t('action.playlist'),
              onEnter: () => navigator.open({ page: 'playlist', id: list.id }),
            },
          ]
        : []),
      { id: 'back', words: t('action.back'), onEnter: () => navigator.back() },
    ];
  }

  override _getFocused(): Lightning.Component {
    return part<ButtonRow>(this, 'Buttons');
  }
}
