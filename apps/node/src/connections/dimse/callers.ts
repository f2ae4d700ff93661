// Who may ask for an association, and with which answer others are rejected. DICOM PS3.8 § 9.3.4, table 9-21.
import { BlockList, isIP } from "node:net";
import type { AssociateRequest } from "@fiducial/dicom/dimse";
import type { NodeErrorCode } from "../../node-error.ts";
import type { DimseCaller, DimseSettings } from "./dimse-options.ts";

/** Why an association is rejected: our code, and what the protocol has for it. */
export interface Rejection {
  readonly code: NodeErrorCode;
  readonly result: 1 | 2;
  readonly source: 1 | 3;
  readonly reason: number;
}

/** Rejected for now, by the presentation provider: a local limit is exceeded. */
export const tooMany: Rejection = { code: "DIMSE_TOO_MANY_ASSOCIATIONS", result: 2, source: 3, reason: 2 };

const calledAeUnknown: Rejection = { code: "DIMSE_CALLED_AE_WRONG", result: 1, source: 1, reason: 7 };
const callerUnknown: Rejection = { code: "DIMSE_CALLER_UNKNOWN", result: 1, source: 1, reason: 3 };
// The protocol has no word for a wrong address.
const addressUnknown: Rejection = { ...callerUnknown, code: "DIMSE_ADDRESS_NOT_ALLOWED" };

/** Judges requests. A request without a title that can be one is nobody's. */
export function callerPolicy({
  aeTitle,
  strictCalledAe,
  callers,
}: DimseSettings): (request: AssociateRequest, address: string) => Rejection | undefined {
  const known = callers && addressesByTitle(callers);
  return ({ calledAe, callingAe }, address) => {
    if (callingAe === "") return callerUnknown;
    if (known !== undefined) {
      const addresses = known.get(callingAe);
      if (addresses === undefined) return callerUnknown;
      if (!addresses.some((allowed) => allowed(address))) return addressUnknown;
    }
    return strictCalledAe && calledAe !== aeTitle ? calledAeUnknown : undefined;
  };
}

// A title may stand there twice, with other addresses each.
function addressesByTitle(callers: readonly DimseCaller[]): ReadonlyMap<string, ((address: string) => boolean)[]> {
  const byTitle = new Map<string, ((address: string) => boolean)[]>();
  for (const { aeTitle, addresses } of callers)
    byTitle.set(aeTitle, [...(byTitle.get(aeTitle) ?? []), addresses === undefined ? () => true : within(addresses)]);
  return byTitle;
}

function within(addresses: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const text of addresses) {
    const [address = "", bits] = text.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => list.check(plainAddress(address), isIP(plainAddress(address)) === 6 ? "ipv6" : "ipv4");
}

/** An IPv4 address as such, where a socket of both families writes it within one of IPv6. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}
