// The way from an entry to the root: entry below, siblings at its sides, root above; a long middle is counted.
import type { EntryDetail } from "@fiducial/api";
import { leafHash, parseSignedCheckpoint, toHex, utf8 } from "@fiducial/core";
import { IconCheck, IconFileText, IconFlag, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { shortHex } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import { Card } from "../../ui/parts.tsx";
import { type ProofStep, proofSteps } from "./entry-check.ts";

/** The card. */
export function ProofPath({ entry, holds }: { readonly entry: EntryDetail; readonly holds: boolean }): ReactNode {
  const { t, formats } = useWording();
  const words = t.ledger.entry;
  const steps = proofSteps(entry.index, entry.proof.size, entry.proof.hashes);
  const tone = holds ? "holds" : "fails";
  const Mark = holds ? IconCheck : IconX;
  return (
    <Card
      title={words.proof}
      aside={
        <span className={`row gap-4 size-12 strong tone tone-${tone}`}>
          <Mark size={14} stroke={2.25} aria-hidden />
          {holds ? words.proofHolds : words.proofFails}
        </span>
      }
    >
      <ol className={`proof tone-${tone}`}>
        <li className="proof-end">
          <IconFlag size={16} aria-hidden />
          <b className="size-12">{words.root(formats.count(entry.proof.size))}</b>
          <span className="mono">{shortHex(rootOf(entry))}</span>
        </li>
        {shown(steps).map((step) =>
          "more" in step ? (
            <li key="more" className="proof-more">
              <span className="size-12 third">{words.moreLevels(step.more)}</span>
            </li>
          ) : (
            <li key={step.number} className={`proof-step ${step.side}`}>
              <div className="proof-sibling" title={step.hash}>
                <span className="size-12 medium">{words.sibling(step.number)}</span>
                <span className="mono second">{shortHex(step.hash)}</span>
              </div>
            </li>
          ),
        )}
        <li className="proof-end leaf tone-accent">
          <IconFileText size={16} aria-hidden />
          <b className="size-12">{words.title(String(entry.index))}</b>
          <span className="mono">{shortHex(toHex(leafHash(utf8(entry.raw))))}</span>
        </li>
      </ol>
      <p className="size-13 second proof-says">{holds ? words.proofSays(steps.length) : words.proofFailsSays}</p>
    </Card>
  );
}

type Shown = (ProofStep & { readonly number: number }) | { readonly more: number };

// From the root downwards: the highest sibling, how many are left out, the three lowest.
function shown(steps: readonly ProofStep[]): readonly Shown[] {
  const numbered = steps.map((step, at) => ({ ...step, number: at + 1 })).reverse();
  const omitted = numbered.length - 4;
  return omitted < 2 ? numbered : [...numbered.slice(0, 1), { more: omitted }, ...numbered.slice(-3)];
}

function rootOf({ checkpoint }: EntryDetail): string {
  try {
    return toHex(parseSignedCheckpoint(checkpoint).checkpoint.rootHash);
  } catch {
    return "";
  }
}
