import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { boxSettings, type DeviceSettings } from '../../../../src/domain/remote/box-settings.ts';
import { checkDevice } from '../../../../src/domain/remote/check-device.ts';
import { necessaryKeys } from '../../../../src/domain/remote/key-names.ts';

const path = new URL('../../../../settings.json', import.meta.url);
const text = readFileSync(path, 'utf8');
const { device } = JSON.parse(text) as { device: DeviceSettings };
const nobody = { profile: undefined, model: undefined };
const box = (change: object = {}, asked: object = {}, detected: object = {}) =>
  boxSettings({ ...device, ...change }, { ...nobody, ...asked }, { ...nobody, ...detected });

describe('settings.json as it is shipped', () => {
  it('has no mistake', () => {
    expect(checkDevice(device)).toEqual([]);
  });

  it('says nothing twice: no code has two meanings in a profile', () => {
    const twice: string[] = [];
    const look = (node: ts.Node): void => {
      if (ts.isObjectLiteralExpression(node)) {
        const names = node.properties.map((property) => (property.name as ts.StringLiteral).text);
        twice.push(...names.filter((name, index) => names.indexOf(name) !== index));
      }
      ts.forEachChild(node, look);
    };
    look(ts.parseJsonText('settings.json', text));
    expect(twice).toEqual([]);
  });

  it.each(Object.keys(device.keyProfiles!))('has no mistake for %s, and every necessary key', (profile) => {
    const { keys, problems } = box({}, { profile });
    expect(problems).toEqual([]);
    expect(Object.values(keys)).toEqual(expect.arrayContaining([...necessaryKeys]));
    // The seventh: PlayPause, for which OK stands in everywhere else.
    expect(Object.values(keys).some((name) => name === 'PlayPause' || name === 'Enter')).toBe(true);
  });

  it.each(Object.keys(device.models!))('has no mistake for the model %s', (model) => {
    expect(box({}, { profile: 'ctc', model }).problems).toEqual([]);
  });
});

describe('the settings of a box', () => {
  it('come from the address before the file, and from the file before what was detected', () => {
    const detected = { profile: 'tizen', model: 'T' };
    expect(box({}, {}, detected)).toMatchObject(detected);
    expect(box({ profile: 'webos', model: 'W' }, {}, detected)).toMatchObject({
      profile: 'webos',
      model: 'W',
    });
    expect(box({ profile: 'webos' }, { profile: 'ctc', model: 'E900' }, detected)).toMatchObject({
      profile: 'ctc',
      model: 'E900',
      pip: false,
    });
    expect(box()).toMatchObject({ profile: 'base', model: '', player: 'auto', pip: true, needAnimate: true });
  });

  it('put a profile over the base and a model over both', () => {
    const change = {
      keyProfiles: { ...device.keyProfiles, odd: { 9: 'Info', 10: 'Red' } },
      models: { X1: { keys: { 10: 'Blue' }, player: 'native', ctc: { media: 'url' } } },
    };
    const x1 = box(change, { profile: 'odd', model: 'X1' });
    expect(x1.keys).toMatchObject({ 9: 'Info', 10: 'Blue', 13: 'Enter' });
    expect(x1).toMatchObject({ player: 'native', ctc: { media: 'url', pageWidth: 1280 }, problems: [] });
  });

  it('find a model by the beginning of what the box calls itself, the longest first', () => {
    const models = { E900: { pip: false }, 'E900-S': { pip: true, needAnimate: false } };
    expect(box({ models }, { model: 'E900V21C' }).pip).toBe(false);
    expect(box({ models }, { model: 'E900-S2' })).toMatchObject({ pip: true, needAnimate: false });
    expect(box({ models }, { model: 'X' })).toMatchObject({ pip: true, needAnimate: true });
  });

  it.each([
    ['device.player', { player: 'vlc' }],
    ['device.colour', { colour: 'red' }],
    ['device.models.X1.pip', { models: { X1: { pip: 'no' } } }],
    ['device.ctc.pageWidth', { ctc: { pageWidth: '1280' } }],
    ['device.keyProfiles.odd', { keyProfiles: { ...device.keyProfiles, odd: 'x' } }],
    ['device.models', { models: 7 }],
    ['device.ctc.errors.10', { ctc: { errors: { 10: 'perhaps' } } }],
  ])('name the field of a mistake, %s, and can still be used', (field, change) => {
    const told = checkDevice({ ...device, ...change });
    expect(told.map((problem) => problem.split(': ')[0])).toContain(field);
    const { keys } = box(change, { profile: 'odd', model: 'X1' });
    expect(Object.values(keys)).toEqual(expect.arrayContaining([...necessaryKeys]));
  });

  it('do not lose a good model to a bad one', () => {
    const models = { X1: 'no', X2: { pip: false } };
    expect(box({ models }, { model: 'X1' }).pip).toBe(true);
    expect(box({ models }, { model: 'X2' }).pip).toBe(false);
  });

  it.each([undefined, null, 7, 'x', []])('are usable when there are none: %j', (nothing) => {
    const { keys, problems } = boxSettings(nothing, nobody, nobody);
    expect(Object.values(keys).sort()).toEqual([...necessaryKeys].sort());
    expect(problems).not.toEqual([]);
  });
});
