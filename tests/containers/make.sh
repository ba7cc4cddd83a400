#!/bin/bash
# Makes files/ anew, each with the tool that people make such files with: OpenSSL, keytool, NSS, base64. Keys and passwords in them are made for
# this and are no one's.
set -euo pipefail
cd "$(dirname "$0")/files"
rm -f ./*
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/root.key" -out "$work/root.pem" \
  -subj "/O=Harbour/CN=Harbour Root" -days 7300 -addext "keyUsage=critical,keyCertSign,cRLSign" 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/leaf.key" -out "$work/leaf.csr" -subj "/CN=pier.test" 2>/dev/null
openssl x509 -req -in "$work/leaf.csr" -CA "$work/root.pem" -CAkey "$work/root.key" -days 7000 -set_serial 0x1234 -out "$work/leaf.pem" \
  -extfile <(printf "subjectAltName=DNS:pier.test\nextendedKeyUsage=serverAuth\n") 2>/dev/null
cat "$work/leaf.pem" "$work/root.pem" > "$work/chain.pem"
touch "$work/index.txt"
openssl ca -gencrl -keyfile "$work/root.key" -cert "$work/root.pem" -out "$work/root.crl" -crldays 7000 -config <(
  printf "[ca]\ndefault_ca=d\n[d]\ndatabase=%s/index.txt\ndefault_md=sha256\n" "$work") 2>/dev/null

# PEM
openssl x509 -in "$work/leaf.pem" -trustout -addtrust serverAuth -addreject emailProtection -setalias pier -out trusted.pem
openssl x509 -in "$work/leaf.pem" -text > with-text.pem
sed 's/$/\r/' "$work/chain.pem" > crlf.pem
iconv -t UTF-16 "$work/chain.pem" > utf16.pem
cat "$work/leaf.pem" "$work/root.crl" "$work/leaf.key" > mixed.pem
openssl s_server -accept 127.0.0.1:45677 -cert "$work/leaf.pem" -key "$work/leaf.key" -cert_chain "$work/root.pem" -quiet 2>/dev/null &
sleep 1; openssl s_client -connect 127.0.0.1:45677 -showcerts </dev/null > s_client.txt 2>&1 || true; kill %1

# DER
openssl x509 -in "$work/leaf.pem" -outform DER -out leaf.der
openssl crl -in "$work/root.crl" -outform DER -out root.crl

# PKCS#7
openssl crl2pkcs7 -certfile "$work/chain.pem" -in "$work/root.crl" -out chain.p7b
openssl crl2pkcs7 -certfile "$work/chain.pem" -nocrl -outform DER -out chain.p7c
echo hello | openssl cms -sign -signer "$work/leaf.pem" -inkey "$work/leaf.key" -certfile "$work/root.pem" -outform PEM -out signed-cms.pem
echo hello | openssl cms -sign -stream -nodetach -signer "$work/leaf.pem" -inkey "$work/leaf.key" -certfile "$work/root.pem" -outform DER -out indefinite.p7m

# PKCS#12
p12() { openssl pkcs12 -export -inkey "$work/leaf.key" -in "$work/chain.pem" "$@"; }
p12 -passout pass:harbour -out aes.p12
p12 -passout pass: -out empty-password.p12
p12 -passout pass:harbour -legacy -out legacy-rc2.p12
p12 -passout pass:harbour -legacy -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1 -out legacy-3des.p12
p12 -passout pass:harbour -nomac -out no-mac.p12
openssl pkcs12 -export -nokeys -in "$work/chain.pem" -passout pass:harbour -out certificates-only.p12
keytool -importcert -noprompt -alias root -file "$work/root.pem" -keystore keytool.p12 -storetype PKCS12 -storepass harbour 2>/dev/null
nss="$work/nss"; mkdir "$nss"; certutil -N -d "sql:$nss" --empty-password
pk12util -i aes.p12 -d "sql:$nss" -W harbour >/dev/null
pk12util -o nss.p12 -n "$(certutil -L -d "sql:$nss" | awk '/u,u,u/ {sub(/ +u,u,u.*/, ""); print; exit}')" -d "sql:$nss" -W harbour >/dev/null

# Java
keytool -importcert -noprompt -alias root -file "$work/root.pem" -keystore trust.jks -storetype JKS -storepass harbour 2>/dev/null
keytool -importkeystore -noprompt -srckeystore aes.p12 -srcstoretype PKCS12 -srcstorepass harbour -destkeystore key.jks -deststoretype JKS \
  -deststorepass harbour 2>/dev/null
keytool -importkeystore -noprompt -srckeystore aes.p12 -srcstoretype PKCS12 -srcstorepass harbour -destkeystore key.jceks -deststoretype JCEKS \
  -deststorepass harbour 2>/dev/null

# Base64 in other text
chain=$(base64 -w0 "$work/chain.pem") root=$(base64 -w0 "$work/root.pem") key=$(base64 -w0 "$work/leaf.key")
leaf=$(base64 -w0 leaf.der) anchor=$(openssl x509 -in "$work/root.pem" -outform DER | base64 -w0)
printf 'apiVersion: v1\nkind: Config\nclusters:\n- cluster:\n    certificate-authority-data: %s\n    server: https://127.0.0.1:6443\n  name: pier\nusers:\n- name: admin\n  user:\n    client-certificate-data: %s\n    client-key-data: %s\n' \
  "$root" "$(base64 -w0 "$work/leaf.pem")" "$key" > kubeconfig.yaml
printf 'apiVersion: v1\nkind: Secret\ntype: kubernetes.io/tls\nmetadata:\n  name: pier\ndata:\n  ca.crt: %s\n  tls.crt: |\n%s\n  tls.key: %s\n' \
  "$root" "$(base64 -w76 "$work/chain.pem" | sed 's/^/    /')" "$key" > secret.yaml
printf '{"kind": "Secret", "data": {"tls.crt": "%s", "tls.key": "%s"}}\n' "$chain" "$key" > secret.json
printf '{"keys": [{"kty": "EC", "x5c": ["%s", "%s"]}]}\n' "$leaf" "$anchor" > jwks.json
printf '<md:KeyDescriptor><ds:X509Certificate>\n%s\n</ds:X509Certificate></md:KeyDescriptor>\n' "$(base64 -w64 leaf.der)" > saml.xml
base64 -w64 leaf.der > bare.txt
python3 - "$work/chain.pem" > escaped.json <<'PY'
import json, sys
print(json.dumps({"certificate": open(sys.argv[1]).read()}))
PY
printf '"Record Type","Certificate Name","PEM Info"\n"Root Certificate","Harbour Root","'"'"'%s'"'"'"\n' "$(cat "$work/root.pem")" > ccadb.csv
head -c 300 leaf.der > truncated.der
head -c 500 aes.p12 > truncated.p12
head -c 200 key.jks > truncated.jks
cp "$work/root.pem" root.pem
