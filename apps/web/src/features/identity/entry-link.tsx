// An entry by its number.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";

/** A link that leads to the entry. */
export function EntryLink({ index }: { readonly index: number }): ReactNode {
  const { t } = useWording();
  return (
    <Link to="/ledger/$index" params={{ index: String(index) }} className="link figures">
      {t.words.entryNumber(index)}
    </Link>
  );
}
