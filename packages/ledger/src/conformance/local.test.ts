import { localOrdering } from "../ordering/local/local-ordering.ts";
import { replicaConformance } from "./replica-suite.ts";

replicaConformance("local", () => localOrdering);
