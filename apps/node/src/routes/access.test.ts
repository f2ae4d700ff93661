// Who looked, asked over HTTP: everything that shows something of a patient is in the list, once a minute, before it was answered.
import { AccessPage, apiClient, type RouteName, routes } from "@fiducial/api";
import { parseEntry } from "@fiducial/core";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import { berg, type Hospital, hospital } from "../scratch/scratch-hospital.ts";
import { operatorOf, refusal } from "../scratch/scratch-server.ts";
import { type RunningServer, startServer } from "../server.ts";
import { cell } from "./access-export.ts";

let place: Hospital;
let node: OpenNode;
let server: RunningServer;
let client: ReturnType<typeof apiClient>;

beforeEach(async () => {
  place = await hospital();
  node = place.node;
  server = await startServer(node, { port: 0, host: "127.0.0.1" });
  onTestFinished(() => server.close());
  client = apiClient({ baseUrl: server.url, token: server.operatorToken });
});

/** The reads on the log: what, how, and of which study. */
function recorded(): string[] {
  const all = node.store.entries(0, node.store.head().edge.size).flatMap((bytes) => parseEntry(bytes) ?? []);
  const reads = all.map(({ statement }) => statement.content).filter(({ kind }) => kind === "access.read.performed");
  return reads.map(({ open }) => `${open["action"]} ${open["what"]}${open["study"] === place.study ? " of Berg" : ""}`);
}

describe("what is recorded", () => {
  test("every route that shows something of a patient, once a minute, and no other", async () => {
    const { study } = place;
    const { seriesList, index } = await client.study(study);
    const [object] = seriesList[0]?.objects ?? [];
    const ofObject = { study, statementId: object?.statementId ?? "", item: object?.item ?? 0 };
    const asked: Partial<Record<RouteName, () => Promise<unknown>>> = {
      studies: () => client.studies(),
      searchStudies: () => client.searchStudies({ search: berg.patientId }),
      study: () => client.study(study),
      object: () => client.object(ofObject),
      entry: () => client.entry(index),
      receipt: () => client.receipt(index),
      receiptShowing: () => client.receiptShowing(index, { objects: [{ item: 0, attributes: true }] }),
      lookup: () => client.lookup(`${berg.studyUid}.1.0`),
      verification: async () => client.verify(new Blob([await client.object(ofObject)])),
      studyAccesses: () => client.studyAccesses(study),
      accesses: () => client.accesses({ study }),
      accessesCsv: () => client.accessesExport("csv", { study }),
      accessesJson: () => client.accessesExport("json", { study }),
      namedAccessesCsv: () => client.namedAccessesExport("csv", { study, reason: "A complaint of the patient" }),
      namedAccessesJson: () => client.namedAccessesExport("json", { study, reason: "A complaint of the patient" }),
      accessNames: () => client.accessNames({ readers: ["a".repeat(32)], study, reason: "A complaint of the patient" }),
      health: () => client.health(),
      actors: () => client.actors(),
      entries: () => client.entries(),
      policy: () => client.policy(),
      kinds: () => client.kinds(),
      statement: () => client.statement(ofObject.statementId),
      openIntake: () => client.openIntake(),
      audit: () => client.audit(() => {}),
    };
    for (const ask of Object.values(asked)) await ask();
    for (const ask of Object.values(asked)) await ask();
    expect(new Set(recorded())).toEqual(
      new Set([
        "view study-list",
        "search study-list",
        "view study of Berg",
        "retrieve images of Berg",
        "view entry of Berg",
        "export receipt of Berg",
        "verify study of Berg",
        "view access-list of Berg",
        "export access-list of Berg",
        "view reader-names of Berg",
        "export reader-names of Berg",
      ]),
    );
    // Twice as many when a minute ended meanwhile.
    expect(recorded().length).toBeLessThanOrEqual(22);
  });

  test("a receipt that is looked at as a look at its entry, and only one that is kept as an export", async () => {
    const { study } = place;
    const { index } = await client.study(study);
    const given = () => node.vault.holders(study).filter(({ kind }) => kind === "receipt").length;
    const uid = `${berg.studyUid}.1.0`;
    await client.receipt(index, { for: "check" });
    await client.lookup(uid, { for: "check" });
    expect(new Set(recorded())).toEqual(new Set(["view study of Berg", "view entry of Berg"]));
    await client.lookup(uid, { for: "compare" });
    expect(recorded()).toContain("verify study of Berg");
    expect(recorded()).not.toContain("export receipt of Berg");
    expect(given()).toBe(0);
    await client.receipt(index);
    expect(recorded()).toContain("export receipt of Berg");
    expect(given()).toBe(1);
    const other = await operatorOf(server).request(`/api/v1/entries/${index}/receipt?for=nothing`);
    expect(other.status).toBe(400);
  });

  test("before it is answered: while the ledger writes, nothing comes", async () => {
    const { submit } = node.replica;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const submitted = vi.spyOn(node.replica, "submit").mockImplementationOnce(async (statements) => {
      await held;
      return submit(statements);
    });
    let isAnswered = false;
    const asked = client.study(place.study).then(() => {
      isAnswered = true;
    });
    await vi.waitFor(() => expect(submitted).toHaveBeenCalled());
    expect(isAnswered).toBe(false);
    release();
    await asked;
    expect(recorded()).toEqual(["view study of Berg"]);
  });

  test("nothing of what is not there, and nothing of strangers", async () => {
    expect(await refusal(client.study("0".repeat(32)))).toBe("STUDY_UNKNOWN");
    const foreign = await fetch(`${server.url}/api/v1/studies/${place.study}`);
    expect(foreign.status).toBe(401);
    expect(recorded()).toEqual([]);
  });

  test("with the purpose that the reader states, and none that is not one", async () => {
    const ask = (purpose: string) =>
      operatorOf(server).request(`/api/v1/studies/${place.study}`, { headers: { "purpose-of-use": purpose } });
    expect((await ask("BTG")).status).toBe(200);
    expect((await ask("CURIOSITY")).status).toBe(400);
    const { accesses } = await client.studyAccesses(place.study);
    expect(accesses).toMatchObject([{ purpose: "BTG", purposeBasis: "stated", findings: ["BREAK_GLASS"] }]);
  });

  test("when neither ledger nor outbox takes it, what care does not hang on is not shown", async () => {
    vi.spyOn(node.access, "before").mockRejectedValue(new NodeError("ACCESS_NOT_RECORDED"));
    expect(await refusal(client.study(place.study))).toBe("ACCESS_NOT_RECORDED");
    const { statementId, item } = { statementId: node.vault.statementsOf(place.study)[0] ?? "", item: 0 };
    expect(await refusal(client.object({ study: place.study, statementId, item }))).toBe("ACCESS_NOT_RECORDED");
  });
});

