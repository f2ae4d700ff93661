// The node's server as its configuration says, with its certificate, which is followed when it is renewed.
import type { AuditTrail } from "../audit-trail/audit-trail.ts";
import type { OpenNode } from "../compose.ts";
import { httpOptionsOf } from "../configuration/composition.ts";
import { problemLine } from "../configuration/problems.ts";
import type { Configuration, WholeConfiguration } from "../configuration/schema.ts";
import type { NodeLog } from "../logging/log.ts";
import { NodeError } from "../node-error.ts";
import { type RunningServer, type ServerOptions, startServer } from "../server.ts";
import { loadCertificate, watchCertificate } from "./certificate.ts";

/** Starts the server. Rejects with CONFIGURATION_REFUSED for a certificate that is none, and with what listening throws. */
export async function serve(
  configuration: WholeConfiguration,
  node: OpenNode,
  given: Pick<ServerOptions, "page" | "observers" | "trail" | "metrics" | "signIn">,
): Promise<RunningServer> {
  const { host, port, tls, trustedProxies, limits } = httpOptionsOf(configuration);
  const loaded = tls === undefined ? undefined : loadCertificate(tls, Date.now());
  if (loaded !== undefined && "fault" in loaded)
    throw new NodeError("CONFIGURATION_REFUSED", {
      problems: problemLine({ code: loaded.fault, setting: `http.tls.${loaded.of}` }),
      codes: loaded.fault,
    });
  return startServer(node, {
    host,
    port,
    limits,
    trustedProxies,
    ...given,
    ...(loaded === undefined ? {} : { tls: loaded }),
  });
}

/** Loads a certificate that takes the place of the one in use, until it is closed; undefined without TLS. */
export function followCertificate(
  configuration: Configuration,
  server: RunningServer,
  log: NodeLog,
  trail: AuditTrail,
) {
  const { tls } = httpOptionsOf(configuration);
  if (tls === undefined) return undefined;
  return watchCertificate({
    files: tls,
    changed: (certificate) => {
      server.renew(certificate);
      log.write("certificate.loaded", { daysLeft: Math.floor((certificate.notAfterMs - Date.now()) / dayMs) });
      trail.tell("CERTIFICATE_CHANGED");
    },
    failed: ({ fault }) => {
      log.write("certificate.kept", { code: fault });
      trail.tell("CERTIFICATE_CHANGED", { outcome: "failed", code: fault });
    },
  });
}

const dayMs = 86_400_000;
