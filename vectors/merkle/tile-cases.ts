// Paths of tiles and entry bundles, and entry bundles, good and bad. C2SP tlog-tiles.
import type { MerkleVector } from "./proof-cases.ts";

/** A path, and what it names when it names anything. */
export type TilePathVector = MerkleVector<
  { readonly path: string },
  {
    readonly error: string | null;
    readonly kind?: "tile" | "entries";
    readonly level?: number;
    readonly index?: number;
    readonly width?: number;
  }
>;
/** A bundle that should hold `width` entries. */
export type EntryBundleVector = MerkleVector<
  { readonly bundle: string; readonly width: number },
  { readonly error: string | null; readonly entries?: readonly string[] }
>;

/** Makes tile paths. */
export function tilePathVectors(): TilePathVector[] {
  const clause = "C2SP tlog-tiles § Merkle Tree";
  const good = (
    path: string,
    kind: "tile" | "entries",
    level: number,
    index: number,
    width: number,
  ): TilePathVector => ({
    title: path,
    clause: kind === "tile" ? clause : "C2SP tlog-tiles § Log entries",
    input: { path },
    output: { error: null, kind, level, index, width },
  });
  const bad = (title: string, path: string): TilePathVector => ({
    title,
    clause,
    input: { path },
    output: { error: "TILE_PATH_MALFORMED" },
  });
  return [
    good("tile/0/000", "tile", 0, 0, 256),
    good("tile/0/273.p/112", "tile", 0, 273, 112),
    good("tile/1/001.p/17", "tile", 1, 1, 17),
    good("tile/0/x001/x234/067", "tile", 0, 1_234_067, 256),
    good("tile/2/x001/000.p/255", "tile", 2, 1000, 255),
    good("tile/entries/000", "entries", 0, 0, 256),
    good("tile/entries/x001/234.p/1", "entries", 0, 1234, 1),
    bad("a level with a leading zero", "tile/00/000"),
    bad("a level that no tree below 2^53 leaves has", "tile/7/000"),
    bad("a group of two digits", "tile/0/00"),
    bad("a last group marked as not last", "tile/0/x001"),
    bad("a first group not marked", "tile/0/001/000"),
    bad("a group of zeros too many", "tile/0/x000/001"),
    bad("an empty partial width", "tile/0/000.p/"),
    bad("a partial width of 0", "tile/0/000.p/0"),
    bad("a partial width of 256", "tile/0/000.p/256"),
    bad("a partial width with a leading zero", "tile/0/000.p/07"),
    bad("a slash before", "/tile/0/000"),
    bad("a newline after", "tile/0/000\n"),
    bad("a step upwards", "tile/0/../0/000"),
    bad("an index beyond 2^53 leaves", "tile/0/x999/x999/x999/x999/x999/999"),
  ];
}

/** Makes entry bundles. */
export function entryBundleVectors(): EntryBundleVector[] {
  const clause = "C2SP tlog-tiles § Log entries";
  const good = (title: string, bundle: string, contents: readonly string[]): EntryBundleVector => ({
    title,
    clause,
    input: { bundle, width: contents.length },
    output: { error: null, entries: contents },
  });
  const bad = (title: string, bundle: string, width: number): EntryBundleVector => ({
    title,
    clause,
    input: { bundle, width },
    output: { error: "ENTRY_BUNDLE_MALFORMED" },
  });
  return [
    good("one entry", "0003616263", ["616263"]),
    good("two entries, the first empty", "0000000161", ["", "61"]),
    good("an entry of 258 bytes", `0102${"07".repeat(258)}`, ["07".repeat(258)]),
    bad("nothing, where one entry is due", "", 1),
    bad("half a length", "00", 1),
    bad("an entry cut short", "00036162", 1),
    bad("an entry too many", "000161000162", 1),
    bad("an entry too few", "000161", 2),
    bad("a byte after the last entry", "00016100", 1),
  ];
}
