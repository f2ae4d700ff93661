// The sorts of values that settings have, each with what is allowed in words: paths, ports, networks, titles, addresses.
import { isIP } from "node:net";
import { z } from "zod";

/** What the schema keeps of a setting besides its shape. */
export interface SettingNotes {
  /** What it does; one sentence or two. */
  readonly says: string;
  /** What is allowed, where the shape does not say it. */
  readonly allowed?: string;
  /** An option of `fiducial start` of its own; every setting can be given with --set besides. */
  readonly flag?: string;
  /** The file that the setting names holds a secret, which may come from the environment in the file's place. */
  readonly secretFile?: true;
  /** What stands in the place of a default that is no constant. */
  readonly usually?: string;
}

/** Puts what is said of a setting beside its shape. */
export function setting<Shape extends z.ZodType>(shape: Shape, notes: SettingNotes): Shape {
  return shape.meta({ ...notes }) as Shape;
}

const noControls = /^[^\p{Cc}]+$/u;

/** A path, taken from where the process was started unless it is absolute. */
export const pathText = z.string().min(1).max(4096).regex(noControls).meta({ allowed: "a path" });
/** A TCP port; 0 takes any free one. */
export const portNumber = z.int().min(0).max(65_535);
/** A TCP port at which somebody else listens. */
export const remotePort = z.int().min(1).max(65_535);
/** A host name or an address. */
export const hostName = z
  .string()
  .max(253)
  .regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]+)$/)
  .meta({ allowed: "a host name, or an address" });
/** A network or a single address. RFC 4632 § 3.1, RFC 4291 § 2.3. */
export const networkText = z
  .string()
  .refine(isNetwork)
  .meta({ allowed: "an address, or a network such as 10.1.0.0/16" });
/** A network or a single address, but not all of them. */
export const proxyText = z
  .string()
  .refine((text) => isNetwork(text) && !text.endsWith("/0"))
  .meta({ allowed: "an address, or a network such as 10.1.0.0/16" });
/** AE: 1 to 16 characters, no backslash, no control characters, not only spaces. PS3.5 § 6.2. */
export const aeTitleText = z
  .string()
  .regex(/^(?! +$)[\x20-\x5b\x5d-\x7e]{1,16}$/)
  .meta({ allowed: "1 to 16 characters of ASCII without a backslash" });
/** A short name that an operator gives to a connection; it stands in environment names. */
export const connectionId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/)
  .meta({ allowed: "1 to 32 lower-case letters, digits and hyphens, a letter first" });
/** Where a program listens to HTTP. No user and no password: those would stand in the file. */
export const httpUrl = z
  .string()
  .max(2048)
  .refine((text) => isUrl(text, ["http:", "https:"]))
  .meta({ allowed: "an address beginning with http:// or https://, without user, password and fragment" });

/** An address that others are made of by adding a path. */
export const baseUrl = z
  .string()
  .max(2048)
  .refine((text) => isUrl(text, ["http:", "https:"]) && !/[?#]/.test(text))
  .meta({ allowed: "an address beginning with http:// or https://, without user, password, query and fragment" });

/** Tells whether a text is an address or a network. */
function isNetwork(text: string): boolean {
  const [address = "", prefix, ...rest] = text.split("/");
  const version = isIP(address);
  // An address with a zone names an interface of one machine.
  if (version === 0 || rest.length > 0 || address.includes("%")) return false;
  return prefix === undefined || (/^(?:0|[1-9]\d{0,2})$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

function isUrl(text: string, protocols: readonly string[]): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  return protocols.includes(protocol) && username === "" && password === "" && hash === "";
}
