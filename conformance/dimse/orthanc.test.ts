// Orthanc pushes what it has to this node: it keeps objects as they came, and sends them in their own transfer syntax where that is taken.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bytesSource, compare, createPixelDecoder, type Fingerprint, fingerprint } from "@fiducial/dicom";
import { smallObject } from "@fiducial/dicom/phantom";
import { describe, expect, onTestFinished, test } from "vitest";
import { scratchListener } from "../../apps/node/src/scratch/scratch-listener.ts";
import { pydicomData, sharedData } from "../../scripts/shared-data.ts";
import { orthancProgram, startOrthanc } from "../orthanc/running-orthanc.ts";

const decoder = createPixelDecoder();
const shared = sharedData();
const source = shared === undefined ? pydicomData() : join(shared, "dicom", "valid");
const files = [
  ...(source === undefined
    ? []
    : readdirSync(source)
        .filter((name) => name.endsWith(".dcm"))
        .map((name) => readFileSync(join(source, name)))),
  Buffer.from(smallObject()),
];

describe.skipIf(orthancProgram === undefined)("Orthanc", () => {
  test("pushes real objects, which arrive identical and in their own transfer syntax", async () => {
    const { port, received, line } = await scratchListener();
    const orthanc = await startOrthanc(orthancProgram ?? "", {
      DicomModalities: { fiducial: ["FIDUCIAL", "127.0.0.1", port] },
    });
    onTestFinished(() => orthanc.stop());
    const counts = { pushed: 0, ownSyntax: 0 };
    for (const file of files) {
      const registered = await fingerprint(bytesSource(file), { decoder }).catch(() => undefined);
      // DCMTK, on which Orthanc stands, keeps one of two elements with the same tag.
      if (registered === undefined || registered.fingerprint.notes.includes("DUPLICATE_ELEMENT")) continue;
      const id = await orthanc.store(file);
      if (id === undefined) continue;
      const before = received.length;
      const isPushed = await orthanc.push(id, "fiducial");
      const arrived = received[before]?.bytes;
      expect(isPushed).toBe(arrived !== undefined);
      if (arrived !== undefined) {
        const candidate = await fingerprint(bytesSource(arrived), { decoder });
        const found = compare([{ fingerprint: registered.fingerprint, attributes: registered }], candidate);
        expect([registered.header.sopInstanceUid, found.verdict]).toEqual([
          registered.header.sopInstanceUid,
          "identical",
        ]);
        counts.pushed += 1;
        counts.ownSyntax += Number(sameSyntax(registered.fingerprint, candidate.fingerprint));
      }
      await orthanc.clear();
    }
    console.log(`Orthanc: ${JSON.stringify(counts)} of ${files.length}`);
    expect(counts.pushed).toBeGreaterThan(files.length * 0.7);
    expect(counts.ownSyntax).toBeGreaterThan(counts.pushed * 0.8);
    expect(line("dimse:orthanc")).toMatchObject({ state: "works", received: counts.pushed });
  }, 600_000);
});

function sameSyntax(one: Fingerprint, other: Fingerprint): boolean {
  return one.transferSyntaxUid === other.transferSyntaxUid;
}
