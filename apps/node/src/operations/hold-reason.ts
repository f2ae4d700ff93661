// Why a study is held, as imaging.hold.placed has it.
export type HoldReason = "legal" | "trial" | "research" | "quality";
