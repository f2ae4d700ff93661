// Copies a text, and says that it did.
import { type Icon, IconCheck, IconCopy } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";
import { useWording } from "../i18n/language.tsx";

/** A button that copies what `text` gives at the moment it is pressed. */
export function CopyButton({
  text,
  className = "button small",
  icon: Mark = IconCopy,
  children,
}: {
  readonly text: () => string;
  readonly className?: string;
  readonly icon?: Icon;
  readonly children?: ReactNode;
}): ReactNode {
  const { t } = useWording();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text());
    setCopied(true);
  };
  return (
    <button type="button" className={className} onClick={() => void copy()}>
      {copied ? <IconCheck size={16} aria-hidden /> : <Mark size={16} aria-hidden />}
      <span aria-live="polite">{copied ? t.words.copied : (children ?? t.words.copy)}</span>
    </button>
  );
}
