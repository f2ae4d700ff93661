// A node's data folder: what lies where, who has it open, and where its keys are. Keys are never inside it.
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { homedir, networkInterfaces } from "node:os";
import { join, resolve } from "node:path";
import { apiClient } from "@fiducial/api";
import { NodeError } from "../node-error.ts";
import { isCertificateFault } from "../serving/certificate-fault.ts";
import { replaceFile } from "./durable-file.ts";
import { isLocked, processLock } from "./process-lock.ts";

/** A log of this folder that a recovery ended, and the furthest of it that its key is known to have signed. */
export interface PredecessorLog {
  readonly origin: string;
  readonly size: number;
  /** Hex. */
  readonly rootHash: string;
}

/** What a folder is told at its creation, once and for all; only a recovery gives it another log. */
export interface FolderIdentity {
  readonly format: 1;
  readonly origin: string;
  readonly organization: string;
  readonly organizationName: string;
  /** The software actor under which this node states what it sees. */
  readonly gateway: string;
  /** Set when the folder was made for the demonstration: its data are invented, and whoever shows them says so. */
  readonly demo?: true;
  /** When the demonstration's story begins (UTC, as statements write it); absent where none is told. */
  readonly storyBegins?: string;
  /** Logs that came before this one, the oldest first: numbers 1, 2, … of the folder `logs`. */
  readonly predecessors?: readonly PredecessorLog[];
}

/** A data folder that this process has open. */
export interface DataFolder {
  readonly path: string;
  readonly identity: FolderIdentity;
  readonly keys: string;
  readonly ledger: string;
  readonly projection: string;
  readonly vault: string;
  readonly objects: string;
  /** Where logs are that recoveries ended, each in a folder named by its number. */
  readonly endedLogs: string;
  /** Writes down where this process answers, so that commands can find it; undefined takes it back. */
  announce(url: string | undefined): void;
  release(): void;
}

/** How to find or make a folder. */
export interface FolderOptions {
  readonly data: string;
  /** Where keys are; by default a folder of their own under the user's configuration folder. */
  readonly keys?: string | undefined;
  readonly create: boolean;
  readonly organizationName?: string | undefined;
  /** Marks a folder that is made now as the demonstration's. One that is there keeps the mark it has. */
  readonly demo?: boolean | undefined;
  /** When the story begins of a demonstration that is made now. */
  readonly storyBegins?: string | undefined;
}

/** The file that makes a folder a node's. */
export const identityFile = "fiducial.json";
/** The file in which people write down how the node is to be run. */
export const configurationFile = "fiducial.config.json";
/** The file that says that the story of a demonstration was told to its end. */
export const storyMarkFile = "demo-story.json";
/** The file that makes a folder a backup. */
export const backupManifestFile = "backup.json";

/** Opens a data folder, making it when `create` says so. Throws FOLDER_* codes. */
export function openDataFolder({
  data,
  keys,
  create,
  organizationName = "This organization",
  demo = false,
  storyBegins,
}: FolderOptions): DataFolder {
  const path = resolve(data);
  if (existsSync(join(path, backupManifestFile))) throw new NodeError("FOLDER_IS_BACKUP");
  if (!existsSync(join(path, identityFile))) {
    if (!create) throw new NodeError("FOLDER_MISSING");
    make(path, organizationName, demo ? { demo, ...(storyBegins && { storyBegins }) } : {});
  }
  forOwnerOnly(path);
  const release = lock(path);
  try {
    const identity = readIdentity(path);
    const announcement = join(path, "running.json");
    return {
      path,
      identity,
      keys: keys ?? defaultKeysFolder(identity),
      ledger: join(path, "ledger.db"),
      projection: join(path, "projection.db"),
      vault: join(path, "vault.db"),
      objects: join(path, "objects"),
      endedLogs: join(path, "logs"),
      announce: (url) =>
        writeFileSync(announcement, JSON.stringify(url === undefined ? {} : { url, pid: process.pid })),
      release,
    };
  } catch (thrown) {
    release();
    throw thrown;
  }
}

/**
 * The address at which a process of this machine says that it has the folder open, or undefined. Whether it really has, `isNodeOf` asks it:
 * whatever is sent there would go to whoever wrote the file.
 */
export function runningNode(data: string): string | undefined {
  try {
    const path = resolve(data);
    readIdentity(path);
    const { url, pid } = JSON.parse(readFileSync(join(path, "running.json"), "utf8")) as Record<string, unknown>;
    if (typeof url !== "string" || !isOnThisMachine(url) || !Number.isSafeInteger(pid) || Number(pid) < 1)
      return undefined;
    process.kill(Number(pid), 0);
    return url;
  } catch {
    return undefined;
  }
}

