// What protects a node's secrets at rest: a node key in the environment, two commands in front of an HSM or key service, or a node key in a
// file beside the other keys, made with the folder.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject, type Json } from "@fiducial/core";
import {
  type Command,
  commandProtector,
  createNodeKey,
  environmentProtector,
  fileProtector,
  type KeyProtector,
  nodeKeyVariable,
} from "@fiducial/vault";
import { NodeError } from "../node-error.ts";
import { readJsonFile } from "./durable-file.ts";

/** Finds the protector of the keys in a folder; a new node gets a new key. Throws KEYS_MISSING, PROTECTOR_MALFORMED. */
export function protectorIn(keys: string, isNew: boolean): KeyProtector {
  if (process.env[nodeKeyVariable] !== undefined) return environmentProtector();
  const commands = join(keys, "protector.json");
  if (existsSync(commands)) return commandProtector(commandsIn(commands));
  const path = join(keys, "node.key");
  if (!existsSync(path)) {
    if (!isNew) throw new NodeError("KEYS_MISSING");
    createNodeKey(path);
  }
  return fileProtector(path);
}

function commandsIn(path: string): { readonly wrap: Command; readonly unwrap: Command } {
  const json = jsonIn(path);
  if (!isJsonObject(json) || Object.keys(json).sort().join() !== "unwrap,wrap")
    throw new NodeError("PROTECTOR_MALFORMED");
  const { wrap, unwrap } = json;
  if (!isCommand(wrap) || !isCommand(unwrap)) throw new NodeError("PROTECTOR_MALFORMED");
  return { wrap, unwrap };
}

function jsonIn(path: string): Json {
  try {
    return readJsonFile(path) as Json;
  } catch (thrown) {
    throw new NodeError("PROTECTOR_MALFORMED", {}, thrown);
  }
}

function isCommand(value: Json | undefined): value is Command & Json {
  return Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === "string" && word !== "");
}
