// What protects a node's secrets at rest: the node key in the environment, or in a file beside the other keys, made with the folder.
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  createNodeKey,
  environmentProtector,
  fileProtector,
  type KeyProtector,
  nodeKeyVariable,
} from "@fiducial/vault";
import { NodeError } from "../node-error.ts";

/** Finds the protector of the keys in a folder; a new node gets a new key. Throws KEYS_MISSING. */
export function protectorIn(keys: string, isNew: boolean): KeyProtector {
  if (process.env[nodeKeyVariable] !== undefined) return environmentProtector();
  const path = join(keys, "node.key");
  if (!existsSync(path)) {
    if (!isNew) throw new NodeError("KEYS_MISSING");
    createNodeKey(path);
  }
  return fileProtector(path);
}
