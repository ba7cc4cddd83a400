#!/bin/bash
# Asks real servers for their certificates: each protocol's STARTTLS at a server from Debian's packages, and two real proxies.
# Needs root (the servers drop to users of their own) and the packages below, which it installs where they are missing. Everything
# runs on loopback in a folder of its own, and is stopped at the end.
#
#   tests/servers/run.sh [BINARY]
set -uo pipefail
cd "$(dirname "$0")/../.."
binary=$(realpath "${1:-target/debug/crossroots}")
export DEBIAN_FRONTEND=noninteractive CROSSROOTS_CONFIG=
packages="postfix dovecot-imapd dovecot-pop3d dovecot-managesieved dovecot-lmtpd slapd postgresql mariadb-server vsftpd prosody tinyproxy microsocks"
dpkg -s $packages >/dev/null 2>&1 || apt-get install -y --no-install-recommends $packages >/dev/null || exit 2

work=$(mktemp -d) && chmod 755 "$work" && cd "$work"
pids=()
stop() {
  postfix -c "$work/postfix" stop >/dev/null 2>&1
  kill "${pids[@]}" 2>/dev/null
  wait 2>/dev/null
  rm -rf "$work"
}
trap stop EXIT

openssl req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -subj "/CN=Servers Root" -days 30 2>/dev/null
openssl req -newkey rsa:2048 -nodes -keyout key.pem -out leaf.csr -subj "/CN=servers.test" 2>/dev/null
openssl x509 -req -in leaf.csr -CA root.pem -CAkey root.key -CAcreateserial -days 30 -out leaf.pem \
  -extfile <(printf "subjectAltName=DNS:servers.test\nextendedKeyUsage=serverAuth\n") 2>/dev/null
cat leaf.pem root.pem > cert.pem
chmod 644 cert.pem key.pem

run() { "$@" >> "$work/log" 2>&1 & pids+=($!); }

# smtp
mkdir -p postfix queue data && chown postfix data
cat > postfix/main.cf <<EOF
compatibility_level = 3.6
queue_directory = $work/queue
data_directory = $work/data
mail_owner = postfix
inet_interfaces = loopback-only
mydestination =
smtpd_tls_cert_file = $work/cert.pem
smtpd_tls_key_file = $work/key.pem
smtpd_tls_security_level = may
maillog_file = /var/log/crossroots-postfix.log
EOF
cat > postfix/master.cf <<EOF
127.0.0.1:45025 inet n - n - - smtpd
postlog unix-dgram n - n - 1 postlogd
rewrite unix - - n - - trivial-rewrite
cleanup unix n - n - 0 cleanup
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
EOF
postfix -c "$work/postfix" start >> log 2>&1

# imap, pop3, sieve, lmtp
mkdir dovecot
cat > dovecot.conf <<EOF
base_dir = $work/dovecot
log_path = $work/dovecot.log
protocols = imap pop3 sieve lmtp
ssl = yes
ssl_cert = <$work/cert.pem
ssl_key = <$work/key.pem
mail_location = maildir:$work/mail
listen = 127.0.0.1
service imap-login {
  inet_listener imap {
    port = 45143
  }
  inet_listener imaps {
    port = 45993
  }
}
service pop3-login {
  inet_listener pop3 {
    port = 45110
  }
  inet_listener pop3s {
    port = 0
  }
}
service managesieve-login {
  inet_listener sieve {
    port = 45190
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = 45024
  }
}
passdb {
  driver = static
  args = nopassword=y
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=$work/mail
}
EOF
run dovecot -F -c "$work/dovecot.conf"

# ldap
mkdir ldap && cat > slapd.conf <<EOF
include /etc/ldap/schema/core.schema
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCertificateFile $work/cert.pem
TLSCertificateKeyFile $work/key.pem
TLSCACertificateFile $work/root.pem
database mdb
suffix "dc=test"
directory $work/ldap
EOF
run slapd -d 0 -f slapd.conf -h ldap://127.0.0.1:45389

# postgres
pg=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
mkdir pg && chown postgres pg && install -o postgres -m 600 key.pem pg.key && install -o postgres cert.pem pg.crt
su postgres -c "$pg/initdb -D $work/pg/data" >> log 2>&1
run su postgres -c "$pg/postgres -D $work/pg/data -p 45432 -h 127.0.0.1 -k $work/pg -c ssl=on -c ssl_cert_file=$work/pg.crt -c ssl_key_file=$work/pg.key"

