// The mark: a fiducial in the field of view, one quarter of its ring in the accent colour.
import type { ReactNode } from "react";

/** Draws the mark, `size` pixels wide and high. */
export function Logo({ size = 28 }: { readonly size?: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <g stroke="currentColor" strokeWidth="2.5" strokeLinecap="round">
        <path d="M16 6.5A9.5 9.5 0 1 0 25.5 16" />
        <path d="M16 2v8M16 22v8M2 16h8M22 16h8" />
      </g>
      <path d="M20.1 7.43A9.5 9.5 0 0 1 24.57 11.9" stroke="var(--accent)" strokeWidth="2.5" strokeLinecap="round" />
      <circle cx="16" cy="16" r="2.75" fill="var(--accent)" />
    </svg>
  );
}
