// Settings of everything that brings objects: DIMSE, watched folders, Orthanc feeds, the PACS behind, peers for a test echo. PS3.8, PS3.15 B.
import { z } from "zod";
import {
  aeTitleText,
  connectionId,
  hostName,
  httpUrl,
  networkText,
  pathText,
  portNumber,
  remotePort,
  setting,
} from "./values.ts";

const plainSays =
  "Whether images may come from another machine over plain HTTP in production: whoever listens in sees them. Never with a password.";

/** A modality or archive that may send. */
const Caller = z.strictObject({
  aeTitle: setting(aeTitleText, { says: "The AE title that it calls itself." }),
  addresses: setting(z.array(networkText).max(64).default([]), {
    says: "Where it may come from; anywhere when nothing is listed.",
  }),
});

export const dicomSection = z
  .strictObject({
    host: setting(hostName.default("127.0.0.1"), { says: "The address to listen on for associations." }),
    port: setting(portNumber.optional(), {
      says: "The port for C-STORE and C-ECHO, usually 11112; without one nobody listens.",
      flag: "--dicom-port",
    }),
    aeTitle: setting(aeTitleText.default("FIDUCIAL"), { says: "The AE title that it answers to.", flag: "--dicom-ae" }),
    tls: z
      .strictObject({
        certificate: setting(pathText.optional(), {
          says: "The certificate in PEM; with one, associations are TLS only.",
        }),
        key: setting(pathText.optional(), { says: "Its private key in PEM, for the owner only." }),
        ca: setting(pathText.optional(), { says: "The roots that callers' certificates lead to, in PEM." }),
        requireClientCertificate: setting(z.boolean().default(false), {
          says: "Whether callers have to show a certificate of those roots.",
        }),
      })
      .prefault({}),
    callers: setting(z.array(Caller).max(1024).default([]), {
      says: "Who may send: AE titles and the addresses that they come from. Nothing listed lets every title in, from this machine only in production.",
    }),
    settleAfterSeconds: setting(z.int().min(1).max(86_400).default(30), {
      says: "A study is registered when nothing of it has come for so long.",
    }),
    longestSeconds: setting(z.int().min(1).max(604_800).default(600), {
      says: "A study that goes on coming is registered after so long all the same.",
    }),
  })
  .prefault({});

export const foldersSection = setting(
  z
    .array(
      z.strictObject({
        id: setting(connectionId, { says: "What the folder is called." }),
        path: setting(pathText, { says: "The folder that is watched." }),
        afterwards: setting(z.enum(["keep", "remove"]).default("keep"), {
          says: "What becomes of a file that was taken in.",
        }),
        pollSeconds: setting(z.int().min(1).max(3600).default(5), { says: "How often it is looked at." }),
      }),
    )
    .max(64)
    .default([]),
  { says: "Folders that are watched for files." },
);

export const orthancSection = setting(
  z
    .array(
      z.strictObject({
        id: setting(connectionId, { says: "What the feed is called." }),
        url: setting(httpUrl, { says: "Where Orthanc's REST API answers." }),
        user: setting(z.string().min(1).max(256).optional(), { says: "Who asks." }),
        passwordFile: setting(pathText.optional(), {
          says: "The file with the password; or FIDUCIAL_ORTHANC_<ID>_PASSWORD.",
          secretFile: true,
        }),
        plain: setting(z.boolean().default(false), { says: plainSays }),
        pollSeconds: setting(z.int().min(1).max(3600).default(5), { says: "How often changes are asked for." }),
      }),
    )
    .max(64)
    .default([]),
  { says: "Orthanc servers whose changes are followed." },
);

export const pacsSection = z
  .strictObject({
    qidoUrl: setting(httpUrl.optional(), { says: "Where the PACS answers QIDO-RS." }),
    wadoUrl: setting(httpUrl.optional(), { says: "Where it answers WADO-RS." }),
    user: setting(z.string().min(1).max(256).optional(), { says: "Who asks." }),
    passwordFile: setting(pathText.optional(), { says: "The file with the password.", secretFile: true }),
    ca: setting(pathText.optional(), { says: "The roots that its certificate leads to, in PEM." }),
    plain: setting(z.boolean().default(false), { says: plainSays }),
  })
  .prefault({});

export const peersSection = setting(
  z
    .array(
      z.strictObject({
        id: setting(connectionId, { says: "What it is called." }),
        aeTitle: setting(aeTitleText, { says: "The AE title that is called." }),
        host: setting(hostName, { says: "Where it is." }),
        port: setting(remotePort, { says: "Its port." }),
        callingAeTitle: setting(aeTitleText.optional(), {
          says: "What this node calls itself there; `dicom.aeTitle` unless told.",
        }),
        tls: setting(z.boolean().default(false), {
          says: "Whether it is called by TLS, with the certificate of `dicom.tls` if there is one.",
        }),
        ca: setting(pathText.optional(), {
          says: "The roots that its certificate leads to, in PEM; `dicom.tls.ca` unless told.",
        }),
      }),
    )
    .max(256)
    .default([]),
  {
    says: "Modalities, archives and routers: each is on the page of connections, where a test echo can be sent to it.",
  },
);
