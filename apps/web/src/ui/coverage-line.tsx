// What a list covers and what it does not: under every list.
import { IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../i18n/language.tsx";

/** “Complete as … Not covered: …”, which is what happens beside this node unless said otherwise. */
export function CoverageLine({
  covers,
  notCovered,
}: {
  readonly covers: string;
  readonly notCovered?: string;
}): ReactNode {
  const { t } = useWording();
  return (
    <p className="coverage">
      <IconInfoCircle size={16} aria-hidden />
      <span>
        <b>{covers}</b> {t.ledger.overview.notCovered} {notCovered ?? t.ledger.overview.notCoveredSays}
      </span>
    </p>
  );
}
