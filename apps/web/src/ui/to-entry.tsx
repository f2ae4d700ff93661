// The way to an entry for those who may read the ledger; for others the words alone, since what they would be refused is no way.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useMay } from "./session.ts";

/** A link to an entry, or what it says. */
export function ToEntry({
  index,
  className,
  children,
}: {
  readonly index: number;
  readonly className: string;
  readonly children: ReactNode;
}): ReactNode {
  const may = useMay("ledger.read") === true;
  if (!may) return <span>{children}</span>;
  return (
    <Link to="/ledger/$index" params={{ index: String(index) }} className={className}>
      {children}
    </Link>
  );
}
