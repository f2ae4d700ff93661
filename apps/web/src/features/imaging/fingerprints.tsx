// The fingerprints of the object shown: made in this browser, beside those that its receipt shows.
import type { Fingerprint } from "@fiducial/dicom";
import { IconCheck, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { shortHex } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import { Card } from "../../ui/parts.tsx";
import type { Finding } from "../../verifier/verification.ts";

import { equalityOf, isUntold } from "./fingerprint-equality.ts";

const names = ["file", "dataset", "frames", "pixels"] as const;

/** The card. Before the object is checked it keeps its place. */
export function Fingerprints({ finding }: { readonly finding: Finding | undefined }): ReactNode {
  const { t } = useWording();
  const words = t.imaging.fingerprints;
  const made = finding !== undefined && "object" in finding ? finding.object?.fingerprint : undefined;
  const registered = finding?.found === "checked" ? finding.check.registered?.version.fingerprint : undefined;
  return (
    <Card title={words.title} says={words.says}>
      <table className="fingerprints">
        <tbody>
          {names.map((name) => {
            const equal =
              registered === undefined || made === undefined ? undefined : equalityOf(name, made, registered);
            return (
              <tr key={name}>
                <th scope="row">
                  <span className="size-13 medium">{words.names[name]}</span>
                  <div className="size-12 third">{words.explained[name]}</div>
                </th>
                <td>
                  {made === undefined ? (
                    <span className="skeleton fingerprint-blank" />
                  ) : (
                    <Digest name={name} made={made} registered={registered} />
                  )}
                </td>
                <td>{equal !== undefined && <Equality equal={equal} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}

function Digest({
  name,
  made,
  registered,
}: {
  readonly name: (typeof names)[number];
  readonly made: Fingerprint;
  readonly registered: Pick<Fingerprint, "frames" | "pixels"> | undefined;
}): ReactNode {
  const { fingerprints: words } = useWording().t.imaging;
  const digest = made[name];
  if (digest === null)
    return (
      <span className="size-12 second">
        {made.pixelsUnavailable !== undefined && name === "pixels"
          ? words.unavailable[made.pixelsUnavailable]
          : words.noPixels}
      </span>
    );
  return (
    <>
      <span className="mono second" title={digest}>
        {shortHex(digest, 6)}
      </span>
      {name === "pixels" && registered !== undefined && isUntold(registered) && (
        <div className="size-12 second">{words.untoldThen}</div>
      )}
    </>
  );
}

function Equality({ equal }: { readonly equal: boolean }): ReactNode {
  const { t } = useWording();
  const words = t.imaging.fingerprints;
  const Mark = equal ? IconCheck : IconX;
  return (
    <span className={`row gap-4 size-12 strong tone tone-${equal ? "holds" : "differs"}`}>
      <Mark size={14} stroke={2.25} aria-hidden />
      {equal ? words.equal : words.differs}
    </span>
  );
}
