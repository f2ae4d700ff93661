// What a list covers and what it does not: under every list.
import { IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../i18n/language.tsx";

/** “Complete as … Not covered: …” */
export function CoverageLine({ covers }: { readonly covers: string }): ReactNode {
  const { t } = useWording();
  return (
    <p className="coverage">
      <IconInfoCircle size={16} aria-hidden />
      <span>
        <b>{covers}</b> {t.ledger.overview.notCovered} {t.ledger.overview.notCoveredSays}
      </span>
    </p>
  );
}
