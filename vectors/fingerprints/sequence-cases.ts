// Objects without pixel data whose sequences come in every disguise. docs/formats/fingerprints.md § Sequences.
import type { ObjectCase } from "./header-cases.ts";
import { objectWith } from "./header-cases.ts";
import { element, type Encoding, explicitLittle as le, file, identity, implicitLittle, join, sequence, syntaxes } from "./object-bytes.ts";
