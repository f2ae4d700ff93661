// Windows that readers of CT use; centre and width in Hounsfield units.
import type { Window } from "../../ui/picture/picture-attributes.ts";

/** By name, as the messages name them. */
export const ctWindows: Readonly<Record<"lung" | "mediastinum" | "bone" | "brain", Window>> = {
  lung: { centre: -600, width: 1500 },
  mediastinum: { centre: 40, width: 400 },
  bone: { centre: 400, width: 1800 },
  brain: { centre: 40, width: 80 },
};
export type CtWindow = keyof typeof ctWindows;
