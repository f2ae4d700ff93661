// The end of a list: what it covers, and more of it.
import type { ReactNode } from "react";
import { CoverageLine } from "./coverage-line.tsx";

/** The coverage line, and a button while there are further pages. */
export function ListFoot({
  covers,
  notCovered,
  more,
  query: { hasNextPage, isFetchingNextPage, fetchNextPage },
}: {
  readonly covers: string;
  readonly notCovered?: string;
  /** What the button says. */
  readonly more: string;
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
}): ReactNode {
  return (
    <div className="card-foot row apart wrap">
      <CoverageLine covers={covers} {...(notCovered !== undefined && { notCovered })} />
      {hasNextPage && (
        <button
          type="button"
          className="button small"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {more}
        </button>
      )}
    </div>
  );
}
