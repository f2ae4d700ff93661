import { expect, test } from "vitest";
import { chosenTransferSyntax, negotiate, negotiateRoles } from "./negotiation.ts";
import type { AssociateRequest } from "./pdu.ts";
import { isStorageClass, storageClasses } from "./storage-classes.ts";

const dicom = "1.2.840.10008.1.2";
const [implicit, explicit, bigEndian, deflated] = [dicom, `${dicom}.1`, `${dicom}.2`, `${dicom}.1.99`];
const [baseline, lossless, j2kEither] = [`${dicom}.4.50`, `${dicom}.4.70`, `${dicom}.4.91`];

test("the first transfer syntax is chosen; behind Implicit VR, which everybody has to propose, the first other that loses nothing", () => {
  const cases: readonly (readonly [readonly string[], string | undefined])[] = [
    [[], undefined],
    [[implicit], implicit],
    [[explicit, bigEndian, implicit], explicit],
    [[lossless, explicit, implicit], lossless],
    [[baseline, explicit, implicit], baseline],
    [["1.2.3.4", explicit], "1.2.3.4"],
    [[implicit, explicit, lossless], explicit],
    [[implicit, lossless, explicit], lossless],
    [[implicit, bigEndian, explicit], explicit],
    [[implicit, deflated, bigEndian], implicit],
    [[implicit, baseline, j2kEither], implicit],
    [[implicit, "1.2.3.4"], implicit],
  ];
  for (const [proposed, chosen] of cases) expect(chosenTransferSyntax(proposed), proposed.join()).toBe(chosen);
});

const context = (id: number, abstractSyntax: string, ...transferSyntaxes: string[]) => ({
  id,
  abstractSyntax,
  transferSyntaxes,
});
const request: AssociateRequest = {
  type: "associate-request",
  protocolVersion: 1,
  calledAe: "A",
  callingAe: "B",
  applicationContext: "1.2",
  contexts: [context(1, "1.1", explicit), context(3, "1.2", explicit), context(5, "1.1")],
  user: {
    maximumLength: 0,
    implementationClassUid: "1.2",
    implementationVersionName: "",
    roles: [
      { sopClass: "1.1", scu: true, scp: true },
      { sopClass: "1.2", scu: true, scp: false },
    ],
  },
};

test("every context gets its answer, and the role of a sender is the requestor's alone", () => {
  const results = negotiate(request, (uid) => uid === "1.1");
  expect(results.map(({ id, result }) => [id, result])).toEqual([
    [1, 0],
    [3, 3],
    [5, 4],
  ]);
  expect(negotiateRoles(request, results)).toEqual([{ sopClass: "1.1", scu: true, scp: false }]);
});

test("classes of storage are taken, those to come too, private ones when asked; services beneath the same root are not", () => {
  expect(storageClasses.length).toBeGreaterThan(150);
  for (const { uid, name } of storageClasses) {
    expect(isStorageClass(uid, false), uid).toBe(true);
    expect(name, uid).toMatch(/^[A-Z1].*(Storage|Trial|\(of 1993\))/);
  }
  const root = "1.2.840.10008.5.1.4.1.1";
  expect(isStorageClass(`${root}.9999.1`, false)).toBe(true);
  for (const service of [`${root}.200.4`, `${root}.201.2`, "1.2.840.10008.5.1.4.1.2.2.1", "1.2.840.10008.1.1", ""])
    expect(isStorageClass(service, true), service).toBe(false);
  expect([isStorageClass("1.3.12.2.1107.5.9.1", false), isStorageClass("1.3.12.2.1107.5.9.1", true)]).toEqual([
    false,
    true,
  ]);
});
