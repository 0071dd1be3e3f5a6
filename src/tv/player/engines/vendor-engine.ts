import type {
  EmitEngineEvent,
  EngineCaps,
  PlayerEngine,
  PlayerSource,
  ScreenRect,
} from '../player-engine.ts';
import { stalledFault, type Fault } from '../player-error.ts';
import { lookForStall, newStallWatch, restartWait } from './stall-watchdog.ts';
import { newSteadyClock, readClock, steadyPosition } from './steady-clock.ts';
import type { VideoPlane } from './video-plane.ts';

/** What a box's own player tells, in the few kinds that they have in common. All of it may be missing. */
export type VendorNews =
  /** A first picture can be shown. */
  | { type: 'ready' }
  | { type: 'waiting' }
  | { type: 'seeked' }
  /** It stands although nobody here asked for it. */
  | { type: 'paused' }
  | { type: 'ended' }
  | { type: 'failed'; fault: Fault; fatal: boolean };

/** One box's player in its own words. Times in seconds; nothing here may throw. */
export interface VendorDriver {
  readonly name: PlayerEngine['name'];
  readonly caps: EngineCaps;
  /** It tells its position in whole seconds only. */
  readonly wholeSeconds: boolean;
  /** Prepares; news come from now on. */
  open(source: PlayerSource, startAt: number): void;
  /** Goes on playing, or begins. */
  play(): void;
  pause(): void;
  /** Only asked for while it plays: on some boxes a jump begins to play. */
  seek(position: number): void;
  setRate(rate: number): void;
  setRect(rect: ScreenRect): void;
  /** Undefined where it does not say. */
  position(): number | undefined;
  duration(): number | undefined;
  /** Stops and frees the decoder, and says nothing any more. */
  close(): void;
}

export type MakeDriver = (tell: (news: VendorNews) => void) => VendorDriver;

/** How often the box is asked for its position, in milliseconds. */
const LOOK_MS = 250;
/** A jump has arrived when the position is so near, in seconds. */
const NEAR = 2;
/** So near its end a lesson that stands is over, where the box does not say so; seconds. */
const END_ZONE = 3;

/**
 * A box's own player behind the app's interface. What boxes leave out is made up for here, for all of them:
 * the first change of the position is the start, standing near the end for as long as the rest lasts is the
 * end, no progress is a fault; a position in whole seconds runs on smoothly in between, so that it counts.
 */
export function createVendorEngine(
  makeDriver: MakeDriver,
  plane: VideoPlane,
  emit: EmitEngineEvent,
): PlayerEngine {
  return new VendorEngine(makeDriver, plane, emit);
}

class VendorEngine implements PlayerEngine {
  readonly name: PlayerEngine['name'];
  readonly caps: EngineCaps;
  readonly #driver: VendorDriver;
  readonly #plane: VideoPlane;
  readonly #emit: EmitEngineEvent;
  #source: PlayerSource | undefined;
  #looks: ReturnType<typeof setInterval> | undefined;
  #wanted = false;
  #ready = false;
  #moving = false;
  #over = false;
  /** Where it is to be until the box has got there. */
  #aim: number | undefined;
  /** The viewer jumped: arriving is news. */
  #seeking = false;
  /** Asked for in a pause: done when it plays on. */
  #seekLater = false;
  #duration = 0;
  #rate = 1;
  #clock = newSteadyClock(0, 0);
  #watch = newStallWatch(0, 0);
  readonly #onLeave = (): void => this.#driver.close();

  constructor(makeDriver: MakeDriver, plane: VideoPlane, emit: EmitEngineEvent) {
    this.#emit = emit;
    this.#plane = plane;
    this.#driver = makeDriver((news) => this.#hear(news));
    this.name = this.#driver.name;
    this.caps = this.#driver.caps;
  }

