// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { bootScreen } from '../../../../src/tv/boot/boot-screen.ts';

describe('the screen before the app', () => {
  it('goes away when the app is there', () => {
    const element = document.createElement('div');
    bootScreen(element, () => undefined).hide();
    expect(element.style.display).toBe('none');
  });

  it('tells a failed start in words and with its code, and aloud, also after it had gone', () => {
    const element = document.createElement('div');
    element.innerHTML = '<b>正在打开</b>';
    const announce = vi.fn();
    const screen = bootScreen(element, announce);
    screen.hide();
    screen.fail('课程表打不开', '看看网线', '代码 B-START <x>');
    expect(element.style.display).toBe('block');
    expect([...element.children].map((row) => row.textContent)).toEqual([
      '课程表打不开',
      '看看网线',
      '代码 B-START <x>',
    ]);
    expect(announce).toHaveBeenCalledExactlyOnceWith('课程表打不开 看看网线 代码 B-START <x>');
  });
});
