// What a DICOM listener is told: who may send, and how much. Plain values, with defaults for one hospital.
import { isIP } from "node:net";
import { createSecureContext } from "node:tls";
import { isAeTitle } from "@fiducial/dicom/dimse";
import { NodeError } from "../../node-error.ts";

/** How to listen. */
export interface DimseOptions {
  /** 0 takes any free one. */
  readonly port: number;
  /** The address to listen at; this machine's loopback unless told. */
  readonly host?: string;
  /** This node's AE title; FIDUCIAL unless told. */
  readonly aeTitle?: string;
  /** TLS 1.2 or later instead of plain TCP. PS3.15 § B.12. */
  readonly tls?: DimseTls;
  /** Who may send; without a list, anybody. */
  readonly callers?: readonly DimseCaller[];
  /** Whether those who call another AE title are rejected; they are, unless told. */
  readonly strictCalledAe?: boolean;
  /** Whether objects of private SOP classes are taken; they are not, unless told. */
  readonly privateClasses?: boolean;
  /** What it takes at a time, where that differs from the usual. */
  readonly limits?: Partial<DimseListenerLimits>;
}

/** Certificates as PEM. */
export interface DimseTls {
  readonly key: string | Buffer;
  readonly cert: string | Buffer;
  /** Who signs the certificates of callers. */
  readonly ca?: string | Buffer;
  /** Whether callers without a certificate signed by `ca` are refused. */
  readonly requireClientCertificate?: boolean;
}

/** A system that may send. */
export interface DimseCaller {
  readonly aeTitle: string;
  /** Addresses or CIDR blocks from which it may; without them, any. */
  readonly addresses?: readonly string[];
}

/** What a listener takes. Times in milliseconds. */
export interface DimseListenerLimits {
  /** Connections together; those beyond are closed unheard. */
  readonly connections: number;
  /** Connections on which no association has been asked for; the longest silent makes room for a new one. */
  readonly silentConnections: number;
  readonly associations: number;
  readonly associationsPerAddress: number;
  /** ARTIM: for an association to be asked for, and for the peer to close behind the end of one. PS3.8 § 9.1.5. */
  readonly artimMs: number;
  /** Between messages: senders keep associations open while they work. */
  readonly idleMs: number;
  /** Without a byte in the middle of a message, or without one being read of an answer. */
  readonly stalledMs: number;
  /** That a listener which closes leaves to objects that are coming in. */
  readonly closingMs: number;
  /** Bytes of a PDU that are offered to senders, 16 KiB to 1 MiB. */
  readonly pduBytes: number;
  /** Bytes of one object. Whole slides have tens of gigabytes. */
  readonly objectBytes: number;
}

/** The limits when none are given. */
export const defaultDimseListenerLimits: DimseListenerLimits = {
  connections: 256,
  silentConnections: 64,
  associations: 64,
  associationsPerAddress: 32,
  artimMs: 30_000,
  idleMs: 10 * 60_000,
  stalledMs: 60_000,
  closingMs: 5_000,
  pduBytes: 256 * 1024,
  objectBytes: 64 * 2 ** 30,
};

/** The options with every default filled in. */
export interface DimseSettings extends Omit<DimseOptions, "limits"> {
  readonly host: string;
  readonly aeTitle: string;
  readonly strictCalledAe: boolean;
  readonly privateClasses: boolean;
  readonly limits: DimseListenerLimits;
}

/** Fills in the defaults. Throws DIMSE_OPTIONS_INVALID; `data` names the option. */
export function dimseSettings(options: DimseOptions): DimseSettings {
  const settings = {
    host: "127.0.0.1",
    aeTitle: "FIDUCIAL",
    strictCalledAe: true,
    privateClasses: false,
    ...options,
    limits: { ...defaultDimseListenerLimits, ...options.limits },
  };
  const { aeTitle, callers = [], limits } = settings;
  check("aeTitle", isAeTitle(aeTitle));
  check(
    "callers",
    callers.every((caller) => isAeTitle(caller.aeTitle)),
  );
  check(
    "addresses",
    callers.every(({ addresses = [] }) => addresses.every(isAddressOrBlock)),
  );
  check("pduBytes", limits.pduBytes >= 16 * 1024 && limits.pduBytes <= 1024 * 1024);
  check("tls", settings.tls === undefined || isUsable(settings.tls));
  return settings;
}

// Without an authority of one's own, a certificate of any that the machine knows would do.
function isUsable({ key, cert, ca, requireClientCertificate }: DimseTls): boolean {
  if (key.length === 0 || cert.length === 0 || (requireClientCertificate === true && ca === undefined)) return false;
  try {
    createSecureContext({ key, cert, ca });
    return true;
  } catch {
    return false;
  }
}

function check(option: string, holds: boolean): void {
  if (!holds) throw new NodeError("DIMSE_OPTIONS_INVALID", { option });
}

function isAddressOrBlock(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
