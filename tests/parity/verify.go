// verify ROOTS.pem INTERMEDIATES.pem UNIX-TIME
//
// Says which valid chains Go's x509 finds for every intermediate. A line each: the SHA-256 of the target, a word, and then
//
//	parse REASON         the certificate cannot be read
//	chain SHA-256 ...    a chain from the target to a root
//	none REASON          no chain
package main

import (
	"bufio"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

func fingerprint(der []byte) string {
	return fmt.Sprintf("%x", sha256.Sum256(der))
}

// blocks gives the DER of every block, read or not.
func blocks(path string) (ders [][]byte) {
	rest, err := os.ReadFile(path)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	for block, rest := pem.Decode(rest); block != nil; block, rest = pem.Decode(rest) {
		ders = append(ders, block.Bytes)
	}
	return ders
}

func pool(out *bufio.Writer, path string) (*x509.CertPool, []*x509.Certificate) {
	pool, read := x509.NewCertPool(), []*x509.Certificate{}
	for _, der := range blocks(path) {
		certificate, err := x509.ParseCertificate(der)
		if err != nil {
			fmt.Fprintf(out, "%s parse %v\n", fingerprint(der), err)
			continue
		}
		pool.AddCert(certificate)
		read = append(read, certificate)
	}
	return pool, read
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	seconds, err := strconv.ParseInt(os.Args[3], 10, 64)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	roots, _ := pool(out, os.Args[1])
	intermediates, targets := pool(out, os.Args[2])
	options := x509.VerifyOptions{
		Roots: roots, Intermediates: intermediates, CurrentTime: time.Unix(seconds, 0),
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	}
	for _, target := range targets {
		chains, err := target.Verify(options)
		own := fingerprint(target.Raw)
		if err != nil {
			fmt.Fprintf(out, "%s none %s\n", own, strings.ReplaceAll(err.Error(), "\n", " "))
		}
		for _, chain := range chains {
			fmt.Fprintf(out, "%s chain", own)
			for _, certificate := range chain {
				fmt.Fprintf(out, " %s", fingerprint(certificate.Raw))
			}
			fmt.Fprintln(out)
		}
	}
}
