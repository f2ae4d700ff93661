// Why a study is held, as imaging.hold.placed has it.

export const holdReasons = ["legal", "trial", "research", "quality"] as const;
export type HoldReason = (typeof holdReasons)[number];