function isOnThisMachine(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  const bare = hostname.replace(/^\[|\]$/g, "");
  const own = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address));
  return ["http:", "https:"].includes(protocol) && ["localhost", "127.0.0.1", "::1", ...own].includes(bare);
}

/** Asks whoever answers at `url` whether the log of the folder `data` is theirs; of whose certificate is not trusted here that cannot be told. */
export async function whoAnswers(data: string, url: string): Promise<"its node" | "untrusted" | "another"> {
  try {
    const { log } = await apiClient({ baseUrl: url }).health({ signal: AbortSignal.timeout(patienceMs) });
    return log.origin === readIdentity(resolve(data)).origin ? "its node" : "another";
  } catch (thrown) {
    return isCertificateFault(thrown) ? "untrusted" : "another";
  }
}

const patienceMs = 5000;

/** The origin of a folder's first log: what names its keys and its witness, whatever was recovered since. */
export function firstOrigin({ origin, predecessors = [] }: Pick<FolderIdentity, "origin" | "predecessors">): string {
  return predecessors[0]?.origin ?? origin;
}

/** Where a folder's keys are when nobody says so. */
export function defaultKeysFolder(identity: Pick<FolderIdentity, "origin" | "predecessors">): string {
  return process.env["FIDUCIAL_KEYS"] || join(keysPlace(), firstOrigin(identity).replaceAll("/", "-"));
}

/** The folder in which the keys of each data folder have theirs, when nobody says where keys are. */
export function keysPlace(): string {
  return process.env["FIDUCIAL_KEYS"] || join(configFolder(), "keys");
}

/** An origin that no log has. */
export function newOrigin(): string {
  return `fiducial.local/${randomBytes(8).toString("hex")}`;
}

/** Writes a folder's identity down, durably. */
export function writeIdentity(path: string, identity: FolderIdentity): void {
  replaceFile(join(path, identityFile), `${JSON.stringify(identity, undefined, 2)}\n`);
}

// An empty variable counts as none (XDG Base Directory Specification): it would name the folder in which somebody happens to be.
/** The folder that is used when none is named. */
export function defaultDataFolder(): string {
  return (
    process.env["FIDUCIAL_DATA"] || join(process.env["XDG_DATA_HOME"] || join(homedir(), ".local", "share"), "fiducial")
  );
}

function configFolder(): string {
  return join(process.env["XDG_CONFIG_HOME"] || join(homedir(), ".config"), "fiducial");
}

// A folder that was there before may be open to others: to read what is in it, or to keep its owner out by a lock of theirs.
function forOwnerOnly(path: string): void {
  try {
    if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o700);
  } catch (thrown) {
    throw new NodeError("FOLDER_NOT_WRITABLE", {}, thrown);
  }
}

function make(path: string, organizationName: string, marks: Pick<FolderIdentity, "demo" | "storyBegins">): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    // Whoever writes the configuration first makes the folder with it.
    if (readdirSync(path).some((name) => !name.startsWith(".") && name !== configurationFile))
      throw new NodeError("FOLDER_FOREIGN");
    writeIdentity(path, {
      format: 1,
      origin: newOrigin(),
      organization: randomBytes(16).toString("hex"),
      organizationName,
      gateway: randomBytes(16).toString("hex"),
      ...marks,
    });
  } catch (thrown) {
    throw thrown instanceof NodeError ? thrown : new NodeError("FOLDER_NOT_WRITABLE", {}, thrown);
  }
}

/** Reads a folder's identity. Throws FOLDER_FOREIGN, FOLDER_NEWER. */
export function readIdentity(path: string): FolderIdentity {
  let identity: FolderIdentity & { readonly format: number };
  try {
    identity = JSON.parse(readFileSync(join(path, identityFile), "utf8")) as FolderIdentity;
  } catch (thrown) {
    throw new NodeError("FOLDER_FOREIGN", {}, thrown);
  }
  if (typeof identity.format !== "number" || typeof identity.origin !== "string") throw new NodeError("FOLDER_FOREIGN");
  if (identity.format > 1) throw new NodeError("FOLDER_NEWER", { found: identity.format });
  return identity;
}

/** Tells whether a process has this folder open, and changes nothing in it. */
export function isFolderInUse(path: string): boolean {
  if (!existsSync(join(path, lockFile))) return false;
  try {
    lock(path)();
    return false;
  } catch (thrown) {
    return thrown instanceof NodeError && thrown.code === "FOLDER_IN_USE";
  }
}

const lockFile = "lock";

function lock(path: string): () => void {
  try {
    return processLock(join(path, lockFile));
  } catch (thrown) {
    throw new NodeError(isLocked(thrown) ? "FOLDER_IN_USE" : "FOLDER_NOT_WRITABLE", {}, thrown);
  }
}
