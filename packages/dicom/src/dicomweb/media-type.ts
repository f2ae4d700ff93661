// Media types with parameters, and what a client accepts. RFC 9110 § 8.3.1, § 12.5.1; RFC 2045 § 5.1.

/** A media type. Its name and the names of its parameters are in lower case, their values as given. */
export interface MediaType {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** A media type or range that a client accepts, and how much it is liked: 0 (not at all) to 1. */
export interface AcceptedType extends MediaType {
  readonly quality: number;
}

/** No header field that names media types is longer. */
const longestField = 8192;
const mostAccepted = 64;
const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
// Some clients leave out the quotes that a value with a slash needs: type=application/dicom.
const parameter = new RegExp(`^\\s*;\\s*(?:(${token})\\s*=\\s*(?:"((?:[^"\\\\\\r\\n]|\\\\.)*)"|([^\\s;,"]+)))?`);
const typeName = new RegExp(`^\\s*(${token}/${token})`);

/** Reads a Content-Type field, or returns undefined when it is none. */
export function parseMediaType(field: string): MediaType | undefined {
  const read = field.length > longestField ? undefined : readType(field);
  return read === undefined || read.rest.trim() !== "" ? undefined : read.type;
}

/** Reads an Accept field, the most liked first; those liked alike stay in order. Returns undefined when it is malformed. A missing or blank one accepts everything. */
export function parseAccept(field: string | undefined): readonly AcceptedType[] | undefined {
  if (field === undefined || field.trim() === "") return [{ ...everything, quality: 1 }];
  if (field.length > longestField) return undefined;
  const accepted: AcceptedType[] = [];
  for (let rest = field; rest.trim() !== ""; ) {
    const read = readType(rest);
    if (read === undefined || accepted.length === mostAccepted || !/^\s*(?:,|$)/.test(read.rest)) return undefined;
    const quality = qualityOf(read.type);
    if (quality === undefined) return undefined;
    accepted.push({ ...read.type, quality });
    rest = read.rest.replace(/^[\s,]+/, "");
  }
  return accepted.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality);
}

/** Tells whether a range such as `image/*` covers the media type `name`. Parameters are not looked at. */
export function covers({ name: range }: MediaType, name: string): boolean {
  return range === "*/*" || range === name || (range.endsWith("/*") && name.startsWith(range.slice(0, -1)));
}

const everything: MediaType = { name: "*/*", parameters: new Map() };

function readType(text: string): { readonly type: MediaType; readonly rest: string } | undefined {
  const name = typeName.exec(text);
  if (name === null) return undefined;
  const parameters = new Map<string, string>();
  let rest = text.slice(name[0].length);
  for (let found = parameter.exec(rest); found !== null; found = parameter.exec(rest)) {
    const [whole, key, quoted, bare] = found;
    const value = quoted?.replace(/\\(.)/g, "$1") ?? bare;
    // A parameter that is given twice says two things.
    if (key !== undefined && parameters.has(key.toLowerCase())) return undefined;
    if (key !== undefined && value !== undefined) parameters.set(key.toLowerCase(), value);
    rest = rest.slice(whole.length);
  }
  return { type: { name: (name[1] as string).toLowerCase(), parameters }, rest };
}

function qualityOf({ parameters }: MediaType): number | undefined {
  const text = parameters.get("q");
  if (text === undefined) return 1;
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : undefined;
}
