// The heading of a page, which is also the title of its window.
import { IconChevronRight } from "@tabler/icons-react";
import { Fragment, type ReactNode, useEffect } from "react";
import { useWording } from "../i18n/language.tsx";

/** Heading, what leads to it above, what it is about below, actions at the end. */
export function PageTitle({
  title,
  path = [],
  beside,
  says,
  actions,
  hidden = false,
  children,
}: {
  readonly title: string;
  /** Where the page is: links, outermost first. */
  readonly path?: readonly ReactNode[];
  /** Chips at the end of the heading's line. */
  readonly beside?: ReactNode;
  readonly says?: ReactNode;
  readonly actions?: ReactNode;
  /** Keeps the heading for screen readers alone. */
  readonly hidden?: boolean;
  /** Chips and the like, below. */
  readonly children?: ReactNode;
}): ReactNode {
  const { t } = useWording();
  useEffect(() => {
    document.title = `${title} · ${t.shell.name}`;
  }, [title, t]);
  return (
    <header className={hidden ? "unseen" : "page-title"}>
      <div className="column gap-4 grow">
        {path.length > 0 && (
          <div className="crumbs">
            {path.map((part, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a path does not change its order.
              <Fragment key={index}>
                {index > 0 && <IconChevronRight size={12} aria-hidden />}
                {part}
              </Fragment>
            ))}
          </div>
        )}
        {beside === undefined ? (
          <h1>{title}</h1>
        ) : (
          <div className="row wrap title-line">
            <h1>{title}</h1>
            {beside}
          </div>
        )}
        {says !== undefined && <p className="size-13 second">{says}</p>}
        {children}
      </div>
      {actions !== undefined && <div className="page-actions">{actions}</div>}
    </header>
  );
}
