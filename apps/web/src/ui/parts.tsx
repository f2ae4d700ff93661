// The small parts that pages are made of. Their looks are in parts.css.
import type { Icon } from "@tabler/icons-react";
import { IconLock, IconLockOpen } from "@tabler/icons-react";
import type { ReactNode } from "react";

/** What a colour means. */
export type Tone = "holds" | "differs" | "fails" | "ai" | "person" | "accent" | "neutral";

/** A short label in a tone: always an icon or a word beside the colour. */
export function Chip({
  tone = "neutral",
  icon: Mark,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: Icon | undefined;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <span className={`chip tone-${tone}`}>
      {Mark && <Mark size={14} stroke={1.75} aria-hidden />}
      {children}
    </span>
  );
}

/** A round place for an icon. */
export function Dot({ tone = "neutral", icon: Mark }: { readonly tone?: Tone; readonly icon: Icon }): ReactNode {
  return (
    <span className={`dot tone-${tone}`}>
      <Mark size={17} stroke={1.75} aria-hidden />
    </span>
  );
}

/** A value that stands on the ledger as a commitment. */
export function Sealed({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <span className="sealed">
      <IconLock size={14} stroke={1.75} aria-hidden />
      <span>{children}</span>
    </span>
  );
}

/** A sealed value that was opened. */
export function Opened({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <span className="opened">
      <IconLockOpen size={14} stroke={1.75} aria-hidden />
      {children}
    </span>
  );
}

/** Keys of a keyboard. */
export function Keys({ of }: { readonly of: readonly string[] }): ReactNode {
  return (
    <span className="row gap-4">
      {of.map((key) => (
        <kbd className="key" key={key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}

/** A card with a heading; `aside` stands at the end of its head. */
export function Card({
  title,
  says,
  aside,
  children,
  className = "",
  id,
}: {
  readonly title: string;
  readonly says?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  readonly id?: string;
}): ReactNode {
  return (
    <section className={`card ${className}`} id={id} aria-label={title}>
      <div className="card-head">
        <h2>{title}</h2>
        {says !== undefined && <span className="size-12 third">{says}</span>}
        {aside !== undefined && <div className="to-end row">{aside}</div>}
      </div>
      {children}
    </section>
  );
}

/** Names and values, in two columns. */
export function Pairs({ of }: { readonly of: readonly (readonly [string, ReactNode])[] }): ReactNode {
  return (
    <dl className="pairs">
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
