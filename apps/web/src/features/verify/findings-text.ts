// Findings as a file: verdicts, steps, digests and the paths of changed attributes. No attribute's value is in it.
import { toHex } from "@fiducial/core";
import type { Finding } from "../../verifier/verification.ts";

/** Writes findings as JSON that people can read. */
export function findingsText(findings: readonly Finding[], checkedAt: string): string {
  return `${JSON.stringify({ checkedAt, findings: findings.map(findingJson) }, undefined, 2)}\n`;
}

function findingJson(finding: Finding): object {
  const { name, sizeBytes } = finding;
  if (finding.found === "unreadable") return { name, sizeBytes, verdict: "unknown", reason: finding.code };
  if (finding.found === "no-policy") return { name, sizeBytes, verdict: "no-policy" };
  const fingerprint = finding.object?.fingerprint;
  if (finding.found === "no-receipt") return { name, sizeBytes, verdict: "unknown", fingerprint };
  const { check } = finding;
  const { checkpoint, cosigners, entry, reservations } = check.verification;
  return {
    name,
    sizeBytes,
    ...(check.verification.otherLogs && { policyLogs: check.verification.otherLogs }),
    verdict: check.sound || check.waiting ? (check.verdict ?? "receipt-holds") : "unsound",
    steps: check.steps,
    entry: { log: entry?.statement.content.log, index: check.receipt.entry.index, statement: entry?.statement.id },
    checkpoint: checkpoint && {
      origin: checkpoint.origin,
      size: checkpoint.size,
      rootHash: toHex(checkpoint.rootHash),
    },
    cosigners,
    reservations,
    fingerprint,
    registered: check.registered?.version.fingerprint,
    changes: check.comparison?.changes?.map(({ path, keyword, change, class: name }) => ({
      path,
      keyword,
      change,
      class: name,
    })),
  };
}
