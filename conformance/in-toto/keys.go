package main

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math/big"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"
	"github.com/secure-systems-lab/go-securesystemslib/signerverifier"
)

// declaredKey is a public key as the log declares it: Ed25519 raw, P-256 as an uncompressed point.
type declaredKey struct {
	ID        string `json:"id"`
	Algorithm string `json:"algorithm"`
	PublicKey []byte `json:"publicKey"`
}

// assertion is what an authenticator signed: WebAuthn Level 3 § 6.3.3.
type assertion struct {
	AuthenticatorData []byte `json:"authenticatorData"`
	ClientDataJSON    []byte `json:"clientDataJSON"`
}

var errSignature = errors.New("signature does not verify")

// assertionsOf reads by key id the member of a signature that DSSE does not know and readers of DSSE pass over.
func assertionsOf(envelope []byte) (map[string]*assertion, error) {
	var read struct {
		Signatures []struct {
			KeyID    string     `json:"keyid"`
			WebAuthn *assertion `json:"webauthn"`
		} `json:"signatures"`
	}
	if err := json.Unmarshal(envelope, &read); err != nil {
		return nil, err
	}
	found := map[string]*assertion{}
	for _, signature := range read.Signatures {
		found[signature.KeyID] = signature.WebAuthn
	}
	return found, nil
}

func verifierOf(key declaredKey, given *assertion) (dsse.Verifier, error) {
	if key.Algorithm == "Ed25519" {
		return signerverifier.NewED25519SignerVerifierFromSSLibKey(&signerverifier.SSLibKey{
			KeyID:  key.ID,
			KeyVal: signerverifier.KeyVal{Public: hex.EncodeToString(key.PublicKey)},
		})
	}
	if key.Algorithm != "P-256" && key.Algorithm != "WebAuthn-P-256" {
		return nil, errors.New("unknown key: " + key.ID)
	}
	point, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), key.PublicKey)
	if err != nil {
		return nil, err
	}
	raw := rawP256{key.ID, point}
	if key.Algorithm == "P-256" {
		return raw, nil
	}
	if given == nil {
		return nil, errors.New("a passkey without its assertion: " + key.ID)
	}
	return passkey{raw, *given}, nil
}

// rawP256 verifies r ‖ s; securesystemslib's own ECDSA verifier takes DER.
type rawP256 struct {
	id    string
	point *ecdsa.PublicKey
}

func (key rawP256) Verify(_ context.Context, data, signature []byte) error {
	if len(signature) != 64 {
		return errSignature
	}
	digest := sha256.Sum256(data)
	r, s := new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])
	if !ecdsa.Verify(key.point, digest[:], r, s) {
		return errSignature
	}
	return nil
}

func (key rawP256) KeyID() (string, error)   { return key.id, nil }
func (key rawP256) Public() crypto.PublicKey { return key.point }

// passkey verifies an assertion whose challenge is the statement's id.
type passkey struct {
	rawP256
	assertion
}

func (key passkey) Verify(ctx context.Context, data, signature []byte) error {
	var client struct {
		Type      string `json:"type"`
		Challenge string `json:"challenge"`
	}
	if err := json.Unmarshal(key.ClientDataJSON, &client); err != nil {
		return err
	}
	id := sha256.Sum256(data)
	if client.Type != "webauthn.get" || client.Challenge != base64.RawURLEncoding.EncodeToString(id[:]) {
		return errSignature
	}
	digest := sha256.Sum256(key.ClientDataJSON)
	signed := append(append([]byte{}, key.AuthenticatorData...), digest[:]...)
	return key.rawP256.Verify(ctx, signed, signature)
}
