package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"filippo.io/mldsa"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// cosigner verifies cosignatures: C2SP tlog-cosignature, which package note does not know.
type cosigner struct {
	name   string
	hash   uint32
	verify func(time uint64, text string, signature []byte) bool
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }

func (c cosigner) Verify(text, blob []byte) bool {
	return len(blob) > 8 && c.verify(binary.BigEndian.Uint64(blob), string(text), blob[8:])
}

// open reads a note with every key it was given, whatever the type.
func open(one keyedNote) (*note.Note, error) {
	var known []note.Verifier
	for _, vkey := range one.VerifierKeys {
		verifier, err := newVerifier(vkey)
		if err != nil {
			return nil, err
		}
		known = append(known, verifier)
	}
	return note.Open([]byte(one.Note), note.VerifierList(known...))
}

func newVerifier(vkey string) (note.Verifier, error) {
	name, rest, _ := strings.Cut(vkey, "+")
	hex, encoded, _ := strings.Cut(rest, "+")
	typed, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(typed) == 0 {
		return nil, errors.New("malformed verifier key")
	}
	digest := sha256.Sum256(append([]byte(name+"\n"), typed...))
	hash := binary.BigEndian.Uint32(digest[:])
	if fmt.Sprintf("%08x", hash) != hex {
		return nil, errors.New("verifier key with another key id")
	}
	switch kind, key := typed[0], typed[1:]; kind {
	case 0x04:
		return cosigner{name, hash, ed25519Cosigner(key)}, nil
	case 0x06:
		return mldsaCosigner(name, hash, key)
	default:
		return note.NewVerifier(vkey)
	}
}

func ed25519Cosigner(key []byte) func(uint64, string, []byte) bool {
	return func(time uint64, text string, signature []byte) bool {
		return ed25519.Verify(key, []byte(fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, text)), signature)
	}
}

func mldsaCosigner(name string, hash uint32, encoded []byte) (note.Verifier, error) {
	key, err := mldsa.NewPublicKey(mldsa.MLDSA44(), encoded)
	if err != nil {
		return nil, err
	}
	return cosigner{name, hash, func(time uint64, text string, signature []byte) bool {
		tree, err := parseCheckpoint(text)
		if err != nil {
			return false
		}
		origin, _, _ := strings.Cut(text, "\n")
		message := []byte("subtree/v1\n\x00")
		message = append(append(message, byte(len(name))), name...)
		message = binary.BigEndian.AppendUint64(message, time)
		message = append(append(message, byte(len(origin))), origin...)
		message = binary.BigEndian.AppendUint64(message, 0)
		message = binary.BigEndian.AppendUint64(message, uint64(tree.N))
		return mldsa.Verify(key, append(message, tree.Hash[:]...), signature, nil) == nil
	}}, nil
}

// parseCheckpoint reads the size and root of a checkpoint's text: C2SP tlog-checkpoint.
func parseCheckpoint(text string) (tlog.Tree, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[0] == "" {
		return tlog.Tree{}, errors.New("not a checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, errors.New("checkpoint without a size")
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, err
}
