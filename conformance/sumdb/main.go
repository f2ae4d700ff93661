// Command sumdb checks what Fiducial made with the code of the Go checksum database. It reads material as JSON from standard input and
// writes what it found as JSON to standard output; it fails only when it cannot do that.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// material is a log to check, or notes to read, or both.
type material struct {
	Log   *claimedLog `json:"log"`
	Notes []keyedNote `json:"notes"`
}

// claimedLog is a signed checkpoint with proofs that should hold under it, and the folder of its tiles.
type claimedLog struct {
	keyedNote
	Signers     []string           `json:"signers"`
	Tiles       string             `json:"tiles"`
	Inclusion   []inclusionClaim   `json:"inclusion"`
	Consistency []consistencyClaim `json:"consistency"`
}

// keyedNote is a note and the verifier keys that its reader knows.
type keyedNote struct {
	Note         string   `json:"note"`
	VerifierKeys []string `json:"verifierKeys"`
}

type inclusionClaim struct {
	Index  int64    `json:"index"`
	Entry  []byte   `json:"entry"`
	Hashes [][]byte `json:"hashes"`
}

type consistencyClaim struct {
	OldSize     int64    `json:"oldSize"`
	OldRootHash []byte   `json:"oldRootHash"`
	Hashes      [][]byte `json:"hashes"`
}

// findings are what does not hold of a log, by claim, and what was read in each note.
type findings struct {
	Failures []string   `json:"failures"`
	Notes    []noteRead `json:"notes"`
}

// noteRead has the names of the signers, or why the note was refused.
type noteRead struct {
	Signers []string `json:"signers"`
	Refused string   `json:"refused"`
}

func main() {
	var given material
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		log.Fatal(err)
	}
	found := findings{Failures: []string{}, Notes: []noteRead{}}
	if given.Log != nil {
		found.Failures = checkLog(*given.Log)
	}
	for _, one := range given.Notes {
		found.Notes = append(found.Notes, readNote(one))
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		log.Fatal(err)
	}
}

func readNote(one keyedNote) noteRead {
	opened, err := open(one)
	if err != nil {
		return noteRead{Signers: []string{}, Refused: err.Error()}
	}
	return noteRead{Signers: signers(opened)}
}

// checkLog returns the claims that do not hold: none, when all is well.
func checkLog(claimed claimedLog) []string {
	failures := []string{}
	report := func(claim string, err error) {
		if err != nil {
			failures = append(failures, fmt.Sprintf("%s: %v", claim, err))
		}
	}
	opened, err := open(claimed.keyedNote)
	if err != nil {
		return []string{fmt.Sprintf("note: %v", err)}
	}
	if found := signers(opened); fmt.Sprint(found) != fmt.Sprint(claimed.Signers) {
		report("note", fmt.Errorf("signed by %v", found))
	}
	tree, err := parseCheckpoint(opened.Text)
	if err != nil {
		return append(failures, fmt.Sprintf("note: %v", err))
	}
	reader := tlog.TileHashReader(tree, folder{claimed.Tiles})
	for _, claim := range claimed.Inclusion {
		report(fmt.Sprintf("inclusion %d", claim.Index), checkInclusion(tree, reader, claim))
	}
	for _, claim := range claimed.Consistency {
		report(fmt.Sprintf("consistency %d", claim.OldSize), checkConsistency(tree, reader, claim))
	}
	return failures
}

func checkInclusion(tree tlog.Tree, reader tlog.HashReader, claim inclusionClaim) error {
	hash := tlog.RecordHash(claim.Entry)
	if err := tlog.CheckRecord(asHashes(claim.Hashes), tree.N, tree.Hash, claim.Index, hash); err != nil {
		return err
	}
	rebuilt, err := tlog.ProveRecord(tree.N, claim.Index, reader)
	if err != nil {
		return err
	}
	return sameHashes(rebuilt, asHashes(claim.Hashes))
}

func checkConsistency(tree tlog.Tree, reader tlog.HashReader, claim consistencyClaim) error {
	old := asHashes([][]byte{claim.OldRootHash})[0]
	if err := tlog.CheckTree(asHashes(claim.Hashes), tree.N, tree.Hash, claim.OldSize, old); err != nil {
		return err
	}
	rebuilt, err := tlog.ProveTree(tree.N, claim.OldSize, reader)
	if err != nil {
		return err
	}
	return sameHashes(rebuilt, asHashes(claim.Hashes))
}

func sameHashes(rebuilt, given []tlog.Hash) error {
	if fmt.Sprint(rebuilt) != fmt.Sprint(given) {
		return fmt.Errorf("the tiles give another proof")
	}
	return nil
}

func asHashes(list [][]byte) []tlog.Hash {
	hashes := make([]tlog.Hash, len(list))
	for i, bytes := range list {
		copy(hashes[i][:], bytes)
	}
	return hashes
}

func signers(opened *note.Note) []string {
	names := []string{}
	for _, signature := range opened.Sigs {
		names = append(names, signature.Name)
	}
	return names
}
