// The UMD build has no types beside it; they are those of the package.
declare module 'hls.js/dist/hls.light.min.js' {
  export { default } from 'hls.js';
}
