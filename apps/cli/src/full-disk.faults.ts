// Other programs take the last of the disk under a node's ledger: it stops, says so, and goes on by itself when there is room again.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiClient } from "@fiducial/api";
import { expect, onTestFinished, test } from "vitest";

const unshare = "unshare";
/** A disk of memory in a namespace of its own, which goes with the process; any user may have one where the system lets them. */
const canMount = spawnSync(unshare, ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;
const mebibyte = 2 ** 20;
const command = join(import.meta.dirname, "..", "bin", "fiducial");

test.skipIf(!canMount)(
  "a ledger that a full disk has stopped goes on when there is room again, and nobody helps",
  async () => {
    const { disk, operator, health } = await onDiskOf(400 * mebibyte);
    const ballast = join(disk, "ballast");
    const { size } = (await health()).log;
    fill(ballast);
    const add = (name: string) => operator().addTokenClient({ name, scopes: ["studies.read"] });

    // The vault is written first, and refuses until there is room: so a page or a few are let in, until it is the ledger that meets the end of the disk.
    const stopped = async () => (await health()).troubles.find(({ code }) => code === "LEDGER_STOPPED");
    for (let tries = 0; tries < 1000 && (await stopped()) === undefined; tries++) {
      await add(`machine ${tries}`).catch(() => {});
      truncateSync(ballast, statSync(ballast).size - 4096);
    }
    expect(await stopped()).toMatchObject({ cause: "DISK_FULL" });

    rmSync(ballast);
    // Away for a moment, too; and who asks without end is told to wait.
    const codes = async () => (await health()).troubles.map(({ code }) => code);
    await expect.poll(() => codes().catch(String), { timeout: 60_000, interval: 1000 }).toEqual(["DISK_LOW"]);
    await add("afterwards");
    expect((await health()).log.size).toBeGreaterThan(size);
  },
);

/** A node on a disk of so many bytes; `disk` is where this process sees it. */
async function onDiskOf(bytes: number) {
  const folder = mkdtempSync(join(tmpdir(), "fiducial-full-"));
  const place = join(folder, "disk");
  mkdirSync(place);
  const mounted = `mount -t tmpfs -o size=${bytes} none "$0" && exec "$@"`;
  const [data, keys] = [join(place, "data"), join(place, "keys")];
  const places = ["--data", data, "--keys", keys, "--organization", "A hospital", "--port", "0", "--json"];
  const child = spawn(unshare, ["-rm", "sh", "-c", mounted, place, command, "start", ...places], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env["PATH"] ?? "", HOME: folder },
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    rmSync(folder, { recursive: true, force: true });
  });
  const baseUrl = await addressOf(child);
  const disk = `/proc/${child.pid}/root${place}`;
  // Each start has another token.
  const operator = () =>
    apiClient({ baseUrl, token: readFileSync(join(disk, "keys", "operator.token"), "utf8").trim() });
  const anybody = apiClient({ baseUrl });
  return { disk, operator, health: () => anybody.health() };
}

// What it says later is read too: nobody who talks to himself goes on for long.
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (line: string) => resolve((JSON.parse(line) as { url: string }).url));
    child.on("exit", (code) => reject(new Error(`the node ended with ${code}`)));
  });
}

function fill(ballast: string): void {
  const block = Buffer.alloc(mebibyte);
  for (const size of [block.length, 4096, 1]) {
    try {
      for (;;) appendFileSync(ballast, block.subarray(0, size));
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== "ENOSPC") throw thrown;
    }
  }
}
