// An independent verifier of notes, cosignatures, proofs and tiles, on the code of the Go checksum database. Not on x/mod v0.33 or
// older, which does not check every tile against the tree.
module fiducial.example/conformance/sumdb

go 1.26.0

require (
	filippo.io/mldsa v1.0.0
	golang.org/x/mod v0.42.0
)
