// Where Node finds the codecs: beside the installed library. Chosen by the package's import condition `#codec-bytes`.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** Reads the WebAssembly module of the codecs from disk. */
export async function loadCodecBytes(): Promise<BufferSource> {
  return await readFile(createRequire(import.meta.url).resolve("dcmjs-codecs/build/dcmjs-native-codecs.wasm"));
}
