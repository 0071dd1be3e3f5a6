import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readIntegrations } from '../../../../src/service/http/integrations-file.ts';
import { Integrations } from '../../../../src/service/http/integrations.ts';
import { hashPassword, isPassword, isPasswordHash } from '../../../../src/service/http/password-hash.ts';
import { grants } from '../../../../src/service/http/scopes.ts';

const folder = mkdtempSync(join(tmpdir(), 'integrations-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function readBack(content: unknown) {
  const file = join(folder, 'integrations.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readIntegrations(file);
}

test('a password is recognised by its hash, and no other is', async () => {
  const hash = await hashPassword('春天 a:secret');
  expect(isPasswordHash(hash)).toBe(true);
  expect(await isPassword('春天 a:secret', hash)).toBe(true);
  expect(await isPassword('春天 a:secret ', hash)).toBe(false);
  expect(await hashPassword('春天 a:secret')).not.toBe(hash);
});

test('a hash that asks for gigabytes, or is none, fits no password', async () => {
  const hash = await hashPassword('a password');
  for (const other of ['', 'plain', hash.replace('ln=15', 'ln=30'), hash.replace('ln=15', 'ln=0')]) {
    expect(isPasswordHash(other)).toBe(false);
    expect(await isPassword('a password', other)).toBe(false);
  }
});

test('programs are let in by name and password, hashed or plain, again and again', async () => {
  const programs = new Integrations([
    { user: 'plain', password: 'plain-secret', scopes: ['all'] },
    { user: 'hashed', passwordHash: await hashPassword('hashed-secret'), scopes: ['export'] },
  ]);
  for (let time = 0; time < 2; time += 1) {
    expect((await programs.find('plain', 'plain-secret'))?.scopes).toEqual(['all']);
    expect((await programs.find('hashed', 'hashed-secret'))?.scopes).toEqual(['export']);
    expect(await programs.find('hashed', 'plain-secret')).toBeUndefined();
    expect(await programs.find('plain', '')).toBeUndefined();
    expect(await programs.find('', '')).toBeUndefined();
  }
});

test('the file is read; a mistake in it is named without its secrets', () => {
  const good = { user: 'exports', password: 'long-secret', scopes: ['export', 'all/read'] };
  expect(readBack([good])).toEqual([good]);
  const mistakes: [unknown, string][] = [
    ['[{"user": "x", "password": "long-secret"', 'is not JSON'],
    [[{ ...good, scopes: ['everything'] }], '/0/scopes/0 must be equal to one of the allowed values'],
    [[{ ...good, scope: 'all' }], '/0/scope must NOT have additional properties'],
    [[{ ...good, user: 'a:b' }], '/0/user'],
    [[{ user: 'x', scopes: ['all'] }], '/0 must have either password or passwordHash'],
    [[{ ...good, passwordHash: 'x' }], '/0 must have either password or passwordHash'],
    [[{ user: 'x', scopes: ['all'], passwordHash: 'long-secret' }], '/0/passwordHash is not one'],
    [[good, good], '/1/user is there twice'],
  ];
  for (const [content, message] of mistakes) {
    const reading = () => readBack(content);
    expect(reading).toThrow(message);
    expect(reading).not.toThrow('long-secret');
  }
});

test('a scope opens what it names; all/read opens reading only', () => {
  expect(grants(['all'], 'all', 'POST')).toBe(true);
  expect(grants(['statements/read'], 'statements/read', 'GET')).toBe(true);
  expect(grants(['statements/read'], 'statements/write', 'POST')).toBe(false);
  expect(grants(['all/read'], 'state', 'GET')).toBe(true);
  expect(grants(['all/read'], 'state', 'PUT')).toBe(false);
  expect(grants(['all/read'], 'all', 'GET')).toBe(false);
  expect(grants([], 'export', 'GET')).toBe(false);
});
