// Settings of the node itself: how strict it is, what lies where, what a new folder is called.
import { z } from "zod";
import { pathText, setting } from "./values.ts";

export const nodeSettings = {
  mode: setting(z.enum(["local", "production"]).default("local"), {
    says: "In production a node refuses to start with half a configuration, with the demonstration's folder or issuer, and where somebody could listen in or read its keys.",
    flag: "--mode",
  }),
  data: setting(pathText.optional(), {
    says: "The data folder. A configuration file inside it cannot name another.",
    usually: "`fiducial` in the user's data folder",
    flag: "--data",
  }),
  keys: setting(pathText.optional(), {
    says: "The folder of its keys, apart from the data.",
    usually: "a folder of its own below the user's settings",
    flag: "--keys",
  }),
  organization: setting(
    z
      .string()
      .trim()
      .min(1)
      .max(128)
      .regex(/^[^\p{Cc}]+$/u)
      .optional(),
    { says: "What the organization is called, when the data folder is made now.", flag: "--organization" },
  ),
  threads: setting(z.int().min(1).max(1024).optional(), {
    says: "Worker threads for fingerprints, and for signatures.",
    usually: "one for each processor",
    flag: "--threads",
  }),
};
