// Settings of the HTTP server: where it listens, under which name it is known, its certificate, whom it believes.
import { z } from "zod";
import { baseUrl, hostName, pathText, portNumber, proxyText, setting } from "./values.ts";

export const httpSection = z
  .strictObject({
    host: setting(hostName.default("127.0.0.1"), {
      says: "The address to listen on; 0.0.0.0 and :: are all of this machine's.",
      flag: "--host",
    }),
    port: setting(portNumber.default(8400), { says: "The port to listen on; 0 takes any free one.", flag: "--port" }),
    publicUrl: setting(baseUrl.optional(), {
      says: "The address at which people and systems reach the node, the proxy's where there is one.",
      flag: "--public-url",
    }),
    tls: z
      .strictObject({
        certificate: setting(pathText.optional(), {
          says: "The certificate, with those between it and its root, in PEM. Read again when the file changes, and on SIGHUP.",
        }),
        key: setting(pathText.optional(), { says: "Its private key in PEM, for the owner only." }),
      })
      .prefault({}),
    page: setting(pathText.optional(), {
      says: "The folder of the built page.",
      usually: "the last one built in the repository that the command runs from, if any",
      flag: "--page",
    }),
    trustedProxies: setting(z.array(proxyText).max(64).default([]), {
      says: "The proxies in front of the node: what X-Forwarded-For and -Proto say is believed from these, and from nobody else, and of the addresses in X-Forwarded-For the last one that is none of these; X-Forwarded-Host only when it is the host of `http.publicUrl`.",
    }),
  })
  .prefault({});
