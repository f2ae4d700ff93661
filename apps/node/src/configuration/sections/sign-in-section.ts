// Settings of sign-in: the issuer, this node as its client, what groups mean. OpenID Connect Core 1.0 § 3.1, RFC 8414.
import { roles } from "@fiducial/contract";
import { z } from "zod";
import { baseUrl, pathText, setting } from "./values.ts";

const RoleName = z.enum(roles);

export const signInSection = z
  .strictObject({
    issuer: setting(baseUrl.optional(), {
      says: "The OpenID Connect issuer that people sign in at. Without one the demonstration's own is used, which production refuses.",
    }),
    clientId: setting(z.string().min(1).max(256).optional(), { says: "What the issuer calls this node." }),
    clientSecretFile: setting(pathText.optional(), {
      says: "The file with the client's secret, where the issuer wants one.",
      secretFile: true,
    }),
    scopes: setting(
      z
        .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,64}$/))
        .max(16)
        .default(["openid", "profile"]),
      {
        says: "The scopes that are asked for.",
      },
    ),
    groupsClaim: setting(z.string().min(1).max(256).default("groups"), {
      says: "The claim in which the issuer lists groups.",
    }),
    roles: setting(z.record(z.string().min(1).max(256), z.array(RoleName).max(16)).default({}), {
      says: "Which roles a group has.",
      allowed: `groups by name, each with a list of roles: ${roles.join(", ")}`,
    }),
    sessionIdleMinutes: setting(z.int().min(1).max(1440).default(30), {
      says: "A session ends when nothing was done in it for so long.",
    }),
    sessionHours: setting(z.int().min(1).max(168).default(10), { says: "A session ends after so long." }),
  })
  .prefault({});
