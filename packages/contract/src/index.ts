// The door of contract: the kernel, and the vocabulary of each application.
export { activeContract, contractFor } from "./kernel/active-contract.ts";
export { type Contract, contract } from "./kernel/contract.ts";
export { decide, type Ordered, type SignatureCheck, type Verdict } from "./kernel/decide.ts";
export { directory } from "./kernel/directory.ts";
export { advanceStateDigest, emptyStateDigest, type State, type StatementRow, type Write } from "./kernel/state.ts";
