// What can be wrong with a DICOM sender, or with a system that is called: a part of the node's table of codes.

/** Codes with what is wrong and what to do. The HTTP status is that of an answer that reports them. */
export const dimseCodes = {
  DIMSE_OPTIONS_INVALID: {
    http: 500,
    says: "The DICOM listener cannot be started as it is described. AE titles have 1 to 16 characters, addresses are IP addresses or CIDR blocks, and PDUs have 16 KiB to 1 MiB.",
  },
  DIMSE_CALLER_UNKNOWN: {
    http: 403,
    says: "A system called whose AE title is not among the callers allowed. Add it to them, or correct the title there.",
  },
  DIMSE_ADDRESS_NOT_ALLOWED: {
    http: 403,
    says: "A system called under an AE title that is allowed, from an address that is not. Add its address to the caller, or find out who it is.",
  },
  DIMSE_CALLED_AE_WRONG: {
    http: 403,
    says: "A system called another AE title than this node's. Correct the called AE title there.",
  },
  DIMSE_TOO_MANY_ASSOCIATIONS: {
    http: 503,
    says: "There are as many associations as the node takes, together or from one address. The sender may try again; if it happens often, raise the limit.",
  },
  DIMSE_NOTHING_ACCEPTED: {
    http: 415,
    says: "A system proposed nothing that is stored here: no storage SOP class and no echo. See the conformance statement for what is.",
  },
  DIMSE_MALFORMED: {
    http: 400,
    says: "What a system sent is not the DICOM protocol, or breaks it. Check that it sends to this port on purpose, and with TLS only where the port has TLS.",
  },
  DIMSE_SILENT: {
    http: 408,
    says: "A system stopped sending in the middle of an object. Nothing of that object was kept; it has to be sent again. Check the network between.",
  },
  DIMSE_BROKEN_OFF: {
    http: 400,
    says: "A system broke off in the middle of an object, or the connection to it did. Nothing of that object was kept; it has to be sent again.",
  },
  DIMSE_TLS_FAILED: {
    http: 403,
    says: "No TLS connection came about. Check that both sides have it switched on, and that each trusts the other's certificate.",
  },
  DIMSE_UNREACHABLE: {
    http: 504,
    says: "The system does not answer at this address and port. Check both, the network, and whether it runs.",
  },
  DIMSE_NO_ANSWER: {
    http: 504,
    says: "The system takes the connection and answers nothing. Check that a DICOM system listens at this port, whether it wants TLS, and whether it hangs.",
  },
  DIMSE_CALLING_AE_REFUSED: {
    http: 502,
    says: "The system does not know the AE title of this node, or not from this address. Have both added there.",
  },
  DIMSE_CALLED_AE_REFUSED: {
    http: 502,
    says: "The system has another AE title than the one that was called. Correct it in this node's configuration, or there.",
  },
  DIMSE_REJECTED: {
    http: 502,
    says: "The system rejected the association, perhaps only for now. Try again in a while, and look at its log.",
  },
  DIMSE_ABORTED: {
    http: 502,
    says: "The system ended the association instead of answering. Check whether it wants TLS; its log may say why.",
  },
  DIMSE_ECHO_REFUSED: { http: 502, says: "The system answers, but not to C-ECHO. See its conformance statement." },
  OBJECT_MISMATCHED: {
    http: 422,
    says: "The object is another than was announced: SOP Class or SOP Instance UID differ. Have the sending system's vendor look at it.",
  },
} as const;
