// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CtcSettings } from '../../../../../src/domain/remote/box-settings.ts';
import { avplayDriver } from '../../../../../src/tv/player/engines/avplay.ts';
import { bridgeDriver } from '../../../../../src/tv/player/engines/bridge.ts';
import { ctcDriver } from '../../../../../src/tv/player/engines/ctc.ts';
import { createVendorEngine, type MakeDriver } from '../../../../../src/tv/player/engines/vendor-engine.ts';
import type { EngineEvent, OpenEngine } from '../../../../../src/tv/player/player-engine.ts';
import { createFakeAvplay } from '../../../../fakes/avplay.ts';
import { createCtcBox, type CtcQuirks } from '../../../../fakes/ctc-box.ts';
import { createFakeBridge } from '../../../../fakes/native-player.ts';
import { conformance, type Subject } from './conformance.ts';

const length = 30;
const plane = { uncover: vi.fn(), cover: vi.fn() };
const settings: CtcSettings = { errors: { '10': 'retry', '104017': 'unsupported' } };

const openWith =
  (make: MakeDriver): OpenEngine =>
  (_, emit) =>
    createVendorEngine(make, plane, emit);

function ctc(quirks: CtcQuirks, own: CtcSettings = {}, pip = true) {
  const box = createCtcBox(length, quirks);
  const onNews = (listener: () => void) => {
    box.onNews = listener;
    return () => (box.onNews = () => undefined);
  };
  const make: MakeDriver = (tell) =>
    ctcDriver({ world: box, settings: { ...settings, ...own }, pip, onNews }, tell);
  return { box, make, open: openWith(make), decoders: () => box.open };
}

function avplay() {
  const fake = createFakeAvplay(length);
  const make: MakeDriver = (tell) => avplayDriver(document, fake.avplay, tell);
  return { fake, make, open: openWith(make), decoders: fake.open };
}

function bridge() {
  const fake = createFakeBridge(length);
  const make: MakeDriver = (tell) => bridgeDriver(fake.world, tell);
  return { fake, make, open: openWith(make), decoders: fake.open };
}

const subjects: [name: string, make: () => Pick<Subject, 'open' | 'decoders'>][] = [
  ['ctc', () => ctc({})],
  ['ctc with times as text and events that are no JSON', () => ctc({ textTimes: true, looseEvents: true })],
  ['ctc that tells neither beginning nor end', () => ctc({ silent: true, textTimes: true })],
  ['ctc of ZTE with a bare address', () => ctc({ maker: 'zte' }, { media: 'url' })],
  ['avplay', avplay],
  ['bridge', bridge],
];

beforeEach(() => {
  document.body.textContent = '';
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
  });
});
afterEach(() => vi.useRealTimers());

const pass = async (seconds: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(seconds * 1000);
};

describe.each(subjects)('%s', (_, make) => {
  it.each(conformance)('%s', async (_name, run) => {
    await run({ ...make(), good: 'http://cdn/lesson.m3u8', missing: 'http://cdn/missing.m3u8', pass });
  });
});

/** An engine on its own, with all it says. */
function engineOf(make: MakeDriver) {
  const said: EngineEvent[] = [];
  const engine = createVendorEngine(make, plane, (event) => said.push(event));
  engine.load({ url: 'http://cdn/lesson.m3u8', kind: 'hls' }, 0);
  return { engine, said };
}

describe('the player of an IPTV box', () => {
  it('is spoken to as its page standard says', async () => {
    const { box, make } = ctc({});
    engineOf(make).engine.play();
    await pass(2);
    expect(box.mistakes).toEqual([]);
    expect(box.shown).toEqual({ mode: 1, area: [] });
  });

  it('shows its picture where it is told, in the units of its page, and only after a refresh', () => {
    const { box, make } = ctc({}, { pageWidth: 640, pageHeight: 530 });
    const { engine } = engineOf(make);
    engine.setRect({ x: 640, y: 72, width: 320, height: 180 });
    expect(box.shown).toEqual({ mode: 0, area: [320, 53, 160, 133] });
  });

  it('stays on the full screen where the box can do no other', () => {
    const { box, make } = ctc({}, {}, false);
    const { engine } = engineOf(make);
    engine.setRect({ x: 640, y: 72, width: 320, height: 180 });
    expect(engine.caps.rect).toBe(false);
    expect(box.shown).toEqual({ mode: 1, area: [] });
  });

  it.each([
    [10, { code: 'network', fatal: false, tag: 'P-NET-CTC-10' }],
    [104017, { code: 'unsupported', fatal: true, tag: 'P-SUP-CODEC' }],
    [99, { code: 'network', fatal: true, tag: 'P-NET-CTC-99' }],
  ])('means by error %i what settings.json says', async (error_code, error) => {
    const { box, make } = ctc({ looseEvents: true });
    const { engine, said } = engineOf(make);
    engine.play();
    await pass(2);
    box.event({ type: 'EVENT_MEDIA_ERROR', error_code });
    expect(said[said.length - 1]).toMatchObject({ type: 'error', error });
  });

  it('is not meant by the events of another player', async () => {
    const { box, make } = ctc({});
    const { engine, said } = engineOf(make);
    engine.play();
    await pass(2);
    box.event({ type: 'EVENT_MEDIA_END', instance_id: 3 });
    expect(said.some(({ type }) => type === 'ended')).toBe(false);
  });

  it('is given up when it stands for good, after starting afresh', async () => {
    const { box, make } = ctc({});
    const { engine, said } = engineOf(make);
    engine.play();
    await pass(4);
    box.film.freeze(true);
    await pass(120);
    expect(said[said.length - 1]).toMatchObject({ type: 'error', error: { code: 'stalled', fatal: true } });
    engine.destroy();
    expect(box.open).toBe(0);
  });

  it('stops when the page goes away', async () => {
    const { box, make } = ctc({});
    engineOf(make).engine.play();
    await pass(2);
    window.dispatchEvent(new Event('pagehide'));
    expect(box.open).toBe(0);
  });
});

describe('Tizen’s player', () => {
  it('is placed in units of 1920×1080', () => {
    const { fake, make } = avplay();
    engineOf(make).engine.setRect({ x: 640, y: 72, width: 320, height: 180 });
    expect(fake.rect()).toEqual([960, 108, 480, 270]);
  });

  it('has its window in the page while it plays only', () => {
    const { engine } = engineOf(avplay().make);
    expect(document.querySelectorAll('object')).toHaveLength(1);
    engine.destroy();
    expect(document.querySelectorAll('object')).toHaveLength(0);
  });
});

describe('the Android wrapper’s player', () => {
  it('is not meant by late events of another lesson, nor by what is no JSON', async () => {
    const { fake, make } = bridge();
    const { engine, said } = engineOf(make);
    engine.play();
    await pass(2);
    fake.world.__nativePlayerEvent!('{"id":-1,"type":"ended"}');
    fake.world.__nativePlayerEvent!('ended');
    expect(said.some(({ type }) => type === 'ended')).toBe(false);
  });
});

describe('the page over a box’s own player', () => {
  it('is clear while it plays and opaque after', () => {
    const { engine } = engineOf(bridge().make);
    expect(plane.uncover).toHaveBeenCalled();
    plane.cover.mockClear();
    engine.destroy();
    expect(plane.cover).toHaveBeenCalledOnce();
  });
});
