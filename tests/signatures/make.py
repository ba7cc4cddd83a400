"""Makes certificates of this folder (README.md says which): self-signed, by others' code.

python3 make.py FOLDER [--node NODE] [--rsa16384 KEY]: OpenSSL 3 signs, but for MD2, MD4 and SHAKE (Sign.java) and SLH-DSA (slh-dsa.mjs).
"""

import base64
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
OUT = pathlib.Path(sys.argv[1])
OPTIONS = dict(zip(sys.argv[2::2], sys.argv[3::2]))
NODE = OPTIONS.get("--node", "node")
WORK = OUT / "keys"
WORK.mkdir(parents=True, exist_ok=True)


def run(*command, stdin=b""):
    return subprocess.run([str(part) for part in command], input=stdin, capture_output=True, check=True).stdout


def der(tag, *parts):
    body = b"".join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def oid(dotted):
    first, second, *rest = map(int, dotted.split("."))
    out = b""
    for arc in [first * 40 + second, *rest]:
        digits = [arc & 0x7F]
        while arc := arc >> 7:
            digits.append(0x80 | arc & 0x7F)
        out += bytes(reversed(digits))
    return der(6, out)


def sequence(*parts):
    return der(0x30, *parts)


def integer(number):
    return der(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


NULL = der(5)


def certificate(name, algorithm, spki, sign, issuer=None):
    """`sign` maps the TBSCertificate to the signature's bytes; self-issued unless an issuer is named."""

    def cn(text):
        return sequence(der(0x31, sequence(oid("2.5.4.3"), der(12, text.encode()))))

    window = sequence(der(23, b"260101000000Z"), der(24, b"21260101000000Z"))
    tbs = sequence(der(0xA0, integer(2)), integer(1), algorithm, cn(issuer or name), window, cn(name), spki)
    whole = sequence(tbs, algorithm, der(3, b"\0", sign(tbs)))
    text = base64.encodebytes(whole).decode().replace("\n", "")
    lines = "\n".join(text[i : i + 64] for i in range(0, len(text), 64))
    (OUT / f"{name}.pem").write_text(f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n")
    print(name)


def key(name, *options):
    path = WORK / f"{name}.key"
    if not path.exists():
        path.write_bytes(run("openssl", "genpkey", *options))
    return path


def spki(path, *options):
    return run("openssl", "pkey", "-in", path, "-pubout", "-outform", "DER", *options)


def openssl(path, digest, *options):
    def sign(tbs):
        return run("openssl", "dgst", "-provider", "legacy", "-provider", "default", f"-{digest}", "-sign", path, *options, stdin=tbs)

    return sign


def java(path, kind, algorithm):
    pkcs8 = WORK / "java.der"

    def sign(tbs):
        pkcs8.write_bytes(run("openssl", "pkcs8", "-topk8", "-nocrypt", "-in", path, "-outform", "DER"))
        return run("java", "-cp", "/usr/share/java/bcprov.jar", HERE / "Sign.java", algorithm, kind, pkcs8, stdin=tbs)

    return sign


RSA = "1.2.840.113549.1.1"
NIST = "2.16.840.1.101.3.4"
PKCS1 = {
    "md5": f"{RSA}.4", "sha1": f"{RSA}.5", "sha224": f"{RSA}.14", "sha256": f"{RSA}.11", "sha384": f"{RSA}.12",
    "sha512": f"{RSA}.13", "sha512-224": f"{RSA}.15", "sha512-256": f"{RSA}.16", "ripemd160": "1.3.36.3.3.1.2", "sha3-224": f"{NIST}.3.13",
    "sha3-256": f"{NIST}.3.14", "sha3-384": f"{NIST}.3.15", "sha3-512": f"{NIST}.3.16",
}  # fmt: skip
ECDSA = {
    "sha1": "1.2.840.10045.4.1", "sha224": "1.2.840.10045.4.3.1", "sha256": "1.2.840.10045.4.3.2", "sha384": "1.2.840.10045.4.3.3",
    "sha512": "1.2.840.10045.4.3.4", "sha3-224": f"{NIST}.3.9", "sha3-256": f"{NIST}.3.10", "sha3-384": f"{NIST}.3.11", "sha3-512": f"{NIST}.3.12",
}  # fmt: skip
DSA = {
    "sha1": "1.2.840.10040.4.3", "sha224": f"{NIST}.3.1", "sha256": f"{NIST}.3.2", "sha384": f"{NIST}.3.3", "sha512": f"{NIST}.3.4",
    "sha3-224": f"{NIST}.3.5", "sha3-256": f"{NIST}.3.6", "sha3-384": f"{NIST}.3.7", "sha3-512": f"{NIST}.3.8",
}  # fmt: skip
HASH = {
    "sha1": "1.3.14.3.2.26", "sha256": f"{NIST}.2.1", "sha384": f"{NIST}.2.2", "sha512": f"{NIST}.2.3", "sha512-256": f"{NIST}.2.6",
    "sha3-256": f"{NIST}.2.8", "ripemd160": "1.3.36.3.2.1", "md5": "1.2.840.113549.2.5",
}  # fmt: skip


def rsa():
    def made(bits, *options):
        return key(f"rsa{bits}{''.join(options[1:])}".replace(":", "-"), "-algorithm", "RSA", "-pkeyopt", f"rsa_keygen_bits:{bits}", *options)

    def pkcs1(name, path, digest, dotted=None, public=None):
        certificate(name, sequence(oid(dotted or PKCS1[digest]), NULL), public or spki(path), openssl(path, digest))

    for digest in PKCS1:
        pkcs1(f"rsa1025-{digest}", made(1025), digest)
    for bits, digest in [(512, "sha1"), (512, "md5"), (768, "sha512"), (1023, "sha256"), (2049, "sha384"), (8200, "sha256")]:
        pkcs1(f"rsa{bits}-{digest}", made(bits), digest)
    pkcs1("rsa2048-exponent-41-bits", made(2048, "-pkeyopt", f"rsa_keygen_pubexp:{2**40 + 15}"), "sha256")
    if large := OPTIONS.get("--rsa16384"):
        pkcs1("rsa16384-sha512", large, "sha512")
    pkcs1("rsa2048-oiw-sha1", made(2048), "sha1", "1.3.14.3.2.29")
    pkcs1("rsa2048-oiw-md5", made(2048), "md5", "1.3.14.3.2.3")
    # The SubjectPublicKeyInfo again, under the identifier of X.509 (1988), whose parameter is the key's size.
    plain = spki(made(2048))
    bits = plain[plain.index(bytes([3, 0x82])) :]
    pkcs1("rsa2048-x509-key", made(2048), "sha256", public=sequence(sequence(oid("2.5.8.1.1"), integer(2048)), bits))

    certificate("rsa1024-md2", sequence(oid(f"{RSA}.2"), NULL), spki(made(1024)), java(made(1024), "RSA", "MD2withRSA"))
    certificate("rsa1024-md4", sequence(oid(f"{RSA}.3"), NULL), spki(made(1024)), java(made(1024), "RSA", "MD4withRSA"))

    for place, bits_of in enumerate(["128", "256"]):
        algorithm = sequence(oid(f"1.3.6.1.5.5.7.6.{30 + place}"))
        sign = java(made(2048), "RSA", f"SHAKE{bits_of}WITHRSAPSS")
        certificate(f"pss2048-shake{bits_of}", algorithm, spki(made(2048)), sign)
        certificate(f"psskey2048-shake{bits_of}", algorithm, sequence(algorithm, bits), sign)

    def parameters(digest, mask, salt):
        fields = [der(0xA0, sequence(oid(HASH[digest]), NULL)), der(0xA1, sequence(oid(f"{RSA}.8"), sequence(oid(HASH[mask]), NULL)))]
        return sequence(*fields, der(0xA2, integer(salt)))

    def pss(name, path, digest, mask, salt, own=None, public=None):
        options = ["rsa_padding_mode:pss", f"rsa_pss_saltlen:{salt}", f"rsa_mgf1_md:{mask}"]
        sign = openssl(path, digest, *(part for option in options for part in ("-sigopt", option)))
        algorithm = sequence(oid(f"{RSA}.10"), parameters(digest, mask, salt) if own is None else own)
        certificate(name, algorithm, public or spki(path), sign)

    def pss_key(*restriction):
        return sequence(sequence(oid(f"{RSA}.10"), *restriction), bits)

    pss("pss2048-absent", made(2048), "sha1", "sha1", 20, own=b"")
    pss("pss2048-empty", made(2048), "sha1", "sha1", 20, own=sequence())
    pss("pss2048-salt-0", made(2048), "sha256", "sha256", 0)
    pss("pss2048-sha512-mask-sha256", made(2048), "sha512", "sha256", 64)
    pss("pss2048-sha3-256", made(2048), "sha3-256", "sha3-256", 32)
    pss("pss2048-sha512-256", made(2048), "sha512-256", "sha512-256", 32)
    pss("pss1025-sha384", made(1025), "sha384", "sha384", 32)
    pss("pss2049-sha512", made(2049), "sha512", "sha512", 64)
    pss("pss1023-ripemd160-mask-md5", made(1023), "ripemd160", "md5", 7)
    pss("psskey2048-open", made(2048), "sha384", "sha384", 48, public=pss_key())
    pss("psskey2048-larger-salt", made(2048), "sha256", "sha256", 40, public=pss_key(parameters("sha256", "sha256", 32)))
    pss("refused-psskey2048-smaller-salt", made(2048), "sha256", "sha256", 20, public=pss_key(parameters("sha256", "sha256", 32)))
    pss("refused-psskey2048-other-digest", made(2048), "sha256", "sha256", 32, public=pss_key(parameters("sha512", "sha256", 32)))
    pss("refused-psskey2048-other-mask", made(2048), "sha256", "sha256", 32, public=pss_key(parameters("sha256", "sha1", 32)))
    pkcs1("refused-psskey2048-pkcs1", made(2048), "sha256", public=pss_key())


def ec():
    curves = ["prime192v1", "secp224r1", "prime256v1", "secp384r1", "secp521r1", "secp256k1"]
    curves += [f"brainpoolP{bits}{kind}1" for bits in (256, 384) for kind in "rt"]

    def made(curve):
        return key(f"ec-{curve}", "-algorithm", "EC", "-pkeyopt", f"ec_paramgen_curve:{curve}", "-pkeyopt", "ec_param_enc:named_curve")

    def ecdsa(name, path, digest, *form):
        certificate(name, sequence(oid(ECDSA[digest])), spki(path, *form), openssl(path, digest))

    for curve in curves:
        ecdsa(f"ec-{curve}-explicit", made(curve), "sha256", "-ec_param_enc", "explicit")
        ecdsa(f"ec-{curve}-compressed", made(curve), "sha384", "-ec_conv_form", "compressed")
        for digest in ("sha3-224", "sha3-256", "sha3-384", "sha3-512"):
            ecdsa(f"ec-{curve}-{digest}", made(curve), digest)
    for place, bits in enumerate(["128", "256"]):
        sign = java(made("prime256v1"), "EC", f"SHAKE{bits}WITHECDSA")
        certificate(f"ec-prime256v1-shake{bits}", sequence(oid(f"1.3.6.1.5.5.7.6.{32 + place}")), spki(made("prime256v1")), sign)
    for digest in ("sha1", "sha224", "sha256", "sha384", "sha512"):
        for curve in ("brainpoolP256t1", "brainpoolP384t1"):
            ecdsa(f"ec-{curve}-{digest}", made(curve), digest)
    ecdsa("ec-prime256v1-explicit-compressed", made("prime256v1"), "sha256", "-ec_param_enc", "explicit", "-ec_conv_form", "compressed")
    ecdsa("unsupported-ec-prime256v1-hybrid", made("prime256v1"), "sha256", "-ec_conv_form", "hybrid")
    # Another generator of the same group: twice the usual one would do, a negated one is as wrong and easier to make.
    explicit = spki(made("secp384r1"), "-ec_param_enc", "explicit")
    other = explicit.replace(bytes.fromhex("7a431d7c90ea0e5f"), bytes.fromhex("7a431d7c90ea0e5e"), 1)
    assert other != explicit
    certificate("unsupported-ec-secp384r1-other-generator", sequence(oid(ECDSA["sha256"])), other, openssl(made("secp384r1"), "sha256"))


def dsa():
    def made(p, q):
        path = WORK / f"dsa{p}-{q}.parameters"
        if not path.exists():
            options = ["-pkeyopt", f"dsa_paramgen_bits:{p}", "-pkeyopt", f"dsa_paramgen_q_bits:{q}"]
            path.write_bytes(run("openssl", "genpkey", "-genparam", "-algorithm", "DSA", *options))
        return key(f"dsa{p}-{q}", "-paramfile", path)

    for digest, dotted in DSA.items():
        certificate(f"dsa2048-256-{digest}", sequence(oid(dotted)), spki(made(2048, 256)), openssl(made(2048, 256), digest))
    for p, q in [(1024, 160), (2048, 224), (1024, 224), (3072, 256)]:
        certificate(f"dsa{p}-{q}-sha512", sequence(oid(DSA["sha512"])), spki(made(p, q)), openssl(made(p, q), "sha512"))
    certificate("dsa1024-160-oiw-sha1", sequence(oid("1.3.14.3.2.27")), spki(made(1024, 160)), openssl(made(1024, 160), "sha1"))

    # A chain of three, whose intermediate leaves its parameters to the root (RFC 3279 2.3.2).
    root, sha256 = made(2048, 256), sequence(oid(DSA["sha256"]))
    heir = key("dsa-heir", "-paramfile", WORK / "dsa2048-256.parameters")
    whole = spki(heir)
    own = whole[whole.rindex(bytes([3, 0x82, 1])) :]  # the BIT STRING
    (OUT / "inherited").mkdir(exist_ok=True)
    certificate("inherited/root", sha256, spki(root), openssl(root, "sha256"))
    certificate("inherited/heir", sha256, sequence(sequence(oid("1.2.840.10040.4.1")), own), openssl(root, "sha256"), "inherited/root")
    certificate("inherited/leaf", sha256, spki(root), openssl(heir, "sha256"), "inherited/heir")


def slh_dsa():
    sets = [f"{family}-{size}{kind}" for family in ("sha2", "shake") for size in (128, 192, 256) for kind in "sf"]
    for place, name in enumerate(sets):
        path = WORK / f"slh-dsa-{name}.key"
        if not path.exists():
            path.write_bytes(run(NODE, HERE / "slh-dsa.mjs", f"slh-dsa-{name}"))
        public = bytes.fromhex(run(NODE, HERE / "slh-dsa.mjs", "public", path).decode())
        certificate(f"slh-dsa-{name}", sequence(oid(f"{NIST}.3.{20 + place}")), public,
                    lambda tbs: bytes.fromhex(run(NODE, HERE / "slh-dsa.mjs", "sign", path, stdin=tbs).decode()))  # fmt: skip


rsa()
ec()
dsa()
slh_dsa()
