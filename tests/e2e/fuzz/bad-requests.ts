import fc from 'fast-check';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { RouteSample } from '../route-samples.ts';
import type { RawRequest } from './raw-request.ts';

/** What bad requests are made of. */
export interface Material {
  /** Valid requests by `METHOD /path`, to be spoilt. */
  samples: Readonly<Record<string, RouteSample>>;
  /** `Authorization` headers that open doors. */
  credentials: readonly string[];
  /** A text that must not come up in the service's log. */
  marker: string;
}

/** A request before it is written down. */
interface Draft {
  fault: string;
  method: string;
  path: string;
  headers: readonly (readonly [name: string, value: string])[];
  body?: Buffer;
  /** Lines that no library would write. */
  rawHead?: string;
}

const fragments = [
  "' OR '1'='1' --",
  "'; DROP TABLE ledger; --",
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '{{7*7}}${7*7}',
  '$(reboot)`reboot`',
  '../../../../etc/passwd',
  '%00',
  '\u0000',
  '\ud800',
  '\u202e\ufeff',
  '-1',
  '1e309',
  'NaN',
  '9'.repeat(400),
  'x'.repeat(5000),
  '[object Object]',
  'null',
];

const wrongValues = [null, true, 1e300, -7, [], [[]], {}, { $ne: null }, [null], { toString: 1 }] as const;

/** Bodies that are no JSON, whatever was expected. */
const noJson = [
  '{',
  '{"a":',
  '[1,2',
  '{"a":1,}',
  "{'a':1}",
  '{"a":NaN}',
  '{"a":0x1}',
  'undefined',
  '\u0000',
  '"\u0001"',
  '{"a":"\\ud8"}',
  '{"a":"\\x41"}',
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{"isAdmin":true}}}',
  '',
  ' ',
];

const wrongMethods = ['PATCH', 'OPTIONS', 'PROPFIND', 'LOCK', 'TRACE', 'REPORT', 'PURGE', 'SEARCH'];

const tricks = [
  '/../../etc/passwd',
  '/..%2f..%2fetc%2fpasswd',
  '/%2e%2e/%2e%2e/package.json',
  '/catalogue/..%2f..%2fpackage.json',
  '/catalogue/%2e%2e/%2e%2e/package.json',
  '/catalogue/....//....//package.json',
  '/catalogue/.git/config',
  '/catalogue/county.json%00.png',
  '/catalogue/lessons',
  '/xapi/statements/../../healthzz',
  '/api/v1/people/%',
  '/api/v1/people/%zz/study',
  '/api/v1/people/%ff%fe/study',
  '/api/v1/people/%00/study',
  '/api/v1/boxes/%27%20OR%201=1',
  '/api/v1/villages/%3Cscript%3E',
  '/api/v2/boxes',
  '/API/V1/BOXES',
  '/api/v1//boxes',
  '/api/v1/boxes/',
  '/;/api/v1/boxes',
  '/oauth/token/x',
  '/xapi',
  '/xapi/',
  '//evil.example/xapi/statements',
  '/\\..\\..\\etc\\passwd',
  '/metrics/../metricss',
  '/wp-login.php',
  '/.env',
  '/cgi-bin/%%32%65%%32%65/',
];

const lineBreaks = /[\r\n]/g;

/** Ten thousand bad requests of a fixed seed: every one is wrong in at least one way that is named. */
export function badRequests(material: Material, count: number, seed: number): RawRequest[] {
  const drafts = fc.sample(draft(material), { numRuns: count, seed });
  return drafts.map(writeDown);
}

