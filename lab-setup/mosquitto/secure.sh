#!/bin/sh
# Makes what secured.conf needs, in the current folder: certificates, accounts, passwords.
#
#   ./secure.sh BROKER[,BROKER...] [ACCOUNT...]
#   ./secure.sh broker.lab,192.168.10.2 pv-p33 battery-p18
#
# BROKER is each name or address under which clients reach the broker; it goes into the certificate.
# ACCOUNT is the id of a device whose gateway logs in; "controller" is always made. For negotiations
# between processes name "dso" and the prosumers in lower case as well:
#   ./secure.sh broker.lab dso p18 p33
# and see to it that each of them has its two lines at the end of acl.
#
# Run it again to add accounts or to renew the broker's certificate: the authority and passwords
# that exist are kept. To withdraw an account, delete accounts/NAME.password and run it again.
set -eu
umask 077

refuse() {
  echo "secure.sh: $1" >&2
  exit 2
}

[ $# -ge 1 ] || refuse "give the broker's name or address, then the ids of the gateways"
brokers=$1
shift
for tool in openssl mosquitto_passwd; do
  command -v "$tool" >/dev/null || refuse "needs $tool on the path"
done

case $brokers in
  *[!A-Za-z0-9.:,-]*) refuse "\"$brokers\" is no host name or address, nor several with commas" ;;
esac
san=
for broker in $(echo "$brokers" | tr ',' ' '); do
  case $broker in
    *:*) kind=IP ;;
    *[!0-9.]*) kind=DNS ;;
    *) kind=IP ;;
  esac
  san=$san${san:+,}$kind:$broker
done
[ -n "$san" ] || refuse "\"$brokers\" names no broker"
for account in "$@"; do
  case $account in
    '' | *[!a-z0-9_-]*) refuse "account \"$account\": allowed are 1 to 64 of a-z 0-9 _ -" ;;
  esac
  [ ${#account} -le 64 ] || refuse "account \"$account\" is longer than 64 characters"
done

mkdir -p certs accounts
key='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
if [ ! -f certs/ca.key ]; then
  # shellcheck disable=SC2086
  openssl req -x509 $key -sha256 -days 3650 -subj '/CN=bench authority' \
    -addext 'keyUsage=critical,keyCertSign,cRLSign' \
    -keyout certs/ca.key -out certs/ca.crt 2>/dev/null || refuse "openssl cannot make an authority"
fi
cat >certs/broker.ext <<END
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
subjectAltName=$san
END
# shellcheck disable=SC2086
openssl req $key -sha256 -subj '/CN=bench broker' \
  -keyout certs/broker.key -out certs/broker.csr 2>/dev/null || refuse "openssl cannot make a key"
openssl x509 -req -sha256 -days 825 -in certs/broker.csr -CA certs/ca.crt -CAkey certs/ca.key \
  -set_serial "0x$(openssl rand -hex 16)" -extfile certs/broker.ext -out certs/broker.crt \
  2>/dev/null || refuse "openssl cannot sign for $san"
rm certs/broker.csr certs/broker.ext
chmod 644 certs/ca.crt

for account in controller "$@"; do
  [ -f "accounts/$account.password" ] || openssl rand -hex 24 >"accounts/$account.password"
done
for file in accounts/*.password; do
  printf '%s:%s\n' "$(basename "$file" .password)" "$(cat "$file")"
done >passwords
mosquitto_passwd -U passwords

echo "certs/ca.crt      give it to every client (broker_ca in a fleet file)"
echo "certs/ca.key      keep it off the network: whoever has it can pose as the broker"
echo "accounts/*        one password each: give it to that client alone"
echo "passwords         what the broker reads; it listens as: $san"
