// Command in-toto reads DSSE envelopes with the code of securesystemslib and the in-toto statements in them with the code of in-toto
// attestation. It takes keys and envelopes as JSON from standard input and writes what it found as JSON to standard output; it fails only
// when it cannot do that.
package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log"
	"os"

	attestation "github.com/in-toto/attestation/go/v1"
	"github.com/secure-systems-lab/go-securesystemslib/dsse"
	"google.golang.org/protobuf/encoding/protojson"
)

// material is what there is to read, and the keys that its reader knows.
type material struct {
	Keys      []declaredKey    `json:"keys"`
	Envelopes []signedEnvelope `json:"envelopes"`
}

// signedEnvelope is an envelope's JSON and the ids of the keys that must all have signed it.
type signedEnvelope struct {
	Envelope json.RawMessage `json:"envelope"`
	Signers  []string        `json:"signers"`
}

// finding is what came of one envelope: its statement's id, and why its signatures or its statement are refused, empty when they are not.
type finding struct {
	ID            string                       `json:"id"`
	Signatures    string                       `json:"signatures"`
	Statement     string                       `json:"statement"`
	PredicateType string                       `json:"predicateType"`
	Subjects      map[string]map[string]string `json:"subjects"`
}

func main() {
	var given material
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		log.Fatal(err)
	}
	keys := map[string]declaredKey{}
	for _, key := range given.Keys {
		keys[key.ID] = key
	}
	found := []finding{}
	for _, one := range given.Envelopes {
		found = append(found, read(one, keys))
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		log.Fatal(err)
	}
}

func read(one signedEnvelope, keys map[string]declaredKey) finding {
	found := finding{Subjects: map[string]map[string]string{}}
	var envelope dsse.Envelope
	if err := json.Unmarshal(one.Envelope, &envelope); err != nil {
		found.Signatures = "unreadable: " + err.Error()
		return found
	}
	found.Signatures = reason(checkSignatures(one, envelope, keys))
	payload, err := envelope.DecodeB64Payload()
	if err != nil {
		found.Statement = "unreadable: " + err.Error()
		return found
	}
	id := sha256.Sum256(dsse.PAE(envelope.PayloadType, payload))
	found.ID = hex.EncodeToString(id[:])
	var statement attestation.Statement
	if err := protojson.Unmarshal(payload, &statement); err != nil {
		found.Statement = "unreadable: " + err.Error()
		return found
	}
	found.Statement = reason(statement.Validate())
	found.PredicateType = statement.GetPredicateType()
	for _, subject := range statement.GetSubject() {
		found.Subjects[subject.GetName()] = subject.GetDigest()
	}
	return found
}

// checkSignatures holds when every one of the signers has signed.
func checkSignatures(one signedEnvelope, envelope dsse.Envelope, keys map[string]declaredKey) error {
	assertions, err := assertionsOf(one.Envelope)
	if err != nil {
		return err
	}
	verifiers := []dsse.Verifier{}
	for _, id := range one.Signers {
		verifier, err := verifierOf(keys[id], assertions[id])
		if err != nil {
			return err
		}
		verifiers = append(verifiers, verifier)
	}
	all, err := dsse.NewMultiEnvelopeVerifier(len(verifiers), verifiers...)
	if err != nil {
		return err
	}
	_, err = all.Verify(context.Background(), &envelope)
	return err
}

func reason(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
