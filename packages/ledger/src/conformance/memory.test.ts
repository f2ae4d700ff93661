import { type MemoryOrdering, memoryOrdering } from "../ordering/memory/memory-ordering.ts";
import { replicaConformance } from "./replica-suite.ts";

// The order outlives the replica: a restarted one follows on.
replicaConformance("memory", () => {
  let ordering: MemoryOrdering | undefined;
  return (clock) => (ordering ??= memoryOrdering(clock));
});
