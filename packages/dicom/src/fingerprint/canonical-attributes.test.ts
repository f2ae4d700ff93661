// Canonical headers come from vaults and disks: whatever is not one is refused, and nothing is read beyond its end.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { element, explicitLittle, sequence } from "../../../../vectors/fingerprints/object-bytes.ts";
import { objectWith } from "../../../../vectors/fingerprints/object-case.ts";
import { bytesSource } from "../reading/byte-source.ts";
import { parseAttributeDigests } from "./attribute-digests.ts";
import { readAttributePath } from "./attribute-key.ts";
import { readCanonicalHeader, readItems } from "./canonical-attributes.ts";
import { fingerprint } from "./fingerprint.ts";

const items = [element(explicitLittle, "00081155", "UI", "2.25.5")];
const { canonicalHeader } = await fingerprint(
  bytesSource(objectWith(sequence(explicitLittle, "00081140", items, true))),
);

function outcome(header: Uint8Array): string {
  try {
    for (const attribute of readCanonicalHeader(header)) readItems(attribute);
    return "read";
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

describe("a header that is none", () => {
  it("is refused wherever it is cut within an element", () => {
    const ends = new Set(
      readCanonicalHeader(canonicalHeader).map(
        ({ bytes }) => bytes.byteOffset - canonicalHeader.byteOffset + bytes.length,
      ),
    );
    for (let size = 1; size < canonicalHeader.length; size++) {
      expect(outcome(canonicalHeader.subarray(0, size)), String(size)).toBe(
        ends.has(size) ? "read" : "CANONICAL_HEADER_MALFORMED",
      );
    }
  });

  it("is read or refused, and nothing else", () => {
    const change = fc.tuple(fc.nat({ max: canonicalHeader.length - 1 }), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const header = canonicalHeader.slice();
        for (const [at, byte] of changes) header[at] = byte;
        expect(["read", "CANONICAL_HEADER_MALFORMED"]).toContain(outcome(header));
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (header) => {
        expect(["read", "CANONICAL_HEADER_MALFORMED"]).toContain(outcome(header));
      }),
    );
  });

  it("is refused when attributes are not in order", () => {
    const [first, second] = readCanonicalHeader(canonicalHeader);
    expect(outcome(Buffer.concat([second?.bytes ?? [], first?.bytes ?? []] as Uint8Array[]))).toBe(
      "CANONICAL_HEADER_MALFORMED",
    );
  });
});

describe("paths", () => {
  it.each(["", "0010", "0010,0020,X", "0010,00g0", "0010,002", "0029,xx1,A", "0029,xx10,", "0029,XX10,A", "00100020"])(
    "%j is none",
    (path) => {
      expect(readAttributePath(path)).toBeUndefined();
    },
  );

  it("keep creators of any bytes", () => {
    expect(readAttributePath("0029,xx10,a,b\n\u00ff")).toEqual({ tag: 0x00290010, creator: "a,b\n\u00ff" });
  });
});

describe("digests as text", () => {
  const digest = "00".repeat(32);

  it.each([{ "0010,0020": "00" }, { "0010,0020": digest.toUpperCase().replace("0", "A") }, { PatientID: digest }])(
    "%j are none",
    (digests) => {
      expect(parseAttributeDigests(digests as unknown as Record<string, string>)).toBeUndefined();
    },
  );

  it("come back in canonical order", () => {
    const digests = parseAttributeDigests({
      "0029,xx10,B": digest,
      "0029,xx10,A": digest,
      "0010,0020": digest,
      "0029,1010": digest,
    });
    expect([...(digests?.keys() ?? [])]).toEqual(["0010,0020", "0029,xx10,A", "0029,xx10,B", "0029,1010"]);
  });
});
