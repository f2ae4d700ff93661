// Settings of what tells how the node is: its log, metrics, traces, and the audit trail that goes to a SIEM.
import { z } from "zod";
import { hostName, httpUrl, pathText, portNumber, remotePort, setting } from "./values.ts";

export const loggingSection = z
  .strictObject({
    level: setting(z.enum(["silent", "error", "warn", "info", "debug"]).default("info"), {
      says: "What is worth a line; debug adds every HTTP request.",
    }),
    file: setting(pathText.optional(), {
      says: "The file that lines are added to, opened anew on SIGHUP. Without one, production writes to standard error and local mode nowhere.",
    }),
  })
  .prefault({});

export const metricsSection = z
  .strictObject({
    enabled: setting(z.boolean().default(true), {
      says: "Whether `/metrics` answers, to operators and to whoever shows the token.",
    }),
    port: setting(portNumber.optional(), { says: "A port of its own for `/metrics`, where everybody may read it." }),
    host: setting(hostName.default("127.0.0.1"), { says: "The address of that port." }),
    tokenFile: setting(pathText.optional(), {
      says: "The file with a token that a collector shows as `Authorization: Bearer`.",
      secretFile: true,
    }),
  })
  .prefault({});

export const telemetrySection = z
  .strictObject({
    otlpEndpoint: setting(httpUrl.optional(), {
      says: "Where an OpenTelemetry collector takes OTLP over HTTP, without `/v1/traces`. Without one nothing of OpenTelemetry is loaded.",
    }),
  })
  .prefault({});

export const siemSection = z
  .strictObject({
    syslog: z
      .strictObject({
        host: setting(hostName.optional(), { says: "Where the SIEM takes syslog (RFC 5424) over TCP." }),
        port: setting(remotePort.default(6514), { says: "Its port." }),
        tls: setting(z.boolean().default(true), {
          says: "Whether the connection is TLS (RFC 5425); production wants it.",
        }),
        ca: setting(pathText.optional(), { says: "The roots that its certificate leads to, in PEM." }),
        certificate: setting(pathText.optional(), { says: "The certificate that this node shows, in PEM." }),
        key: setting(pathText.optional(), { says: "Its private key in PEM, for the owner only." }),
      })
      .prefault({}),
    file: setting(pathText.optional(), { says: "A file that events are added to, one line of JSON each." }),
    format: setting(z.enum(["dicom", "json"]).default("dicom"), {
      says: "What a syslog message carries: an audit message of DICOM (PS3.15 A.5), or the same as JSON.",
    }),
  })
  .prefault({});
