// Every contract version there is, oldest first. Old entries replay under the version that ruled when they were recorded.
import type { Contract } from "../kernel/contract.ts";
import { contract1 } from "./contract-1.ts";

/** What a node can replicate. */
export const contracts: readonly Contract[] = [contract1];

/** The contract that a new log starts with. */
export const newestContract: Contract = contract1;
