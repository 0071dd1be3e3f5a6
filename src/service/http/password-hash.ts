import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost: 2^15 blocks of 8 are 32 MiB and about a tenth of a second. */
const LOG_N = 15;
const BLOCK = 8;
const PARALLEL = 1;
const KEY = 32;
/** No hash in a configuration may ask for more memory than this, bytes. */
const MOST_MEMORY = 256 * 1024 * 1024;

const format =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{8,88})\$([A-Za-z0-9+/]{22,88})$/;

/**
 * A password as it may be kept: `$scrypt$ln=15,r=8,p=1$salt$hash`.
 *
 * Source: the PHC string format, https://github.com/P-H-C/phc-string-format
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, KEY, LOG_N, BLOCK, PARALLEL);
  return `$scrypt$ln=${LOG_N},r=${BLOCK},p=${PARALLEL}$${base64(salt)}$${base64(key)}`;
}

/** Whether a text is a hash that {@link isPassword} can check. */
export function isPasswordHash(text: string): boolean {
  const [, logN, block] = format.exec(text) ?? [];
  return logN !== undefined && Number(logN) > 0 && memory(Number(logN), Number(block)) <= MOST_MEMORY;
}

/** Whether a password is the one a hash was made of. A text that is no hash fits none. */
export async function isPassword(password: string, passwordHash: string): Promise<boolean> {
  if (!isPasswordHash(passwordHash)) return false;
  const [, logN, block, parallel, salt = '', hash = ''] = format.exec(passwordHash)!;
  const expected = Buffer.from(hash, 'base64');
  const key = await derive(
    password,
    Buffer.from(salt, 'base64'),
    expected.length,
    Number(logN),
    Number(block),
    Number(parallel),
  );
  return timingSafeEqual(key, expected);
}

function derive(
  password: string,
  salt: Buffer,
  length: number,
  logN: number,
  r: number,
  p: number,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const cost = { N: 2 ** logN, r, p, maxmem: 2 * MOST_MEMORY };
    scrypt(password, salt, length, cost, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

function memory(logN: number, block: number): number {
  return 128 * 2 ** logN * block;
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
