import { parseEntry } from "@fiducial/core";
import type { ReceiptCheck } from "@fiducial/dicom";
import { smallObject } from "@fiducial/dicom/phantom";
import { expect, test } from "vitest";
import { sampleObjectLog } from "../../../../vectors/receipt/sample-object.ts";
import { de } from "../i18n/de.ts";
import { en } from "../i18n/en.ts";
import { formatsOf } from "../i18n/formats.ts";
import { recordSays, reservationsSay } from "./record-words.ts";
import { verifyReceiptAlone } from "./verification.ts";

const english = { t: en, formats: formatsOf("en-GB", "Asia/Tokyo") };
const german = { t: de, formats: formatsOf("de-DE", "Asia/Tokyo") };
const { receipt, trust } = await sampleObjectLog([smallObject({ seed: "record", columns: 8, rows: 8 })]);

function checked(changed = receipt): ReceiptCheck {
  const finding = verifyReceiptAlone({ name: "r", receipt: changed }, { policy: trust, receipts: [] });
  if (finding.found !== "checked") throw new Error("a receipt of the policy's log is checked");
  return finding.check;
}

/** A check whose receipt discloses names, as if they had been opened with it. */
function named(names: Readonly<Record<string, string>>): ReceiptCheck {
  const check = checked();
  const keyChain = receipt.keyChain.map((entry) => {
    const { kind = "", open } = parseEntry(entry.bytes)?.statement.content ?? {};
    const name = kind === "identity.actor.registered" ? names[String(open?.["actor"])] : undefined;
    const disclosures = {
      ...(kind === "identity.log.created" && { names: { value: names, salt: "" } }),
      ...(name !== undefined && { name: { value: name, salt: "" } }),
    };
    return { ...entry, disclosures };
  });
  return { ...check, receipt: { ...receipt, keyChain } };
}

test("a record says who signed it for whom, its kind, and when in UTC", () => {
  const [signer] = checked().verification.signers ?? [];
  const names = { [signer?.signer.actor ?? ""]: "Gateway", [signer?.organization ?? ""]: "Northlake" };
  const check = named(names);
  const at = parseEntry(receipt.entry.bytes)?.recordedAt.slice(11, 19);
  expect(recordSays(check, english)).toEqual([
    "Signed by Gateway (software) for Northlake.",
    expect.stringMatching(new RegExp(`^Study registered, recorded .*${at} UTC\\.$`)),
  ]);
  expect(recordSays(check, german)[0]).toBe("Signiert von Gateway (Software) für Northlake.");
});

test("without names, ids and types stand for them", () => {
  const id = checked().verification.signers?.[0]?.organization ?? "";
  const [who] = recordSays(checked(), english);
  expect(who).toContain("a piece of software for organization ");
  expect(who).toContain(`${id.slice(0, 8)}`);
  expect(who).toContain("name not disclosed");
});

test("the rules are applied by who founded the log, which a receipt without its beginning does not tell", () => {
  const check = { ...checked(), receipt: { ...receipt, keyChain: receipt.keyChain.slice(1) } };
  const alone = { ...check, verification: { ...check.verification, cosigners: [] } };
  expect(reservationsSay(alone, english)[0]).toContain(
    "Rules applied by whoever keeps the log log.example/sample alone",
  );
});

test("the rules are applied by the organization, by its name", () => {
  const id = checked().verification.signers?.[0]?.organization ?? "";
  const alone = named({ [id]: "North\u202elake" });
  const check = { ...alone, verification: { ...alone.verification, cosigners: [] } };
  expect(reservationsSay(check, english)).toEqual([
    expect.stringContaining("Rules applied by North\ufffdlake alone"),
    en.verify.notWitnessed,
  ]);
});

test("nothing is said of a record that does not hold", () => {
  const check = checked({ ...receipt, keyChain: [] });
  expect([...recordSays(check, english), ...reservationsSay(check, english)]).toEqual([]);
});