# mysql
mkdir my && chown mysql my
mariadb-install-db --user=mysql --datadir="$work/my" --skip-test-db >> log 2>&1
run mariadbd --no-defaults --user=mysql --datadir="$work/my" --socket="$work/my/s" --pid-file="$work/my/pid" --bind-address=127.0.0.1 --port=45306 \
  --ssl-cert="$work/cert.pem" --ssl-key="$work/key.pem" --ssl-ca="$work/root.pem"

# ftp
mkdir -p empty && cat > vsftpd.conf <<EOF
listen=YES
listen_address=127.0.0.1
listen_port=45021
background=NO
secure_chroot_dir=$work/empty
anonymous_enable=NO
local_enable=YES
ssl_enable=YES
rsa_cert_file=$work/cert.pem
rsa_private_key_file=$work/key.pem
EOF
run vsftpd vsftpd.conf

# xmpp
mkdir prosody && cp cert.pem prosody/servers.test.crt && cp key.pem prosody/servers.test.key && chown -R prosody prosody
cat > prosody.cfg.lua <<EOF
run_as_root = false
data_path = "$work/prosody"
pidfile = "$work/prosody/pid"
interfaces = { "127.0.0.1" }
c2s_ports = { 45222 }
s2s_ports = { 45269 }
modules_enabled = { "tls", "saslauth", "s2s", "c2s" }
modules_disabled = { "http" }
ssl = { key = "$work/prosody/servers.test.key", certificate = "$work/prosody/servers.test.crt" }
log = { error = "$work/prosody/log" }
VirtualHost "servers.test"
EOF
run su prosody -s /bin/bash -c "prosody --config $work/prosody.cfg.lua -F"

# proxies
cat > tinyproxy.conf <<EOF
Port 45128
Listen 127.0.0.1
Timeout 30
Allow 127.0.0.1
BasicAuth me secret
EOF
run tinyproxy -d -c tinyproxy.conf
run microsocks -i 127.0.0.1 -p 45080 -u me -P secret

failed=0
check() { # NAME ARGUMENTS...
  local name=$1 out code
  shift
  # Servers take a while to come up.
  for _ in $(seq 12); do
    out=$("$binary" report "$@" --servername servers.test --trust "own=$work/root.pem" --purpose server --timeout 3 2>&1)
    code=$?
    [ $code = 0 ] && break
    [ "${once:-}" ] && break
    sleep 0.5
  done
  local said
  said=$(tr -s '\n ' '  ' <<< "$out" | grep -m1 -oE 'at 127[^;]*(TLS 1\.[23])' || tail -1 <<< "$out")
  if [ $code = "${wanted:-0}" ]; then printf 'ok    %-24s %s\n' "$name" "$said"; else printf 'FAIL  %-24s code %s: %s\n' "$name" "$code" "$said"; failed=1; fi
}
check "smtp (postfix)" smtp://127.0.0.1:45025
check "imap (dovecot)" imap://127.0.0.1:45143
check "imaps (dovecot)" imaps://127.0.0.1:45993
check "pop3 (dovecot)" pop3://127.0.0.1:45110
check "sieve (dovecot)" sieve://127.0.0.1:45190
check "lmtp (dovecot)" lmtp://127.0.0.1:45024
check "ldap (slapd)" ldap://127.0.0.1:45389
check "postgres" postgres://127.0.0.1:45432
check "mysql (mariadb)" mysql://127.0.0.1:45306
check "ftp (vsftpd)" ftp://127.0.0.1:45021
check "xmpp (prosody)" xmpp://127.0.0.1:45222
check "xmpp-server (prosody)" xmpp-server://127.0.0.1:45269
check "--starttls smtp" 127.0.0.1:45025 --starttls smtp
check "CONNECT (tinyproxy)" imaps://127.0.0.1:45993 --proxy http://me:secret@127.0.0.1:45128
check "CONNECT and STARTTLS" smtp://127.0.0.1:45025 --proxy http://me:secret@127.0.0.1:45128
check "SOCKS5 (microsocks)" postgres://127.0.0.1:45432 --proxy socks5://me:secret@127.0.0.1:45080
once=1 wanted=3 check "wrong proxy password" imaps://127.0.0.1:45993 --proxy http://me:wrong@127.0.0.1:45128
once=1 wanted=3 check "wrong SOCKS5 password" imaps://127.0.0.1:45993 --proxy socks5://me:wrong@127.0.0.1:45080
once=1 wanted=3 check "wrong protocol" imap://127.0.0.1:45025
[ $failed = 0 ] || { tail -30 "$work/log" >&2; exit 1; }
