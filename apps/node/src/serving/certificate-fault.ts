// Whether something could not be reached because a certificate was not trusted: codes of OpenSSL as Node gives them. RFC 5280 § 6.

const faults =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(?:GET_ISSUER_CERT(?:_LOCALLY)?|VERIFY_LEAF_SIGNATURE)|CERT_[A-Z_]+|ERR_TLS_CERT_ALTNAME_INVALID)$/;

/** Looks at what was thrown and at what that came from. */
export function isCertificateFault(thrown: unknown): boolean {
  for (let one = thrown, depth = 0; one instanceof Error && depth < 8; one = one.cause, depth++)
    if (faults.test(String((one as NodeJS.ErrnoException).code))) return true;
  return false;
}
