import type { ScreenRect } from '../player-engine.ts';
import { decodeFault, networkFault, unsupportedFault, type Fault } from '../player-error.ts';
import type { VendorDriver, VendorNews } from './vendor-engine.ts';

type AvplayState = 'NONE' | 'IDLE' | 'READY' | 'PLAYING' | 'PAUSED';

/** As much of Tizen's `webapis.avplay` as the app uses. Calls in the wrong state throw InvalidStateError. */
export interface Avplay {
  open(url: string): void;
  setListener(listener: {
    onbufferingstart?: () => void;
    onbufferingcomplete?: () => void;
    onstreamcompleted?: () => void;
    onerror?: (name: string) => void;
  }): void;
  setDisplayRect(x: number, y: number, width: number, height: number): void;
  setStreamingProperty(name: string, value: string): void;
  prepareAsync(done: () => void, failed: (error: unknown) => void): void;
  play(): void;
  pause(): void;
  seekTo(ms: number, done: () => void, failed: (error: unknown) => void): void;
  stop(): void;
  close(): void;
  suspend(): void;
  restore(): void;
  getState(): AvplayState;
  getCurrentTime(): number;
  getDuration(): number;
}

export interface AvplayWorld {
  webapis: { avplay: Avplay };
}

export function isAvplayWorld(world: object): world is AvplayWorld {
  return Boolean((world as Partial<AvplayWorld>).webapis?.avplay);
}

/** The picture is placed in these units, whatever the resolution of the app. */
const planeWidth = 1920;

/** Samsung's own player, through a window of the page that it calls an object. */
export function avplayDriver(page: Document, avplay: Avplay, tell: (news: VendorNews) => void): VendorDriver {
  let rect: ScreenRect = { x: 0, y: 0, width: 1280, height: 720 };
  let startAt = 0;
  let ready = false;
  let wanted = false;
  /** Answers of a stream that was closed meanwhile are nobody's. */
  let stream = 0;
  let hole: HTMLObjectElement | undefined;
  const inState = (...states: AvplayState[]): boolean => states.includes(avplay.getState());

  function place(): void {
    const scale = planeWidth / 1280;
    const [x, y] = [Math.round(rect.x * scale), Math.round(rect.y * scale)];
    if (!inState('NONE'))
      avplay.setDisplayRect(x, y, Math.round(rect.width * scale), Math.round(rect.height * scale));
  }

  function fail(reason: unknown): void {
    tell({ type: 'failed', fault: avplayFault(nameOf(reason)), fatal: true });
  }

  function prepared(): void {
    ready = true;
    if (startAt > 0) jump(startAt, begin);
    else begin();
  }

  function begin(): void {
    tell({ type: 'ready' });
    if (wanted) start();
  }

  function start(): void {
    if (ready && inState('READY', 'PAUSED')) avplay.play();
  }

  function jump(position: number, then: () => void): void {
    const mine = stream;
    const done = (): void => {
      if (mine === stream) then();
    };
    if (inState('READY', 'PLAYING', 'PAUSED')) avplay.seekTo(Math.round(position * 1000), done, done);
  }

  /** Another app comes to the front: the set wants its decoder back, and gives it again after. */
  function onVisibility(): void {
    if (page.hidden && inState('READY', 'PLAYING', 'PAUSED')) avplay.suspend();
    if (!page.hidden && ready) avplay.restore();
  }

  return {
    name: 'avplay',
    caps: { rate: false, rect: true },
    wholeSeconds: false,
    open(source, at) {
      const mine = ++stream;
      const ours = (work: () => void) => () => {
        if (mine === stream) work();
      };
      startAt = at;
      hole = page.createElement('object');
      hole.type = 'application/avplayer';
      hole.style.cssText = 'position:absolute;left:0;top:0;width:100%;height:100%;z-index:0';
      page.body.appendChild(hole);
      page.addEventListener('visibilitychange', onVisibility);
      try {
        avplay.open(source.url);
        avplay.setListener({
          onbufferingstart: ours(() => tell({ type: 'waiting' })),
          onstreamcompleted: ours(() => tell({ type: 'ended' })),
          onerror: (name) => ours(() => fail(name))(),
        });
        if (source.kind === 'hls') avplay.setStreamingProperty('ADAPTIVE_INFO', 'STARTBITRATE=LOWEST');
        place();
        avplay.prepareAsync(ours(prepared), (reason) => ours(() => fail(reason))());
      } catch (reason) {
        fail(reason);
      }
    },
    play() {
      wanted = true;
      start();
    },
    pause() {
      wanted = false;
      if (inState('PLAYING')) avplay.pause();
    },
    seek: (position) => jump(position, () => tell({ type: 'seeked' })),
    setRate: () => undefined,
    setRect(next) {
      rect = next;
      place();
    },
    position: () => (ready && inState('PLAYING', 'PAUSED') ? avplay.getCurrentTime() / 1000 : undefined),
    duration: () => (ready ? avplay.getDuration() / 1000 : undefined),
    close() {
      stream++;
      ready = false;
      page.removeEventListener('visibilitychange', onVisibility);
      if (inState('PLAYING', 'PAUSED', 'READY')) avplay.stop();
      if (!inState('NONE')) avplay.close();
      hole?.remove();
      hole = undefined;
    },
  };
}

function nameOf(reason: unknown): string {
  if (typeof reason === 'string') return reason;
  return (reason as { name?: string } | null)?.name ?? String(reason);
}

/** Names: Samsung's AVPlay reference, `AVPlayManager` errors. */
function avplayFault(name: string): Fault {
  if (/NOT_SUPPORTED|UNSUPPORTED|NotSupported/i.test(name)) return unsupportedFault('CODEC', name);
  if (/INVALID_OPERATION|InvalidState|DECODE|GENERIC/i.test(name)) return decodeFault('AVPLAY', name);
  if (/NO_SUCH_FILE|NotFound/i.test(name)) return networkFault(404, name);
  return networkFault(0, name);
}
