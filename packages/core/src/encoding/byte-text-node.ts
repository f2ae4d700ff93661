// UTF-8, hex and base64 by Node's Buffer: many times as fast as what a browser of today offers. Strictness is the caller's.

export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return own(Buffer.from(text));
}

export function encodeHex(bytes: Uint8Array): string {
  return view(bytes).toString("hex");
}

export function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  return own(Buffer.from(text, "hex"));
}

export function encodeBase64(bytes: Uint8Array): string {
  return view(bytes).toString("base64");
}

export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  return own(Buffer.from(text, "base64"));
}

/** Bytes to be written all over: out of Node's pool when they are few, and holding whatever was there before. */
export function unwritten(size: number): Uint8Array<ArrayBuffer> {
  return own(Buffer.allocUnsafe(size));
}

function view({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

// A plain view, so that callers see the same type in Node and in a browser.
function own({ buffer, byteOffset, byteLength }: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}
