// Which kinds can be stated as they are, and which only by the operation that also does what they say.
import {
  activeContract,
  type Contract,
  ContractError,
  contracts,
  type Kind,
  studyRegistered,
} from "@fiducial/contract";
import { NodeError } from "../node-error.ts";
import type { Site } from "./site.ts";

/** Kinds that say what an operation does, with the command of each: stated alone, the ledger would tell what nobody did. */
const kindsWithCommands: Readonly<Record<string, string>> = {
  "identity.log.created": "start",
  "identity.key.registered": "members add",
  "identity.key.rotated": "members rotate",
  "identity.key.recovered": "members recover",
  "imaging.study.registered": "ingest",
  "imaging.study.extended": "ingest",
  "imaging.subject.corrected": "correct",
  "imaging.correction.notified": "correct",
  "imaging.correction.completed": "correct",
  "imaging.hold.placed": "hold",
  "imaging.hold.released": "hold",
  "imaging.retention.set": "retention",
  "imaging.destruction.approved": "destroy",
  "imaging.study.destroyed": "destroy",
  "imaging.erasure.approved": "forget",
  "imaging.erasure.executed": "forget",
  // The gateway, of what it shows.
  "access.read.performed": "start",
};

/** The command that states a kind; undefined for a kind that can be stated as it is. A registration can be superseded as it is. */
export function commandOf(kind: string, supersedes: boolean): string | undefined {
  return supersedes && kind === studyRegistered.name ? undefined : kindsWithCommands[kind];
}

/** The contract that decides what the log is told next. Throws CONTRACT_UNKNOWN. */
export function contractOf({ logs }: Pick<Site, "logs">): Contract {
  const { state, head } = logs.current.store;
  const asked = activeContract(state, head().edge.size);
  const found = contracts.find(({ version, digest }) => version === asked?.version && digest === asked.digest);
  if (found === undefined) throw new ContractError("CONTRACT_UNKNOWN");
  return found;
}

/** The newest version of a kind that the log's contract has. Throws KIND_UNKNOWN, KIND_HAS_COMMAND. */
export function kindToState(site: Pick<Site, "logs">, name: string, supersedes: boolean): Kind {
  const command = commandOf(name, supersedes);
  if (command !== undefined) throw new NodeError("KIND_HAS_COMMAND", { command });
  const versions = contractOf(site).kinds.filter((kind) => kind.name === name);
  const [newest] = versions.sort((a, b) => b.version - a.version);
  if (newest === undefined) throw new NodeError("KIND_UNKNOWN");
  return newest;
}
