export { PaperPage } from './together/afterwards/PaperPage.ts';
export { PastPage } from './together/afterwards/PastPage.ts';
export { TogetherPage } from './together/TogetherPage.ts';
