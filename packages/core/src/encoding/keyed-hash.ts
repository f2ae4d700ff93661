// What a keyed hash is. Node and browser have one each behind `#sha256`.

/** HMAC-SHA256 (32 bytes) under one key, for many short texts, taken as UTF-8: salts. RFC 2104. */
export type KeyedHash = (text: string) => Uint8Array<ArrayBuffer>;
