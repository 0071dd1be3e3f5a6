import type { Lightning } from '@lightningjs/sdk';
import type { Page, PageClass } from '../../src/tv/app/Page.ts';
import type { Route } from '../../src/tv/app/routes.ts';
import type { Navigator, Services } from '../../src/tv/app/services.ts';
import { HomePage } from '../../src/tv/pages/home/HomePage.ts';
import {
  BindingPage,
  FarmTalkPage,
  HelpPage,
  LessonPage,
  MyStudyPage,
  PlaylistPage,
  RemotePage,
  SettingsPage,
  WhoPage,
} from '../../src/tv/pages/others.ts';
import { PaperPage, PastPage, TogetherPage } from '../../src/tv/pages/rooms.ts';
import { showOnStage, type TestStage } from './stage.ts';

/** Every page but the player, by the first part of its address. */
export const pageClasses: Record<Exclude<Route['page'], 'play'>, PageClass> = {
  home: HomePage,
  playlist: PlaylistPage,
  lesson: LessonPage,
  'farm-talk': FarmTalkPage,
  'my-study': MyStudyPage,
  who: WhoPage,
  together: TogetherPage,
  'together-past': PastPage,
  'together-paper': PaperPage,
  settings: SettingsPage,
  binding: BindingPage,
  help: HelpPage,
  remote: RemotePage,
};

/** Where a page wanted to go, and what it said. */
export interface NavigatorNotes {
  opened: Route[];
  replaced: Route[];
  backs: number;
  toasts: string[];
  said: string[];
}

export interface PageStage extends TestStage<Page> {
  notes: NavigatorNotes;
}

/** Shows one page alone; where it leads is noted and not followed. */
export function showPage(
  route: Exclude<Route, { page: 'play' }>,
  services: Services,
  memory?: unknown,
): PageStage {
  const notes: NavigatorNotes = { opened: [], replaced: [], backs: 0, toasts: [], said: [] };
  const navigator: Navigator = {
    open: (next) => void notes.opened.push(next),
    replace: (next) => void notes.replaced.push(next),
    back: () => void notes.backs++,
    toast: (message) => void notes.toasts.push(message),
    say: (message) => void notes.said.push(message),
  };
  const stage = showOnStage(pageClasses[route.page], { services, navigator, route, memory });
  return { ...stage, notes };
}

/** The words of what has the focus; empty where it has none. */
export function focusedWords(stage: Pick<PageStage, 'focused'>): string {
  const focused: Lightning.Component & { announcement?: unknown } = stage.focused();
  return typeof focused.announcement === 'string' ? focused.announcement : '';
}
