// A choice among a few, side by side.
import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";

/** Lets choose one of `options`: value and words. */
export function Segments<Value extends string>({
  label,
  value,
  options,
  choose,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, ReactNode])[];
  readonly choose: (value: Value) => void;
}): ReactNode {
  return (
    <SegmentedControl
      aria-label={label}
      value={value}
      data={options.map(([option, words]) => ({ value: option, label: words }))}
      onChange={(chosen) => choose(chosen as Value)}
      transitionDuration={0}
      size="xs"
    />
  );
}
