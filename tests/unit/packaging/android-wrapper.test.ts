import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { NativeHostBridge, NativePlayerBridge } from '../../../src/tv/player/engines/bridge-contract.ts';
import settings from '../../../settings.json';

/** What the page may call, and with what: the names are the contract's, by the compiler. */
const player: Record<keyof NativePlayerBridge, string> = {
  load: '(ILjava/lang/String;Ljava/lang/String;I)V',
  play: '()V',
  pause: '()V',
  seek: '(I)V',
  setRate: '(F)V',
  setRect: '(IIII)V',
  position: '()Ljava/lang/String;',
  duration: '()Ljava/lang/String;',
  capabilities: '()Ljava/lang/String;',
  release: '()V',
};
const host: Record<keyof NativeHostBridge, string> = {
  exit: '()V',
  keepScreenOn: '(Z)V',
  info: '()Ljava/lang/String;',
};

const folder = new URL('../../../packaging/android/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

/** The methods that Android shows to a page, by name. */
function shown(source: string): Record<string, string> {
  const methods = source.matchAll(
    /^\.method public (\w+)(\(.*)\n {4}\.locals \d+\n {4}\.annotation runtime Landroid\/webkit\/JavascriptInterface;/gm,
  );
  return Object.fromEntries([...methods].map(([, name = '', types = '']) => [name, types]));
}

describe('the Android wrapper', () => {
  it('offers the page the player of the contract, and nothing else', () => {
    expect(shown(read('smali/NativePlayer.smali'))).toEqual(player);
  });

  it('offers the page the box of the contract, and nothing else', () => {
    expect(shown(read('smali/NativeHost.smali'))).toEqual(host);
  });

  it('puts them into the page and calls it by the contract’s names', () => {
    expect(read('smali/MainActivity.smali')).toMatch(
      /"NativePlayer"[^]*"NativeHost"[^]*"window\.__nativeKey\?/,
    );
    expect(read('smali/NativePlayer.smali')).toContain('"window.__nativePlayerEvent&&__nativePlayerEvent("');
  });

  it('hands over only keys that settings.json has a meaning for', () => {
    const { base, android } = settings.device.keyProfiles;
    const codes = [...read('smali/Keys.smali').matchAll(/^ {4}const\/16 v0, (\d+)\n {4}return v0$/gm)];
    expect(codes.length).toBeGreaterThan(10);
    for (const [, code = ''] of codes) expect({ ...base, ...android }).toHaveProperty(code);
  });
});
