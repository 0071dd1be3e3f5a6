/** The package brings no types. */
declare module 'linebreak' {
  export default class LineBreaker {
    constructor(text: string);
    /** The next place where a line may end, `null` after the last; `position` in UTF-16 units. */
    nextBreak(): { position: number; required: boolean } | null;
  }
}
