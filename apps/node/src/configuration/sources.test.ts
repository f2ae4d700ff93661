// From where settings come, and which of several goes over the others.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { place, told } from "../scratch/written-configuration.ts";
import { ConfigurationSchema } from "./schema.ts";

test("nothing given is the defaults, which the schema takes", () => {
  const { data, read } = place();
  const { configuration, problems, effective } = read();
  expect(problems).toEqual([]);
  expect(configuration).toEqual({ ...ConfigurationSchema.parse({}), data });
  expect(new Set(effective.map(({ source }) => source))).toEqual(new Set(["default"]));
});

test("the file goes over defaults, the environment over the file, the command line over all, and each is told", () => {
  const { read, file } = place('{\n  "http": {"port": 1, "host": "::1"},\n  "dicom": {"aeTitle": "ONE"}\n}');
  const { configuration, effective } = read({
    environment: {
      FIDUCIAL_HTTP_PORT: "2",
      FIDUCIAL_DICOM_PORT: "104",
      FIDUCIAL_HTTP_TRUSTED_PROXIES: "10.0.0.1, fd00::/8",
    },
    flags: { "http.port": 3 },
    assignments: ["limits.uploads=7", "metrics.enabled=false"],
  });
  expect(configuration).toMatchObject({
    http: { port: 3, host: "::1", trustedProxies: ["10.0.0.1", "fd00::/8"] },
    dicom: { aeTitle: "ONE", port: 104 },
    limits: { uploads: 7, audits: 1 },
    metrics: { enabled: false },
  });
  const by = new Map(effective.map((setting) => [setting.path, setting]));
  expect(by.get("http.port")).toEqual({ path: "http.port", value: 3, source: "command line", where: "--port" });
  expect(by.get("http.host")).toMatchObject({ source: "file", where: `${file}:2:23` });
  expect(by.get("dicom.port")).toMatchObject({ source: "environment", where: "FIDUCIAL_DICOM_PORT" });
  expect(by.get("limits.uploads")).toMatchObject({ source: "command line", where: "--set limits.uploads" });
  expect(by.get("limits.audits")).toMatchObject({ source: "default", value: 1 });
});

test("lists of connections come from the environment as JSON", () => {
  const { read } = place();
  const FIDUCIAL_FOLDERS = '[{"id": "scanner", "path": "/in"}]';
  expect(read({ environment: { FIDUCIAL_FOLDERS } }).configuration?.folders).toEqual([
    { id: "scanner", path: "/in", afterwards: "keep", pollSeconds: 5 },
  ]);
});

test("an empty variable counts as none, one that is nobody's is told and stops nothing", () => {
  const { read } = place();
  const { configuration, unknownVariables } = read({
    environment: {
      FIDUCIAL_HTTP_PORT: "",
      FIDUCIAL_HTTP_PRT: "1",
      FIDUCIAL_PORT_8400_TCP_ADDR: "x",
      OTHER: "1",
      FIDUCIAL_DEBUG: "1",
      FIDUCIAL_TOKEN: "x",
    },
  });
  expect(configuration?.http.port).toBe(8400);
  expect(unknownVariables).toEqual([
    { name: "FIDUCIAL_HTTP_PRT", nearest: "FIDUCIAL_HTTP_PORT" },
    { name: "FIDUCIAL_PORT_8400_TCP_ADDR" },
  ]);
});

test("a file elsewhere may name the data folder, one inside it no other", () => {
  const { folder, data, read } = place(JSON.stringify({ data: "/elsewhere" }));
  expect(told(read().problems)).toEqual([["SETTING_ELSEWHERE", "data", undefined]]);
  const file = join(folder, "other.json");
  writeFileSync(file, JSON.stringify({ data: join(folder, "third") }));
  expect(read({ file }).data).toBe(join(folder, "third"));
  expect(read({ file, flags: { data } }).data).toBe(data);
  expect(read({ environment: { FIDUCIAL_CONFIG: file } }).file).toBe(file);
  expect(told(read({ file: join(folder, "none.json") }).problems)).toEqual([
    ["CONFIGURATION_UNREADABLE", undefined, undefined],
  ]);
});
