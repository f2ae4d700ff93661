// The user information item: maximum length, implementation, roles. What else is in it is passed over, as the standard allows. DICOM PS3.8 Annex D.1, PS3.7 Annex D.3.3.

import { itemTypes, type RoleSelection, type UserInformation } from "./pdu.ts";
import { type Item, itemsOf } from "./pdu-item.ts";
import { uidOf, uint16Of, versionNameOf } from "./pdu-text.ts";

const silent: UserInformation = {
  maximumLength: 0,
  implementationClassUid: "",
  implementationVersionName: "",
  roles: [],
};

/** Reads the item; one that is absent says nothing. Returns undefined when it is malformed. Asynchronous operations, extended negotiation and user identity are not for this acceptor: not answering them declines them. */
export function userInformationOf(
  bytes: Uint8Array | undefined,
  budget: { items: number },
): UserInformation | undefined {
  if (bytes === undefined) return silent;
  const items = itemsOf(bytes, 0, budget);
  if (items === undefined) return undefined;
  const said = (type: number) => items.find((item) => item.type === type)?.bytes ?? nothing;
  const roles = items.filter(({ type }) => type === itemTypes.roleSelection).map(roleOf);
  const maximum = said(itemTypes.maximumLength);
  if (![0, 4].includes(maximum.length) || roles.includes(undefined)) return undefined;
  return {
    maximumLength: uint16Of(maximum, 0) * 65_536 + uint16Of(maximum, 2),
    implementationClassUid: uidOf(said(itemTypes.implementationClassUid)),
    implementationVersionName: versionNameOf(said(itemTypes.implementationVersionName)),
    roles: roles.filter((role) => role !== undefined),
  };
}

const nothing = new Uint8Array(0);

// PS3.7 § D.3.3.4.1.
function roleOf({ bytes }: Item): RoleSelection | undefined {
  const length = uint16Of(bytes, 0);
  if (bytes.length !== length + 4) return undefined;
  return { sopClass: uidOf(bytes.subarray(2, 2 + length)), scu: bytes[2 + length] === 1, scp: bytes[3 + length] === 1 };
}
