// Command logproof checks our log proofs and policies with torchwood. It reads cases as JSON from standard input and writes, for each,
// why it was refused, or nothing, as JSON to standard output; it fails only when it cannot do that.
package main

import (
	"encoding/hex"
	"encoding/json"
	"log"
	"os"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/tlog"
)

// proofCase is a log proof for an entry, in lower-case hex, under a policy.
type proofCase struct {
	LogProof string `json:"logProof"`
	Entry    string `json:"entry"`
	Policy   string `json:"policy"`
}

func main() {
	var cases []proofCase
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		log.Fatal(err)
	}
	refusals := []string{}
	for _, one := range cases {
		refusal := ""
		if err := one.verify(); err != nil {
			refusal = err.Error()
		}
		refusals = append(refusals, refusal)
	}
	if err := json.NewEncoder(os.Stdout).Encode(refusals); err != nil {
		log.Fatal(err)
	}
}

// verify checks the proof, or the policy alone when there is no proof.
func (one proofCase) verify() error {
	policy, err := torchwood.ParsePolicy([]byte(one.Policy))
	if err != nil || one.LogProof == "" {
		return err
	}
	entry, err := hex.DecodeString(one.Entry)
	if err != nil {
		return err
	}
	return torchwood.VerifyProof(policy, tlog.RecordHash(entry), []byte(one.LogProof))
}
