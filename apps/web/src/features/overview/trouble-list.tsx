// What makes the node degraded: each trouble in a sentence, its code last.
import type { Health } from "@fiducial/api";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { Note } from "../../ui/notes.tsx";

/** The list; nothing where nothing is wrong. */
export function TroubleList({ troubles }: Pick<Health, "troubles">): ReactNode {
  const { t } = useWording();
  const { overview } = t.ledger;
  if (troubles.length === 0) return undefined;
  return (
    <section className="card" aria-label={overview.healthDegraded}>
      {troubles.map(({ code, cause, witness = "" }) => (
        <Note
          key={`${code} ${witness}`}
          icon={IconAlertTriangle}
          tone="differs"
          title={overview.troubles[code](witness)}
          says={overview.troubleRest[code]}
          code={cause ?? code}
        />
      ))}
    </section>
  );
}
