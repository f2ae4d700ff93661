// Bodies that addresses take, as whoever tries them would write them.

const handle = "00112233445566778899aabbccddeeff";
const passkey = { id: "Y3JlZGVudGlhbA", rawId: "Y3JlZGVudGlhbA", type: "public-key" } as const;
const assertion = { authenticatorData: "YXV0aGVudGljYXRvcg", clientDataJSON: "Y2xpZW50", signature: "c2lnbmF0dXJl" };

/** By the name of the route; those that take nothing in particular are left out. */
export const exampleBodies: Readonly<Record<string, unknown>> = {
  accessNames: { readers: [handle], reason: "A patient asks who looked" },
  addPasskey: { ...passkey, response: { clientDataJSON: "Y2xpZW50", attestationObject: "b2JqZWN0" } },
  addTokenClient: { name: "research-gateway", scopes: ["studies.read"] },
  draft: { act: { kind: "identity.role.granted", actor: handle, role: "auditor" } },
  find: { text: "PAT-001" },
  lookup: { sopInstanceUid: "1.2.3" },
  submit: { statements: [{ envelope: "$ENVELOPE" }] },
  namedAccessesCsv: { study: handle, reason: "A patient asks who looked" },
  namedAccessesJson: { study: handle, reason: "A patient asks who looked" },
  receiptShowing: { objects: [{ item: 0, attributes: false }] },
  removePasskey: { reason: "lost" },
  searchStudies: { search: "PAT-001", limit: 20 },
  signDraft: { signatures: [{ ...passkey, response: assertion }] },
  signInWithPasskey: { ...passkey, response: assertion },
};