function draft({ samples, credentials, marker }: Material): fc.Arbitrary<Draft> {
  const routes = Object.entries(samples).map(([operation, sample]) => ({
    operation,
    method: operation.split(' ')[0]!,
    ...sample,
  }));
  // Documents of xAPI are any bytes of any type.
  const strict = routes.filter(({ path }) => !/\/(state|profile)\b/.test(path));
  const withJson = strict.filter(({ body }) => typeof body === 'object');
  const writing = strict.filter(({ body }) => body !== undefined);
  // A route that knows no parameters does not look at any.
  const asking = routes.filter(({ method, path }) => method === 'GET' && path.includes('?'));
  const route = fc.constantFrom(...routes);
  const jsonRoute = fc.constantFrom(...withJson);
  const credential = fc.constantFrom(...credentials);
  const fragment = fc
    .oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 60, unit: 'binary' }))
    .map((text) => `${text}${marker}`);
  type Route = (typeof routes)[number];
  const headersOf = (authorization: string, type = 'application/json'): [string, string][] => [
    ['Authorization', authorization],
    ['X-Experience-API-Version', '1.0.3'],
    ['Content-Type', type],
  ];
  const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
  const plain = ({ method, path, body }: Route, authorization: string): Draft => ({
    fault: '',
    method,
    path,
    headers: headersOf(authorization),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? Buffer.from(body) : json(body) }),
  });

  const notJson = fc
    .tuple(jsonRoute, credential, fc.constantFrom(...noJson), fragment)
    .map(([one, who, text, more]) => ({
      ...plain(one, who),
      fault: 'no JSON',
      body: Buffer.from(text.length > 2 ? text : `${text}${more}`),
    }));
  const notUtf8 = fc
    .tuple(jsonRoute, credential, fc.uint8Array({ minLength: 1, maxLength: 200 }))
    .map(([one, who, bytes]) => ({
      ...plain(one, who),
      fault: 'bytes',
      body: Buffer.concat([Buffer.from([0xff, 0xfe, 0x80]), bytes]),
    }));
  const wrongRoot = fc
    .tuple(jsonRoute, credential, fc.constantFrom<unknown>(null, true, 7, 'text', [7], [null], { $gt: '' }))
    .map(([one, who, value]) => ({ ...plain(one, who), fault: 'wrong root', body: json(value) }));
  const wrongLeaf = fc
    .tuple(jsonRoute, credential, fc.nat(), fc.constantFrom(...wrongValues))
    .map(([one, who, pick, value]) => {
      const body = structuredClone(one.body) as Record<string, unknown>;
      // What a statement must have; a type of its own for each, none of which is any of the values.
      const keys = Object.keys(body).filter((key) => spoils(body[key], value) && !optional.has(key));
      const key = keys[pick % Math.max(1, keys.length)] ?? Object.keys(body)[0]!;
      if (keys.length === 0) return { ...plain(one, who), fault: 'wrong leaf', body: json(null) };
      return { ...plain(one, who), fault: `wrong ${key}`, body: json({ ...body, [key]: value }) };
    });
  const foreignKey = fc
    .tuple(jsonRoute, credential, fragment, fc.constantFrom('__proto__', 'constructor', 'prototype', 'x'))
    .map(([one, who, text, key]) => ({
      ...plain(one, who),
      fault: 'unknown key',
      body: Buffer.from(
        `${JSON.stringify(one.body).slice(0, -1)},${JSON.stringify(key)}:{"a":${JSON.stringify(text)}}}`,
      ),
    }));
  const deep = fc
    .tuple(jsonRoute, credential, fc.integer({ min: 200, max: 20_000 }), fc.boolean())
    .map(([one, who, levels, closed]) => ({
      ...plain(one, who),
      fault: 'deep',
      body: Buffer.from('[{"a":'.repeat(levels) + (closed ? '1' + '}]'.repeat(levels) : '')),
    }));
  const deepStatement = fc.tuple(credential, fc.integer({ min: 150, max: 5000 })).map(([who, levels]) => {
    const statement = JSON.stringify(samples['POST /xapi/statements']?.body).slice(0, -1);
    const nested = '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);
    return {
      ...plain(
        routes.find(({ operation }) => operation === 'POST /xapi/statements')!,
        who,
      ),
      fault: 'deep statement',
      body: Buffer.from(`${statement},"result":{"extensions":{"https://x.example/e":${nested}}}}`),
    };
  });
  const tooLarge = fc
    .tuple(fc.constantFrom(...writing), credential, fc.constantFrom(...(['a', '[', ' '] as const)))
    .map(([one, who, letter]) => ({
      ...plain(one, who),
      fault: 'huge',
      body: hugeBodies[letter],
    }));
  const encoded = fc
    .tuple(jsonRoute, credential, fc.constantFrom('gzip', 'br', 'deflate', 'snappy', 'gzip, gzip', 'x'))
    .map(([one, who, encoding]) => ({
      ...plain(one, who),
      fault: `encoding ${encoding}`,
      headers: [...headersOf(who), ['Content-Encoding', encoding]] as [string, string][],
      body: encoding === 'br' ? bombs.br : encoding === 'gzip' ? bombs.gzip : Buffer.from('\u001f\u008bnone'),
    }));
  const wrongType = fc
    .tuple(
      fc.constantFrom(...withJson),
      credential,
      fc.constantFrom('text/xml', 'text/plain', 'application/x-yaml', 'image/png', 'a/b/c', ';', 'json'),
    )
    .map(([one, who, type]) => ({ ...plain(one, who), fault: type, headers: headersOf(who, type) }));
  const wrongMethod = fc
    .tuple(route, credential, fc.constantFrom(...wrongMethods))
    .map(([one, who, method]) => ({ ...plain(one, who), fault: method, method }));
  const wrongPath = fc
    .tuple(fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'), fc.constantFrom(...tricks), credential, fragment)
    .map(([method, path, who, text]) => ({
      fault: path,
      method,
      path: text.length % 3 === 0 ? path : `${path}?q=${encodeURIComponent(wellFormed(text))}`,
      headers: headersOf(who),
    }));
  const wrongQuery = fc
    .tuple(fc.constantFrom(...asking), credential, fragment, fc.constantFrom(...queryNames))

    .map(([one, who, text, name]) => {
      const joint = one.path.includes('?') ? '&' : '?';
      const value = encodeURIComponent(wellFormed(text));
      return { ...plain(one, who), fault: `query ${name}`, path: `${one.path}${joint}${name}=${value}` };
    });
  const twice = fc.tuple(fc.constantFrom(...asking), credential).map(([one, who]) => ({
    ...plain(one, who),
    fault: 'twice',
    path: `${one.path}&${one.path.split('?')[1]!}`,
  }));
  const wrongCredential = fc
    .tuple(
      fc.constantFrom(...routes.filter(({ operation }) => operation !== 'POST /api/v1/boxes')),
      fc.constantFrom('Basic', 'Bearer', 'Digest', 'basic', 'Negotiate', ''),
      fragment,
    )
    .map(([one, scheme, text]) => ({
      ...plain(one, `${scheme} ${Buffer.from(text).toString('base64')}`),
      fault: `credential ${scheme}`,
    }));
  const rawCredential = fc
    .tuple(fc.constantFrom(...routes.filter(({ operation }) => operation !== 'POST /api/v1/boxes')), fragment)
    .map(([one, text]) => ({
      ...plain(one, `Bearer ${text.replace(/[^ -~]/g, '').slice(0, 4000)}`),
      fault: 'credential',
    }));
  const wrongKey = fc
    .tuple(
      fc.constantFrom(...withJson.filter(({ path, method }) => method === 'POST' && heedsKey.test(path))),
      credential,
      fc.constantFrom('""', '"', '"a', 'a b', '"a","b"', `"${'k'.repeat(600)}"`, '\u00e9'),
    )
    .map(([one, who, key]) => ({
      ...plain(one, who),
      fault: `idempotency ${key.slice(0, 8)}`,
      headers: [...headersOf(who), ['Idempotency-Key', key]] as [string, string][],
    }));
  const wrongVersion = fc
    .tuple(
      fc.constantFrom(...routes.filter(({ path }) => path.startsWith('/xapi/'))),
      credential,
      fc.constantFrom('0.95', '3.0.0', '1.1', 'x', '1.0.3, 1.0.3', ' '),
    )
    .map(([one, who, version]) => ({
      ...plain(one, who),
      fault: `version ${version}`,
      headers: [
        ['Authorization', who],
        ['X-Experience-API-Version', version],
        ['Content-Type', 'application/json'],
      ] as [string, string][],
    }));
  const form = fc
    .tuple(
      fc.constantFrom('/oauth/token', '/oauth/device_authorization'),
      credential,
      fragment,
      fc.constantFrom('client_id', 'client_secret', 'grant_type', 'device_code', 'card', '__proto__', 'x[]'),
      fc.constantFrom('', 'grant_type=refresh_token&', 'grant_type=a&grant_type=b&', '%%%=%&', '&&='),
    )
    .map(([path, who, text, name, before]) => ({
      fault: `form ${name}`,
      method: 'POST',
      path,
      headers: headersOf(who, 'application/x-www-form-urlencoded'),
      body: Buffer.from(`${before}${name}=${encodeURIComponent(wellFormed(text))}`),
    }));
  const broken = fc
    .constantFrom(...brokenHeads)
    .map((rawHead) => ({ fault: 'broken head', method: '', path: '', headers: [], rawHead }));

  return fc.oneof(
    { weight: 100, arbitrary: notJson },
    { weight: 60, arbitrary: notUtf8 },
    { weight: 60, arbitrary: wrongRoot },
    { weight: 120, arbitrary: wrongLeaf },
    { weight: 80, arbitrary: foreignKey },
    { weight: 30, arbitrary: deep },
    { weight: 20, arbitrary: deepStatement },
    { weight: 1, arbitrary: tooLarge },
    { weight: 30, arbitrary: encoded },
    { weight: 40, arbitrary: wrongType },
    { weight: 60, arbitrary: wrongMethod },
    { weight: 80, arbitrary: wrongPath },
    { weight: 80, arbitrary: wrongQuery },
    { weight: 30, arbitrary: twice },
    { weight: 60, arbitrary: wrongCredential },
    { weight: 40, arbitrary: rawCredential },
    { weight: 20, arbitrary: wrongKey },
    { weight: 30, arbitrary: wrongVersion },
    { weight: 60, arbitrary: form },
    { weight: 40, arbitrary: broken },
  );
}

