// Where a browser finds the codecs: an asset that the bundler copies beside the page's scripts. Chosen by the package's import condition `#codec-bytes`.

/** Fetches the WebAssembly module of the codecs from the page's own origin. */
export async function loadCodecBytes(): Promise<BufferSource> {
  // The bundler recognizes exactly this expression and puts the asset's address in its place.
  const response = await fetch(new URL("dcmjs-codecs/build/dcmjs-native-codecs.wasm", import.meta.url));
  if (!response.ok) throw new Error("The codecs are not where the page was built to find them.");
  return await response.arrayBuffer();
}
