// An Orthanc with its DICOMweb plugin on loopback, in a folder of its own, and the ways in which it hands an object out.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A running Orthanc. */
export interface RunningOrthanc {
  /** Where it answers over HTTP. */
  readonly url: string;
  /** Stores an object over REST. Resolves with Orthanc's own id, or undefined when Orthanc refuses it. */
  store(bytes: Uint8Array): Promise<string | undefined>;
  /** Stores an object over DIMSE in its own transfer syntax. Resolves with Orthanc's own id, or undefined. */
  send(path: string): Promise<string | undefined>;
  /** Returns the stored file over REST. */
  file(id: string): Promise<Uint8Array | undefined>;
  /** Returns an object over WADO-RS: in a transfer syntax, as it is stored for `*`, as Orthanc likes for undefined. */
  wado(id: string, transferSyntax: string | undefined): Promise<Uint8Array | undefined>;
  /** Returns an object over C-GET; `options` are getscu's. */
  get(id: string, ...options: readonly string[]): Promise<Uint8Array | undefined>;
  /** Returns an object over C-MOVE; `options` are movescu's. */
  move(id: string, ...options: readonly string[]): Promise<Uint8Array | undefined>;
  /** Has Orthanc send an object over C-STORE to a modality of its configuration, and resolves with whether it says that this went well. */
  push(id: string, modality: string): Promise<boolean>;
  /** Deletes everything. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

/** Orthanc's program, or undefined when it is not installed. */
export const orthancProgram = ["Orthanc", "/usr/sbin/Orthanc"].find(
  (program) => spawnSync(program, ["--version"]).status === 0,
);

/** Starts Orthanc. `settings` are added to its configuration. */
export async function startOrthanc(program: string, settings: object = {}): Promise<RunningOrthanc> {
  const folder = mkdtempSync(join(tmpdir(), "fiducial-orthanc-"));
  const [http, dicom, receiver] = [await freePort(), await freePort(), await freePort()];
  const file = join(folder, "orthanc.json");
  writeFileSync(file, JSON.stringify({ ...configuration(folder, http, dicom, receiver), ...settings }));
  const url = `http://127.0.0.1:${http}`;
  const end = await startServer(program, file, url);
  const received = join(folder, "received");

  async function bytesOf(path: string, init?: RequestInit): Promise<Uint8Array | undefined> {
    const answer = await fetch(url + path, init);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return answer.ok ? bytes : undefined;
  }
  async function json<Value>(path: string): Promise<Value> {
    return (await (await fetch(url + path)).json()) as Value;
  }
  async function uids(id: string): Promise<readonly [study: string, series: string, object: string]> {
    const uidOf = async (path: string, name: string) =>
      (await json<{ readonly MainDicomTags: Record<string, string> }>(path)).MainDicomTags[name] ?? "";
    return [
      await uidOf(`/instances/${id}/study`, "StudyInstanceUID"),
      await uidOf(`/instances/${id}/series`, "SeriesInstanceUID"),
      await uidOf(`/instances/${id}`, "SOPInstanceUID"),
    ];
  }
  async function retrieve(id: string, command: string, options: readonly string[]): Promise<Uint8Array | undefined> {
    rmSync(received, { recursive: true, force: true });
    mkdirSync(received);
    const [study, series, object] = await uids(id);
    const keys = [`0008,0052=IMAGE`, `0020,000d=${study}`, `0020,000e=${series}`, `0008,0018=${object}`];
    const asked = keys.flatMap((key) => ["-k", key]);
    // With +B, movescu writes where it runs, whatever -od says.
    await run(command, ["-S", "-aec", "ORTHANC", "+B", ...options, ...asked, "127.0.0.1", String(dicom)], received);
    const [name] = readdirSync(received);
    return name === undefined ? undefined : Uint8Array.from(readFileSync(join(received, name)));
  }

  return {
    url,
    store: async (bytes) => {
      const answer = await fetch(`${url}/instances`, { method: "POST", body: Buffer.from(bytes) });
      const { ID } = (await answer.json()) as { readonly ID?: string };
      return answer.ok ? ID : undefined;
    },
    send: async (path) => {
      const sent = await run("dcmsend", ["-dn", "-nuc", "-aec", "ORTHANC", "127.0.0.1", String(dicom), path]);
      return sent ? (await json<string[]>("/instances"))[0] : undefined;
    },
    file: (id) => bytesOf(`/instances/${id}/file`),
    wado: async (id, transferSyntax) => {
      const [study, series, object] = await uids(id);
      const accept = `multipart/related; type="application/dicom"`;
      const answer = await fetch(`${url}/dicom-web/studies/${study}/series/${series}/instances/${object}`, {
        headers: { accept: transferSyntax === undefined ? accept : `${accept}; transfer-syntax=${transferSyntax}` },
      });
      const body = Buffer.from(await answer.arrayBuffer());
      return answer.ok ? onlyPart(body, answer.headers.get("content-type") ?? "") : undefined;
    },
    get: (id, ...options) => retrieve(id, "getscu", options),
    move: (id, ...options) =>
      retrieve(id, "movescu", ["-aet", "RECEIVER", "-aem", "RECEIVER", "+P", String(receiver), ...options]),
    push: async (id, modality) => {
      const answer = await fetch(`${url}/modalities/${modality}/store`, { method: "POST", body: id });
      await answer.body?.cancel();
      return answer.ok;
    },
    clear: async () => {
      for (const id of await json<string[]>("/patients"))
        await (await fetch(`${url}/patients/${id}`, { method: "DELETE" })).body?.cancel();
    },
    stop: async () => {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, http: number, dicom: number, receiver: number): object {
  return {
    StorageDirectory: join(folder, "db"),
    IndexDirectory: join(folder, "db"),
    Plugins: ["/usr/share/orthanc/plugins/libOrthancDicomWeb.so"],
    RemoteAccessAllowed: false,
    AuthenticationEnabled: false,
    HttpPort: http,
    DicomPort: dicom,
    DicomAet: "ORTHANC",
    DicomAlwaysAllowStore: true,
    DicomAlwaysAllowGet: true,
    DicomAlwaysAllowMove: true,
    DicomCheckCalledAet: false,
    UnknownSopClassAccepted: true,
    OverwriteInstances: true,
    DicomModalities: { receiver: ["RECEIVER", "127.0.0.1", receiver] },
    DicomWeb: { Enable: true, Root: "/dicom-web/" },
  };
}

// RFC 2046 § 5.1: one part, between the first empty line and the last boundary.
function onlyPart(body: Buffer, contentType: string): Uint8Array {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1] ?? "";
  const begin = body.indexOf("\r\n\r\n") + 4;
  return Uint8Array.from(body.subarray(begin, body.lastIndexOf(`\r\n--${boundary}--`)));
}

async function run(command: string, args: readonly string[], cwd?: string): Promise<boolean> {
  const env = { ...process.env, TCP_NODELAY: "1" };
  const child = spawn(command, args, { cwd, stdio: "ignore", env, timeout: 20_000 });
  const [code] = await once(child, "close");
  return code === 0;
}

async function startServer(program: string, file: string, url: string): Promise<() => Promise<void>> {
  const child = spawn(program, [file], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "close");
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString("utf8")).slice(-4000);
  });
  const end = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  for (let attempt = 0; attempt < 400 && child.exitCode === null; attempt++) {
    const response = await fetch(`${url}/system`).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok === true) return end;
    await sleep(50);
  }
  await end();
  throw new Error(`Orthanc does not listen: ${said}`);
}

/** A port of the loopback that nobody has just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
