// HAPI FHIR's validator as a function: its packages come by Maven and stay where Maven keeps them, one run validates everything.
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Resource } from "@fiducial/fhir";

const execute = promisify(execFile);

/** What is wrong somewhere in a resource. */
export interface Issue {
  readonly severity: "information" | "warning" | "error" | "fatal";
  readonly place: string;
  readonly says: string;
}

/** Validates resources, in one run; StructureDefinitions among them count for the others. */
export type Validate = (resources: readonly Resource[]) => Promise<Issue[][]>;

/** Returns the validator of a folder, or undefined when there is no JDK or Maven here, or the packages cannot be had. */
export async function javaValidator(folder: string): Promise<Validate | undefined> {
  const classPath = await classPathOf(folder);
  if (classPath === undefined) return undefined;
  return async (resources) => {
    const lines = resources.map((resource) => JSON.stringify(resource)).join("\n");
    const output = await run("java", ["-cp", classPath, join(folder, "Validator.java")], lines);
    return output
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Issue[]);
  };
}

async function classPathOf(folder: string): Promise<string | undefined> {
  const scratch = mkdtempSync(join(tmpdir(), "fiducial-maven-"));
  const file = join(scratch, "classpath");
  const args = ["-q", "-B", "-f", join(folder, "pom.xml"), "dependency:build-classpath", `-Dmdep.outputFile=${file}`];
  try {
    await execute("javac", ["-version"]);
    // What is here already needs no network.
    await execute("mvn", ["-o", ...args]).catch(() => execute("mvn", args));
    return readFileSync(file, "utf8").trim();
  } catch {
    return undefined;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function run(program: string, args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
    const [output, errors]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(output).toString("utf8"));
      else reject(new Error(`${program} ended with ${code}: ${Buffer.concat(errors).toString("utf8").slice(-2000)}`));
    });
    child.stdin.end(input);
  });
}
