// The door of the node: in-process use by the command line, and the server.
export { type NodeOptions, type OpenNode, openNode } from "./compose.ts";
export { type DemoProgress, registerDemo } from "./demo/demo.ts";
export { defaultDataFolder, runningNode } from "./folder/data-folder.ts";
export type { IntakeProgress, IntakeWatch } from "./intake/ingest.ts";
export type { Intake, IntakeResult, RefusedPath } from "./intake/intake.ts";
export { type FoundFile, objectFiles } from "./intake/object-files.ts";
export type { RegisteredStudy } from "./intake/registrar.ts";
export { NodeError, type NodeErrorCode, nodeErrors } from "./node-error.ts";
export { type Recovery, recover } from "./operations/recover.ts";
export { type Restored, restore } from "./operations/restore.ts";
export { entries, entry, health } from "./routes/ledger.ts";
export { type RunningServer, type ServerOptions, startServer } from "./server.ts";
export type { FileVerification } from "./verification/verify-files.ts";
