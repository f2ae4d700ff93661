// A method that an address does not take is told as that, with those it takes; an address that is none is not there.
import { expect, onTestFinished, test } from "vitest";
import { hospital } from "../scratch/scratch-hospital.ts";
import { operatorOf } from "../scratch/scratch-server.ts";
import { startServer } from "../server.ts";
import { noRoute } from "./allowed-methods.ts";

test("an address is known by its segments, whatever stands for a name", () => {
  const routes = [
    { method: "GET", url: "/a/:name" },
    { method: "POST", url: "/a/:name" },
    { method: "POST", url: "/a/b" },
    { method: "GET", url: "/logs/*" },
    { method: "ANY", url: "/any" },
  ];
  const told = (url: string) => {
    const { code, data } = noRoute(routes, url);
    return code === "METHOD_NOT_ALLOWED" ? data["allow"] : code;
  };
  expect(told("/a/c?x=/y")).toBe("GET, HEAD, POST");
  expect(told("/a/b")).toBe("GET, HEAD, POST");
  for (const url of ["/a", "/a/", "/a/b/c", "/logs/x", "/any", "/", ""]) expect(told(url)).toBe("ROUTE_UNKNOWN");
});

test("over HTTP, below /api and /fhir", async () => {
  const { node, study } = await hospital();
  const server = await startServer(node, { port: 0, host: "127.0.0.1" });
  onTestFinished(() => server.close());
  const { request } = operatorOf(server);
  const asked = async (method: string, path: string) => {
    const answer = await request(path, { method });
    const body = (await answer.json()) as { code?: string; issue?: { code: string }[] };
    return [answer.status, answer.headers.get("allow"), body.code ?? body.issue?.[0]?.code];
  };
  expect(await asked("DELETE", "/api/v1/entries")).toEqual([405, "GET, HEAD", "METHOD_NOT_ALLOWED"]);
  expect(await asked("GET", "/api/v1/search")).toEqual([405, "POST", "METHOD_NOT_ALLOWED"]);
  expect(await asked("PUT", `/api/v1/studies/${study}`)).toEqual([405, "GET, HEAD", "METHOD_NOT_ALLOWED"]);
  expect(await asked("DELETE", "/api/v1/nothing")).toEqual([404, null, "ROUTE_UNKNOWN"]);
  expect(await asked("POST", "/fhir/ImagingStudy")).toEqual([405, "GET, HEAD", "not-supported"]);
  expect(await asked("PUT", `/fhir/ImagingStudy/${study}`)).toEqual([405, "GET, HEAD", "not-supported"]);
  expect(await asked("POST", "/fhir/Nothing")).toEqual([404, null, "not-found"]);
});
