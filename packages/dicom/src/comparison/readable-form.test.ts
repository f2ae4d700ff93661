// Character sets that changed: text written anew reads the same, and text that reads otherwise is no longer what it was.
import { describe, expect, it } from "vitest";
import {
  element,
  even,
  file,
  identity,
  join,
  latin1,
  explicitLittle as le,
  sequence,
  syntaxes,
} from "../../../../vectors/fingerprints/object-bytes.ts";
import { saltedAttributes } from "../fingerprint/attribute-digests.ts";
import { fingerprint } from "../fingerprint/fingerprint.ts";
import { bytesSource } from "../reading/byte-source.ts";
import { type AttributeChange, attributeChanges } from "./attribute-changes.ts";
import { viewOf } from "./registered-attributes.ts";

const salt = new Uint8Array(32).fill(1);
const syntax = syntaxes.explicitLittle;
const context = { samePicture: false, reEncoded: false, registeredSyntax: syntax, candidateSyntax: syntax };

type Parts = readonly Uint8Array[];

async function header(parts: Parts): Promise<Uint8Array> {
  return (await fingerprint(bytesSource(file(syntax, join(...identity(le), ...parts))))).canonicalHeader;
}

/** The changes as the registered header shows them, and as its digests do. */
async function changes(before: Parts, now: Parts): Promise<{ known: AttributeChange[]; digested: AttributeChange[] }> {
  const [registered, candidate] = [await header(before), await header(now)];
  const digests = { digests: saltedAttributes(registered, salt), attributeSalt: salt };
  return {
    known: attributeChanges(viewOf({ canonicalHeader: registered }), candidate, context),
    digested: attributeChanges(viewOf(digests), candidate, context),
  };
}

describe("character sets", () => {
  const charset = (value: string): Uint8Array => element(le, "00080005", "CS", even(value));
  const name = (bytes: string): Uint8Array => element(le, "00100010", "PN", latin1(bytes));
  const latin = [charset("ISO_IR 100"), name("M\xfcller")];
  const utf8 = [charset("ISO_IR 192"), name("M\xc3\xbcller")];

  it("may change with the text written anew, which the header shows and digests do not", async () => {
    const { known, digested } = await changes(latin, utf8);
    expect(known.map((change) => change.class)).toEqual(["coercible", "coercible"]);
    expect(digested.map((change) => change.class)).toEqual(["coercible", "identity"]);
  });

  it("may not change alone, so that the text reads otherwise", async () => {
    const reread = { path: "0010,0010", keyword: "PatientName", change: "reread", class: "identity" };
    const { known, digested } = await changes(latin, [charset("ISO_IR 101"), name("M\xe6ller")]);
    expect(known[1]).toMatchObject({ change: "changed", class: "identity" });
    expect(digested[1]).toMatchObject({ change: "changed", class: "identity" });
    const alone = await changes(latin, [charset("ISO_IR 144"), name("M\xfcller")]);
    expect(alone.known[1]).toEqual(reread);
    expect(alone.digested[1]).toEqual(reread);
  });

  it("leaves ASCII alone", async () => {
    const { known, digested } = await changes(
      [charset("ISO_IR 100"), name("Muller")],
      [charset("ISO_IR 144"), name("Muller")],
    );
    expect([known, digested].map((found) => found.map((change) => change.path))).toEqual([
      ["0008,0005"],
      ["0008,0005"],
    ]);
  });

  it("reaches into sequences, which may have their own", async () => {
    const nested = (...parts: readonly Uint8Array[]): Uint8Array => sequence(le, "00081120", [join(...parts)], true);
    const { known } = await changes(
      [charset("ISO_IR 100"), nested(name("M\xfcller"))],
      [charset("ISO_IR 192"), nested(name("M\xc3\xbcller"))],
    );
    expect(known.map((change) => change.class)).toEqual(["coercible", "coercible"]);
    const own = nested(charset("ISO_IR 100"), name("M\xfcller"));
    const unmoved = await changes([charset("ISO_IR 100"), own], [charset("ISO_IR 192"), own]);
    expect(unmoved.known.map((change) => change.path)).toEqual(["0008,0005"]);
  });

  it("does not hide a second value", async () => {
    const { known } = await changes(
      [charset("ISO_IR 100"), name("A"), name("M\xfcller")],
      [charset("ISO_IR 192"), name("A"), name("Else")],
    );
    expect(known[1]).toMatchObject({ path: "0010,0010", class: "identity" });
  });
});