/** Keys that a body may go without, or that take more than one type. */
const optional = new Set(['context', 'result', 'id', 'timestamp', 'branch', 'home', 'days', 'showing']);

/** Names that no route knows, and one that PostgreSQL could not store. */
const queryNames = ['__proto__', 'constructor', 'limit[]', 'x', 'statementID', 'q%00', '$where', ''];

const heedsKey = /^\/api\/v1\/(boxes|checkpoints|binding-cards|device-authorizations|ledger)/;

/** Larger than any route takes. */
const hugeBodies = {
  a: Buffer.alloc(9 * 1024 * 1024, 'a'),
  '[': Buffer.alloc(9 * 1024 * 1024, '['),
  ' ': Buffer.alloc(9 * 1024 * 1024, ' '),
};

/** A hundred megabytes of nothing. */
const bombs = {
  gzip: gzipSync(Buffer.alloc(100 * 1024 * 1024)),
  br: brotliCompressSync(Buffer.alloc(20 * 1024 * 1024)),
};

const brokenHeads = [
  'GARBAGE\r\n\r\n',
  'GET / HTTP/9.9\r\nHost: x\r\n\r\n',
  'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n',
  'GET /he\u0001althz HTTP/1.1\r\nHost: x\r\n\r\n',
  'POST /api/v1/boxes HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n',
  'POST /api/v1/boxes HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
  'POST /api/v1/boxes HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
  'POST /api/v1/boxes HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'POST /api/v1/boxes HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity, x\r\nContent-Length: 2\r\n\r\n{}',
  'GET /healthz HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n',
  'GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: a\u0000b\r\n\r\n',
  `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(40_000)}\r\n\r\n`,
  `GET /${'a'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  'POST /api/v1/boxes HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: a-miracle\r\nContent-Length: 0\r\n\r\n',
  'GET http://[::1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  'GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
];

/** Without halves of characters, which no address can hold. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

function spoils(there: unknown, value: unknown): boolean {
  const type = (one: unknown): string => (Array.isArray(one) ? 'array' : one === null ? 'null' : typeof one);
  return type(there) !== type(value);
}

function writeDown({ fault, method, path, headers, body = Buffer.alloc(0), rawHead }: Draft): RawRequest {
  if (rawHead !== undefined) return { fault, head: rawHead, body };
  const length = method === 'GET' || body.length === 0 ? [] : [`Content-Length: ${body.length}`];
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: close',
    ...headers
      .filter(([name]) => name !== 'Content-Type' || length.length > 0)
      .map(([name, value]) => `${name}: ${value.replace(lineBreaks, '')}`),
    ...length,
  ];
  const sent = length.length > 0 ? body : Buffer.alloc(0);
  return {
    fault: `${method} ${path.slice(0, 60)}: ${fault}`,
    head: `${lines.join('\r\n')}\r\n\r\n`,
    body: sent,
  };
}
