/**
 * Stands in for the parts of Lightning core that every app gets and this one never makes: effects, flex layout,
 * text with markup (it eats circled digits), ready-made components. Together they are 24 KB gzip before the first
 * focus, and code that a slow processor has to read.
 */
export default class LeftOut {
  constructor() {
    throw new Error('This part of Lightning is left out of the bundle: see src/setup/bundles/tv.js');
  }
}
