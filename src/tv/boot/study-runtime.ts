/** The study code as one piece: fetched while the first screen rests, before the first play. */
export { createStudy } from '../study/study.ts';
export { browserBox } from '../study/box.ts';
