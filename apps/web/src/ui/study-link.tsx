// The way to a study, or to one of its objects, from elsewhere: to itself for those who may see it, to its history for those who may read the ledger, none for others.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useMay } from "./session.ts";

/** What a link to a study leads to. */
export type StudyWay = "study" | "history";

/** A link, to the `object` where one is named; what it says depends on what it leads to. Whoever may see neither is shown `otherwise`. */
export function StudyLink({
  study,
  object,
  className,
  title,
  children,
  otherwise,
}: {
  readonly study: string;
  /** A registered version of one of its objects. */
  readonly object?: { readonly statementId: string; readonly item: number } | undefined;
  readonly className: string;
  readonly title?: string;
  readonly children: (way: StudyWay) => ReactNode;
  readonly otherwise?: ReactNode;
}): ReactNode {
  const [sees, reads] = [useMay("studies.read"), useMay("ledger.read")];
  if (sees === true)
    return (
      <Link
        to="/studies/$study"
        params={{ study }}
        search={object === undefined ? {} : { statement: object.statementId, item: object.item }}
        className={className}
        title={title}
      >
        {children("study")}
      </Link>
    );
  if (reads === true)
    return (
      <Link to="/ledger" search={{ study }} className={className} title={title}>
        {children("history")}
      </Link>
    );
  return otherwise;
}
