// The shapes of fields as the page of kinds writes them, read into checks. docs/kinds.md; docs/formats/statement.md, keys.md.

/** Tells whether a JSON value has a field's shape. */
export type Shape = (value: unknown) => boolean;

/** The shape of an object with exactly these members, as the page writes them: `` `name?`: shape; … ``. Throws on words it does not know. */
export function objectShape(members: readonly string[]): Shape {
  const shapes = new Map<string, { readonly optional: boolean; readonly shape: Shape }>();
  for (const member of members) {
    const [, name = "", optional, shape = ""] = /^`(\w+)(\?)?`: (.+)$/.exec(member) ?? [];
    shapes.set(name, { optional: optional !== undefined, shape: shapeOf(shape) });
  }
  return (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(([name, member]) => shapes.get(name)?.shape(member) ?? false) &&
    [...shapes].every(([name, { optional }]) => optional || Object.hasOwn(value, name));
}

/** The shape that a text of the page stands for. */
function shapeOf(text: string): Shape {
  const list = /^(\d+) to (\d+|any number) of: (.+)$/.exec(text);
  if (list !== null)
    return listShape(Number(list[1]), Number(list[2]?.replace("any number", "Infinity")), list[3] ?? "");
  if (text.startsWith("{ ")) return objectShape(parts(text.slice(2, text.lastIndexOf(" }"))));
  const plain = text.replace(/ \((?![^()]*digits\))[^()]*\)$/, "");
  const range = /^(\d+) to (\d+|2\^53 − 1)$/.exec(plain);
  if (range !== null) return integerShape(Number(range[1]), Number(range[2]?.replace("2^53 − 1", String(2 ** 53 - 1))));
  const shape = plain.startsWith("`") ? choiceShape(plain) : texts[plain];
  if (shape === undefined) throw new TypeError(`The page of kinds has a shape unknown here: ${plain}`);
  return (value) => typeof value === "string" && shape(value);
}

/** What the page calls texts, with the patterns that it gives where it first names them. Its other words stand in statement.md and keys.md. */
const texts: Readonly<Record<string, (text: string) => boolean>> = {
  "handle or actor (32 hex digits)": (text) => /^[0-9a-f]{32}$/.test(text),
  "digest or id (64 hex digits)": (text) => /^[0-9a-f]{64}$/.test(text),
  "base64 of 32 or 65 bytes": isBase64OfKey,
  "UTC time with milliseconds": isUtcTime,
  "web origin": (text) => /^https?:\/\/[a-z0-9.:-]{1,253}$/.test(text),
  "origin of a log": (text) => /^[a-z0-9][a-z0-9./_-]{0,126}[a-z0-9]$/.test(text),
  "DICOM code string": (text) => /^[A-Z0-9_]{1,16}$/.test(text),
};

function isBase64OfKey(text: string): boolean {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text && (bytes.length === 32 || bytes.length === 65);
}

function isUtcTime(text: string): boolean {
  const at = new Date(text);
  return !Number.isNaN(at.getTime()) && at.toISOString() === text;
}

function listShape(least: number, most: number, item: string): Shape {
  const shape = shapeOf(item);
  return (value) => Array.isArray(value) && value.length >= least && value.length <= most && value.every(shape);
}

function integerShape(least: number, most: number): Shape {
  return (value) => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
}

function choiceShape(list: string): (text: string) => boolean {
  const choices = new Set([...list.matchAll(/`([^`]+)`/g)].map(([, choice]) => choice));
  return (text) => choices.has(text);
}

/** Splits the members of an object at the semicolons that lie in none of the objects within. */
function parts(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "{") depth++;
    if (text[at] === "}") depth--;
    if (text[at] === ";" && depth === 0) {
      found.push(text.slice(from, at));
      from = at + 2;
    }
  }
  return [...found, text.slice(from)];
}