describe("what does not fit", () => {
  const problem = async (path: string, init: RequestInit = {}) => {
    const answer = await operatorOf(server).request(path, init);
    const { code, errors } = (await answer.json()) as { code?: string; errors?: { field: string }[] };
    return { code, fields: errors?.map(({ field }) => field) };
  };

  test.each([
    ["/api/v1/accesses/export.csv?form=2026-01-01T00:00:00Z", "form"],
    ["/api/v1/accesses?from=yesterday", "from"],
    ["/api/v1/accesses?limit=1&limit=2", "limit"],
    ["/api/v1/entries?kind=imaging.study.registred", "kind"],
    ["/api/v1/entries?without=access", "without"],
    ["/api/v1/health?verbose=1", "verbose"],
    ["/api/v1/studies?__proto__=1", "__proto__"],
    ["/api/v1/studies?toString=1", "toString"],
  ])("%s is refused by the name of the parameter, and nothing is recorded", async (path, field) => {
    expect(await problem(path)).toEqual({ code: "REQUEST_INVALID", fields: [field] });
    expect(recorded()).toEqual([]);
  });

  test("a header and a member of a body are named too, and what was sent is not told", async () => {
    const headers = { "purpose-of-use": "CURIOSITY" };
    expect(await problem("/api/v1/health", { headers })).toEqual({
      code: "REQUEST_INVALID",
      fields: ["Purpose-Of-Use"],
    });
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: '{"text":5}' };
    expect(await problem("/api/v1/search", init)).toEqual({ code: "REQUEST_INVALID", fields: ["text"] });
    const answer = await operatorOf(server).request("/api/v1/accesses?study=Bergstroem");
    expect(await answer.text()).not.toContain("Bergstroem");
  });
});

