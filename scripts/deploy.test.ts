import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../apps/cli/src/commands.ts";
import { settings } from "../apps/node/src/configuration/index.ts";

const deploy = join(import.meta.dirname, "..", "deploy");
const read = (...names: string[]) => readFileSync(join(deploy, ...names), "utf8");
const variables = new Set([...settings.map(({ environment }) => environment), "FIDUCIAL_CONFIG"]);

/** What the installer lays out, as far as the other files name it. */
const installed = ["/opt/fiducial/bin/fiducial", "/opt/fiducial"];

function unit(name: string): Map<string, string[]> {
  const lines = read(name)
    .split("\n")
    .filter((line) => /^[A-Z][A-Za-z]+=/.test(line));
  return Map.groupBy(
    lines.map((line) => line.split(/=(.*)/s) as [string, string]),
    ([key]) => key,
  ) as never;
}

const valuesOf = (name: string, key: string) =>
  (unit(name).get(key) as unknown as [string, string][] | undefined)?.map(([, value]) => value) ?? [];

test("the unit runs commands that there are, with settings that there are", () => {
  for (const name of ["fiducial.service", "fiducial-backup.service"]) {
    const lines = [...valuesOf(name, "ExecStart"), ...valuesOf(name, "ExecStartPre")];
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const [program = "", ...words] = line.split(" ");
      expect(installed).toContain(program);
      expect(
        commands.some((command) => words.join(" ").startsWith(command.name)),
        line,
      ).toBe(true);
    }
    for (const assignment of valuesOf(name, "Environment")) expect(variables).toContain(assignment.split("=")[0]);
  }
});

test("the unit shuts away what a node does not need, and keeps keys apart from data", () => {
  const wanted = {
    DynamicUser: "yes",
    ProtectSystem: "strict",
    ProtectHome: "yes",
    NoNewPrivileges: "yes",
    CapabilityBoundingSet: "",
    PrivateTmp: "yes",
    PrivateDevices: "yes",
    UMask: "0077",
  };
  for (const [key, value] of Object.entries(wanted)) expect(valuesOf("fiducial.service", key), key).toEqual([value]);
  const [data, keys] = ["FIDUCIAL_DATA", "FIDUCIAL_KEYS"].map(
    (name) =>
      valuesOf("fiducial.service", "Environment")
        .find((one) => one.startsWith(name))
        ?.split("=")[1],
  );
  expect(keys?.startsWith(`${data}/`) === true || data?.startsWith(`${keys}/`) === true || data === keys).toBe(false);
  for (const path of [data, keys])
    expect(valuesOf("fiducial.service", "StateDirectory")[0]?.split(" ")).toContain(path?.split("/")[3]);
});

const analyze = spawnSync("systemd-analyze", ["--version"]).status === 0;
test.skipIf(!analyze)("systemd itself finds nothing wrong with the units", () => {
  for (const name of ["fiducial.service", "fiducial-backup.service", "fiducial-backup.timer"]) {
    const { stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", join(deploy, name)], { encoding: "utf8" });
    // The program is where an installation puts it, and not here.
    const faults = stderr
      .split("\n")
      .filter(
        (line) =>
          line.includes("fiducial") && !/is not executable|No such file|Failed to (?:connect|create)/.test(line),
      );
    expect(faults).toEqual([]);
  }
});

test("the container file copies and runs what there is", () => {
  const text = read("Containerfile")
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  const steps = text.map((line) => line.split(/ (.*)/s) as [string, string]);
  expect(new Set(steps.map(([word]) => word))).toEqual(
    new Set(["FROM", "COPY", "RUN", "USER", "ENV", "VOLUME", "EXPOSE", "STOPSIGNAL", "ENTRYPOINT", "CMD"]),
  );
  for (const [word, rest] of steps) {
    if (word === "RUN" || word === "ENTRYPOINT" || word === "CMD" || word === "VOLUME")
      expect(Array.isArray(JSON.parse(rest)), rest).toBe(true);
    if (word === "ENV")
      for (const [name = ""] of rest.matchAll(/\b[A-Z_]+(?==)/g))
        expect([...variables, "NODE_COMPILE_CACHE"]).toContain(name);
  }
  const programs = steps.filter(([word]) => word === "RUN").map(([, rest]) => (JSON.parse(rest) as string[])[0] ?? "");
  for (const program of programs)
    expect(
      program === "/bundle/install.sh" ? existsSync(join(deploy, "offline", "install.sh")) : existsSync(program),
      program,
    ).toBe(true);
  expect(installed).toContain((JSON.parse(steps.find(([word]) => word === "ENTRYPOINT")?.[1] ?? "[]") as string[])[0]);
  expect(commands.map(({ name }) => name)).toContain(
    (JSON.parse(steps.find(([word]) => word === "CMD")?.[1] ?? "[]") as string[])[0],
  );
  expect(steps.at(-1)?.[0]).toBe("CMD");
  expect(steps.findIndex(([word]) => word === "USER")).toBeGreaterThan(0);
});

test("alerts ask for metrics that there are", () => {
  const sources = ["node-metrics.ts", "http-metrics.ts"]
    .map((name) => readFileSync(join(deploy, "..", "apps/node/src/metrics", name), "utf8"))
    .join("");
  const asked = new Set(read("monitoring", "alerts.yml").match(/\bfiducial_[a-z_]+/g));
  expect(asked.size).toBeGreaterThan(8);
  for (const metric of asked) expect(sources, metric).toContain(`"${metric}"`);
});

test("the installer is a program that sh reads", () => {
  expect(spawnSync("sh", ["-n", join(deploy, "offline", "install.sh")]).status).toBe(0);
});
