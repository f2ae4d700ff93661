// The door of core: what other packages may use.
export {
  compareBytes,
  concat,
  equalBytes,
  fromBase64,
  fromBase64Url,
  fromHex,
  toBase64,
  toBase64Url,
  toHex,
  utf8,
  utf8Decode,
} from "./encoding/bytes.ts";
export {
  CanonicalJsonError,
  canonicalJson,
  compareNames,
  isJsonObject,
  type Json,
  type JsonObject,
  parseCanonicalJson,
} from "./encoding/canonical-json.ts";
export { sha256 } from "#sha256";
