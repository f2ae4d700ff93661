#!/bin/sh
# Installs Fiducial from this bundle into a folder. Asks no network: needs sh, tar, gzip, sha256sum, and openssl for the signature.
#
#     ./install.sh --prefix /opt/fiducial --public-key release.pub
#
# The public key has to come another way than the bundle. Without one say --unverified: the digests are checked all the same.
set -eu

here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
prefix=/opt/fiducial
public_key=
unverified=
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) prefix=$2; shift 2 ;;
    --public-key) public_key=$2; shift 2 ;;
    --unverified) unverified=yes; shift ;;
    *) echo "install.sh: unknown option $1" >&2; exit 2 ;;
  esac
done

if [ -n "$public_key" ]; then
  openssl pkeyutl -verify -pubin -inkey "$public_key" -rawin -in "$here/SHA256SUMS" -sigfile "$here/SHA256SUMS.sig" >/dev/null || {
    echo "install.sh: the signature is not by this key; nothing was installed" >&2
    exit 1
  }
elif [ -z "$unverified" ]; then
  echo "install.sh: name the key with --public-key, or say --unverified" >&2
  exit 2
fi
(cd "$here" && sha256sum --quiet --strict -c SHA256SUMS) || {
  echo "install.sh: files differ from what was signed; nothing was installed" >&2
  exit 1
}

case $(uname -m) in
  x86_64 | amd64) cpu=x64 ;;
  aarch64 | arm64) cpu=arm64 ;;
  *) echo "install.sh: there is no Node for $(uname -m) in this bundle" >&2; exit 1 ;;
esac

# A version of its own beside the one before, and a link that is turned last: an upgrade that breaks off changes nothing.
name=$(basename "$here")
target=$prefix/versions/$name
rm -rf "$target.new"
mkdir -p "$target.new"
tab=$(printf '\t')
while IFS="$tab" read -r cpus path file; do
  case ",$cpus," in *,all,* | *",$cpu,"*) ;; *) continue ;; esac
  mkdir -p "$target.new/$path"
  tar -xzf "$here/tarballs/$file" -C "$target.new/$path" --strip-components=1 --no-same-owner
done <"$here/layout"
node=$target.new/node_modules/node-linux-$cpu/bin/node
[ -f "$node" ] || { echo "install.sh: there is no Node for $cpu in this bundle" >&2; exit 1; }
chmod 755 "$node" "$target.new/node_modules/@fiducial/cli/bin/fiducial"
cp -R "$here/page" "$target.new/page"
cp "$here/sbom.cdx.json" "$here/LICENSE" "$here/NOTICE" "$target.new/"
mkdir -p "$target.new/bin"
cat >"$target.new/bin/fiducial" <<'SCRIPT'
#!/bin/sh
self=$0
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in /*) self=$link ;; *) self=$(dirname "$self")/$link ;; esac
done
root=$(CDPATH='' cd -- "$(dirname "$self")/.." && pwd -P)
[ -n "${FIDUCIAL_HTTP_PAGE:-}" ] || export FIDUCIAL_HTTP_PAGE="$root/page"
exec "$root/node_modules/@fiducial/cli/bin/fiducial" "$@"
SCRIPT
chmod 755 "$target.new/bin/fiducial"
chmod -R go-w "$target.new"
rm -rf "$target"
mv "$target.new" "$target"
ln -s "versions/$name" "$prefix/current.new"
mv -T "$prefix/current.new" "$prefix/current"
mkdir -p "$prefix/bin"
ln -sf ../current/bin/fiducial "$prefix/bin/fiducial"
"$prefix/bin/fiducial" --version >/dev/null || { echo "install.sh: what was installed does not run" >&2; exit 1; }
echo "Fiducial $("$prefix/bin/fiducial" --version) is at $prefix/bin/fiducial"