  load(source: PlayerSource, startAt: number): void {
    this.#source = source;
    this.#plane.uncover();
    // Else the picture would go on under the operator's portal.
    window.addEventListener('pagehide', this.#onLeave);
    window.addEventListener('unload', this.#onLeave);
    this.#open(startAt);
  }

  play(): void {
    this.#wanted = true;
    this.#over = false;
    this.#rest();
    if (this.#seekLater) {
      this.#seekLater = false;
      this.#driver.play();
      this.#driver.seek(this.#aim ?? this.position());
    } else this.#driver.play();
    this.#looks ??= setInterval(() => this.#look(), LOOK_MS);
  }

  pause(): void {
    this.#aim ??= this.position();
    this.#wanted = false;
    this.#stopLooking();
    this.#driver.pause();
    if (!this.#seeking) this.#clock = newSteadyClock(now(), this.#aim);
  }

  seek(position: number): void {
    this.#aim = position;
    this.#seeking = true;
    this.#over = false;
    this.#rest();
    if (this.#wanted && this.#ready) this.#driver.seek(position);
    else this.#seekLater = true;
    if (this.#wanted) this.#looks ??= setInterval(() => this.#look(), LOOK_MS);
  }

  setRate(rate: number): void {
    this.#rate = rate;
    if (this.caps.rate) this.#driver.setRate(rate);
  }

  setRect(rect: ScreenRect): void {
    if (this.caps.rect) this.#driver.setRect(rect);
  }

  /** Boxes draw subtitles themselves or not at all; none are offered. */
  selectSubtitles(): void {
    // Nothing to choose from.
  }

  position(): number {
    return this.#aim ?? steadyPosition(this.#clock, now(), this.#rate, this.#driver.wholeSeconds);
  }

  destroy(): void {
    this.#stopLooking();
    window.removeEventListener('pagehide', this.#onLeave);
    window.removeEventListener('unload', this.#onLeave);
    this.#source = undefined;
    this.#driver.close();
    this.#plane.cover();
  }

  #open(at: number): void {
    this.#aim = at;
    this.#ready = false;
    this.#moving = false;
    this.#clock = newSteadyClock(now(), at);
    this.#rest();
    this.#driver.open(this.#source!, at);
    if (this.#wanted) this.#driver.play();
  }

  #hear(news: VendorNews): void {
    if (!this.#source || this.#over) return;
    if (news.type === 'ready') this.#becomeReady();
    else if (news.type === 'seeked') this.#arrive();
    else if (news.type === 'ended') this.#finish();
    else if (news.type === 'failed') this.#fail(news.fault, news.fatal);
    else if (news.type === 'waiting' && this.#moving) this.#emit({ type: 'waiting' });
    else if (news.type === 'paused' && this.#wanted && this.#moving) this.#emit({ type: 'paused' });
  }

  #becomeReady(): void {
    if (this.#ready) return;
    this.#ready = true;
    this.#emit({ type: 'ready' });
    this.#tellDuration();
    if (this.#seekLater && this.#wanted) {
      this.#seekLater = false;
      this.#driver.seek(this.#aim ?? 0);
    }
  }

  #tellDuration(): void {
    const duration = this.#driver.duration() ?? 0;
    if (duration <= 0 || duration === this.#duration) return;
    this.#duration = duration;
    this.#emit({ type: 'duration', duration });
  }

  #look(): void {
    const read = this.#driver.position();
    const at = now();
    if (read === undefined || this.#over) return;
    this.#tellDuration();
    const before = this.#clock.read;
    this.#clock = readClock(this.#clock, at, read);
    if (read !== before) this.#moved(before, read);
    if (!this.#over) this.#lookForTrouble(at, read);
  }

  #moved(before: number, read: number): void {
    if (!this.#ready) this.#becomeReady();
    if (this.#aim !== undefined) {
      if (Math.abs(read - this.#aim) > NEAR) return;
      this.#arrive();
    }
    if (this.#moving && Math.abs(read - before) <= NEAR) return;
    this.#moving = true;
    this.#emit({ type: 'playing' });
  }

  #arrive(): void {
    const read = this.#driver.position();
    if (this.#aim !== undefined) this.#clock = newSteadyClock(now(), read ?? this.#aim);
    this.#aim = undefined;
    if (!this.#seeking) return;
    this.#seeking = false;
    this.#emit({ type: 'seeked' });
  }

  #lookForTrouble(at: number, read: number): void {
    const still = at - this.#watch.movedAt;
    const rest = this.#duration - read;
    const nearEnd = this.#duration > 0 && rest <= END_ZONE && this.#moving && this.#aim === undefined;
    const { watch, verdict } = lookForStall(this.#watch, {
      at,
      position: read,
      received: 0,
      holeEnd: null,
      atEnd: nearEnd && still >= rest / this.#rate,
    });
    this.#watch = watch;
    if (verdict.type === 'finished') this.#finish();
    if (verdict.type === 'rebuild') {
      const from = this.position();
      this.#driver.close();
      this.#open(from);
    }
    if (verdict.type === 'give-up') this.#fail(stalledFault('no progress after starting afresh'), true);
  }

  #finish(): void {
    this.#over = true;
    this.#stopLooking();
    this.#emit({ type: 'ended' });
  }

  #fail(fault: Fault, fatal: boolean): void {
    if (fatal) {
      this.#over = true;
      this.#stopLooking();
    }
    this.#emit({ type: 'error', error: { ...fault, fatal } });
  }

  /** The wait for the box begins anew. */
  #rest(): void {
    this.#watch = restartWait(this.#watch, now(), this.#clock.read);
  }

  #stopLooking(): void {
    clearInterval(this.#looks);
    this.#looks = undefined;
  }
}

function now(): number {
  return performance.now() / 1000;
}
