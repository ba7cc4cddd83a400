#!/bin/sh
# Private keys in the forms that programs write, each with a certificate that has its public key. Throw-away, made by OpenSSL 3.
set -eu
cd "$(dirname "$0")"
certificate() { openssl req -new -x509 -key "$1" -subj "/CN=$2.test" -days 3650 -out "$2.crt" ${3:-}; }
openssl genrsa -out rsa.pkcs8.key 2048 2>/dev/null
openssl rsa -in rsa.pkcs8.key -traditional -out rsa.pkcs1.key 2>/dev/null
openssl rsa -in rsa.pkcs8.key -traditional -aes128 -passout pass:harbour -out rsa.pkcs1-encrypted.key 2>/dev/null
openssl pkcs8 -topk8 -in rsa.pkcs8.key -passout pass:harbour -iter 1 -out rsa.pkcs8-encrypted.key
openssl pkey -in rsa.pkcs8.key -outform DER -out rsa.pkcs8.der.key
certificate rsa.pkcs8.key rsa
openssl req -new -x509 -key rsa.pkcs8.key -subj /CN=pss.test -days 3650 -sigopt rsa_padding_mode:pss -out pss.crt
for curve in prime256v1 secp384r1 secp521r1 secp256k1; do
  openssl ecparam -name $curve -genkey -noout -out $curve.sec1.key
  openssl ec -in $curve.sec1.key -no_public -out $curve.bare.key 2>/dev/null
  openssl pkcs8 -topk8 -nocrypt -in $curve.sec1.key -out $curve.pkcs8.key
  certificate $curve.sec1.key $curve
done
openssl ec -in prime256v1.sec1.key -conv_form compressed -out compressed.sec1.key 2>/dev/null
certificate compressed.sec1.key compressed
openssl genpkey -algorithm ed25519 -out ed25519.pkcs8.key
certificate ed25519.pkcs8.key ed25519
openssl genpkey -algorithm ed448 -out ed448.pkcs8.key
certificate ed448.pkcs8.key ed448
openssl req -new -key rsa.pkcs8.key -subj "/O=Harbour/CN=rsa.test" -addext "subjectAltName=DNS:rsa.test,IP:192.0.2.1" -out rsa.csr
openssl req -new -key ed25519.pkcs8.key -subj "/CN=ed25519.test" -outform DER -out ed25519.der.csr