describe("who looked", () => {
  test("by study, with how many, page by page", async () => {
    await client.study(place.study);
    await client.receipt((await client.studies()).studies[0]?.index ?? 0);
    await client.study(place.other);
    const page = await client.studyAccesses(place.study);
    expect(page.accesses).toMatchObject([{ what: "study", readerType: "operator", roles: [], outcome: "permitted" }]);
    expect(page.counts).toEqual({ reads: 1, readers: 0, notable: 0, refused: 0 });
    expect(page.coverage).toMatchObject({ waiting: 0 });
    const first = await client.accesses({ limit: 2 });
    const second = await client.accesses({ limit: 2, before: first.next ?? 0 });
    const indexes = [...first.accesses, ...second.accesses].map(({ index }) => index);
    expect(indexes).toEqual([...indexes].sort((a, b) => b - a));
    expect(await refusal(client.studyAccesses("0".repeat(32)))).toBe("STUDY_UNKNOWN");
    for (const query of [{ from: "yesterday" }, { study: "x" }, { limit: 1000 }])
      expect(await refusal(client.accesses(query))).toBe("REQUEST_INVALID");
    expect((await client.accesses({ from: "2999-01-01T00:00:00Z" })).accesses).toEqual([]);
  });

  test("of a study tells how many lists may have shown it, which are found, and a saved list tells it too", async () => {
    const { study } = place;
    await client.study(study);
    await client.studies({ limit: 1 });
    await client.studies({ limit: 50 });
    await client.studies({ modality: "NOTHING" });
    await client.searchStudies({ search: berg.patientId });
    expect(recorded().filter((one) => one.endsWith("study-list"))).toHaveLength(3);
    expect(await client.studyAccesses(study)).toMatchObject({ lists: 3, counts: { reads: 1 } });
    expect(await client.accesses({ study, to: "2020-01-01T00:00:00Z" })).toMatchObject({ lists: 0 });
    expect((await client.accesses()).lists).toBeUndefined();
    const lists = await client.accesses({ lists: study });
    expect(lists.accesses.map(({ what, studies }) => [what, studies])).toEqual([
      ["study-list", 1],
      ["study-list", 2],
      ["study-list", 1],
    ]);
    expect((await client.accesses({ lists: "0".repeat(32) })).accesses).toEqual([]);
    const saved = await operatorOf(server).request(`/api/v1/accesses/export.csv?study=${study}`);
    expect(saved.headers.get("fiducial-list-reads")).toBe("3");
    expect(saved.headers.get("content-disposition")).toMatch(
      new RegExp(`filename="accesses-${study.slice(0, 8)}-\\d{4}-\\d\\d-\\d\\d\\.csv"`),
    );
  });

  test("names in a file for a reason, which is recorded, and in none without", async () => {
    const [dora] = place.approvers;
    const caller = {
      type: "person",
      subject: "1".repeat(32),
      actor: dora.actor,
      name: "",
      roles: [],
      session: "2",
    } as const;
    await node.access.before({ caller, what: "study", action: "view", study: place.study });
    const filter = { study: place.study };
    const reason = "The patient asks who looked in May";
    expect(await client.accessesExport("csv", filter)).not.toContain("dora");
    expect(await refusal(client.namedAccessesExport("csv", { ...filter, reason: "?" }))).toBe("REQUEST_INVALID");
    const mistyped = { ...filter, form: "2026-01-01T00:00:00Z", reason };
    expect(await refusal(client.namedAccessesExport("csv", mistyped))).toBe("REQUEST_INVALID");
    for (const format of ["csv", "json"] as const)
      expect(await client.namedAccessesExport(format, { ...filter, reason })).toContain("dora");
    const { accesses } = await client.accesses(filter);
    const asked = accesses.find(({ what, action }) => what === "reader-names" && action === "export");
    const { statement } = parseEntry(node.store.entry(asked?.index ?? 0) as Uint8Array) ?? {};
    expect(node.vault.disclosures(statement?.id ?? "")?.disclosures["remark"]?.value).toBe(reason);
  });

  test("names for a reason, which is kept with the patient", async () => {
    const [dora] = place.approvers;
    const readers = [dora.actor, "f".repeat(32)];
    expect(await refusal(client.accessNames({ readers, reason: "?" }))).toBe("REQUEST_INVALID");
    expect(recorded()).toEqual([]);
    const reason = "The patient asks who looked in May";
    const { names } = await client.accessNames({ readers, study: place.study, reason });
    expect(names).toEqual([{ reader: dora.actor, name: "dora" }]);
    const { accesses } = await client.accesses();
    const asked = accesses.find(({ what }) => what === "reader-names");
    const { statement } = parseEntry(node.store.entry(asked?.index ?? 0) as Uint8Array) ?? {};
    expect(node.vault.disclosures(statement?.id ?? "")?.disclosures["remark"]?.value).toBe(reason);
  });

  test("as files: the same rows as the pages, and nothing that a spreadsheet calculates", async () => {
    await client.study(place.study);
    await client.study(place.other);
    const before = await client.accesses({ limit: 200 });
    const list = AccessPage.shape.accesses.parse(JSON.parse(await client.accessesExport("json")));
    expect(list.slice(-before.accesses.length)).toEqual(before.accesses);
    const lines = (await client.accessesExport("csv", { study: place.study })).split("\r\n");
    expect(lines[0]).toContain("index,at,recordedAt,study");
    // The file tells of itself first.
    expect(lines.slice(1, -1).map((line) => line.split(",").slice(5, 7))).toEqual([
      ["access-list", "export"],
      ["study", "view"],
    ]);
    expect(await client.accessesExport("json", { from: "2999-01-01T00:00:00Z" })).toBe("[]\n");
    expect(["=1+1", "+1", "-1", "@A1", "\t=1", "plain", 'a"b,c'].map(cell)).toEqual([
      `"'=1+1"`,
      `"'+1"`,
      `"'-1"`,
      `"'@A1"`,
      `"'\t=1"`,
      "plain",
      `"a""b,c"`,
    ]);
  });
});

test("every address below accesses asks for a permission of its own", () => {
  const addresses = Object.values(routes).filter(({ path }) => path.includes("/accesses"));
  expect(addresses).toHaveLength(7);
});
