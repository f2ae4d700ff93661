// What kind of attribute changed: only coercible ones are harmless.
import type { AttributeClass } from "@fiducial/dicom";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../i18n/language.tsx";
import { Chip, type Tone } from "./parts.tsx";

const tones: Readonly<Record<AttributeClass, Tone>> = {
  coercible: "neutral",
  identity: "fails",
  geometry: "fails",
  other: "differs",
};

/** The chip. */
export function AttributeClassChip({ of: kind }: { readonly of: AttributeClass }): ReactNode {
  const { t } = useWording();
  return (
    <Chip tone={tones[kind]} icon={kind === "coercible" ? IconCircleCheck : IconAlertTriangle}>
      {t.verify.classes[kind]}
    </Chip>
  );
}
