import { HomePage } from '../pages/home/HomePage.ts';
import type { PageClass } from './Page.ts';
import type { Route } from './routes.ts';

/** Home comes with the app; the other pages are one piece that is fetched while the first screen rests. */
const others = () => import(/* webpackChunkName: "pages" */ '../pages/others.ts');
const together = () => import(/* webpackChunkName: "together" */ '../pages/rooms.ts');
const player = () => import(/* webpackChunkName: "player" */ '../pages/player/PlayerPage.ts');

/** The class of a route's page. Rejects when its code cannot be fetched. */
export async function loadPage(route: Route): Promise<PageClass> {
  switch (route.page) {
    case 'home':
      return HomePage;
    case 'play':
      return (await player()).PlayerPage;
    case 'playlist':
      return (await others()).PlaylistPage;
    case 'farm-talk':
      return (await others()).FarmTalkPage;
    case 'lesson':
      return (await others()).LessonPage;
    case 'my-study':
      return (await others()).MyStudyPage;
    case 'who':
      return (await others()).WhoPage;
    case 'together':
      return (await together()).TogetherPage;
    case 'together-past':
      return (await together()).PastPage;
    case 'together-paper':
      return (await together()).PaperPage;
    case 'settings':
      return (await others()).SettingsPage;
    case 'binding':
      return (await others()).BindingPage;
    case 'help':
      return (await others()).HelpPage;
    case 'remote':
      return (await others()).RemotePage;
  }
}

/** Fetches all pages ahead of need; a failure is left to the moment when the page is opened. */
export async function preloadPages(): Promise<void> {
  const settled = () => undefined;
  await Promise.all([player().then(settled, settled), others().then(settled, settled)]);
}
