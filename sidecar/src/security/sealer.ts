import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Encrypts secrets for storage. The context binds a sealed text to its place: it opens nowhere else. */
export interface Sealer {
  seal(plain: string, context: string): string;
  /** @throws Error when the key is unknown, the text was changed, or the context is another */
  open(sealed: string, context: string): string;
  /** Whether a text was sealed with a key other than the present one. */
  needsRotation(sealed: string): boolean;
}

export interface SealingKey {
  /** Letters, digits, `-` and `_`. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM. The first key seals, all of them open. Sealed form: `v1.<key id>.<iv>.<tag>.<data>`, base64url. */
export function createSealer(keys: readonly SealingKey[]): Sealer {
  const [present] = keys;
  if (!present) throw new Error('sealing needs a key');
  const byId = new Map(keys.map(({ id, key }) => [id, key]));
  return {
    seal: (plain, context) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, present.key, iv).setAAD(Buffer.from(context));
      const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      const parts = [iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'));
      return [VERSION, present.id, ...parts].join('.');
    },
    open: (sealed, context) => {
      const { keyId, iv, tag, data } = sealedParts(sealed);
      const key = byId.get(keyId);
      if (!key) throw new Error(`sealed with the unknown key "${keyId}"`);
      const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(context));
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
    },
    needsRotation: (sealed) => sealedParts(sealed).keyId !== present.id,
  };
}

function sealedParts(sealed: string): { keyId: string; iv: Buffer; tag: Buffer; data: Buffer } {
  const [version, keyId, iv, tag, data, ...rest] = sealed.split('.');
  if (
    version !== VERSION ||
    keyId === undefined ||
    iv === undefined ||
    tag === undefined ||
    data === undefined ||
    rest.length > 0
  )
    throw new Error('not a sealed text');
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');
  return { keyId, iv: bytes(iv), tag: bytes(tag), data: bytes(data) };
}
