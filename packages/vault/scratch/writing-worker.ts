// A process that writes to a vault until it is killed or fails, and says on standard output what was acknowledged, as soon as it was.
import { createHash } from "node:crypto";
import { writeSync } from "node:fs";
import { canonicalJson, type Json, toHex } from "@fiducial/core";
import { environmentProtector } from "../src/keyring/environment-protector.ts";
import { openVault } from "../src/vault.ts";
import { keepStudy, type SampleStudy } from "./sample-study.ts";

const [path, mostStudies] = process.argv.slice(2) as [string, string];
const say = (...words: (string | number)[]) => writeSync(1, `${words.join(" ")}\n`);

try {
  const vault = await openVault({ path, protector: environmentProtector(), erased: [] });
  say("open");
  for (let kept = 0; kept < Number(mostStudies); kept += 3) {
    const patientId = `${process.pid}-${kept}`;
    const sizes = [1, 10, Math.random() < 0.1 ? 300 : 3];
    const samples = await Promise.all(
      sizes.map(async (size) => {
        const sample = await keepStudy(vault, { patientId, size });
        say("kept", sample.statement, sample.subject, digestOf(sample));
        return sample;
      }),
    );
    if (Math.random() < 0.5) await forget(samples[0] as SampleStudy);
  }
  await vault.close();

  async function forget({ subject }: SampleStudy): Promise<void> {
    say("forgetting", subject);
    await vault.forget(subject);
    say("forgot", subject);
  }
} catch (thrown) {
  say("failed", (thrown as { code?: string }).code ?? String(thrown));
}

function digestOf({ disclosures, items, headers }: SampleStudy): string {
  const all = { disclosures, items, headers: headers.map(toHex) } as unknown as Json;
  return createHash("sha256").update(canonicalJson(all)).digest("hex");
}
