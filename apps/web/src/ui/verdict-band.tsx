// The verdict: shield, word, and what was compared.
import {
  type Icon,
  IconClockExclamation,
  IconFileOff,
  IconShieldCheck,
  IconShieldHalf,
  IconShieldQuestion,
  IconShieldX,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { VerdictWords } from "../verifier/verdict-words.ts";

const icons: Readonly<Record<VerdictWords["icon"], Icon>> = {
  "shield-check": IconShieldCheck,
  "shield-half": IconShieldHalf,
  "shield-x": IconShieldX,
  "shield-question": IconShieldQuestion,
  "clock-exclamation": IconClockExclamation,
  "file-off": IconFileOff,
};

/** The band; compact beside a title. */
export function VerdictBand({
  words: { tone, icon, word, says },
  compact = false,
  children,
}: {
  readonly words: VerdictWords;
  readonly compact?: boolean;
  /** What can be done about it. */
  readonly children?: ReactNode;
}): ReactNode {
  const Mark = icons[icon];
  return (
    <div className={`band appears tone-${tone} ${compact ? "compact" : ""}`} role="status">
      <Mark size={compact ? 26 : 44} stroke={compact ? 1.75 : 1.5} aria-hidden />
      <div className="grow">
        <div className="band-word">{word}</div>
        <div className={compact ? "size-12 second" : "second pretty"}>{says}</div>
      </div>
      {children !== undefined && <div className="row wrap">{children}</div>}
    </div>
  );
}

/** The icon of a verdict. */
export function VerdictIcon({ icon, size }: { readonly icon: VerdictWords["icon"]; readonly size: number }): ReactNode {
  const Mark = icons[icon];
  return <Mark size={size} stroke={1.75} aria-hidden />;
}
