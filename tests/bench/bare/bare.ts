/** The least that plays a lesson: a `<video>` and hls.js light. OK plays what the address names behind its `#`. */
import Hls from 'hls.js/dist/hls.light.min.js';

const video = document.querySelector('video')!;

document.addEventListener('keydown', ({ keyCode }) => {
  if (keyCode !== 13) return;
  const hls = new Hls();
  hls.loadSource(location.hash.slice(1));
  hls.attachMedia(video);
  void video.play();
});
