// node slh-dsa.mjs SET: a new private key, as PEM. node slh-dsa.mjs public|sign KEY: the SubjectPublicKeyInfo, or a signature over
// standard input, in hexadecimal. Needs a Node whose OpenSSL is 3.5 or later.
import { readFileSync } from 'node:fs';
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

const [what, file] = process.argv.slice(2);
if (what === 'public') {
    console.log(createPublicKey(readFileSync(file)).export({ type: 'spki', format: 'der' }).toString('hex'));
} else if (what === 'sign') {
    console.log(sign(null, readFileSync(0), createPrivateKey(readFileSync(file))).toString('hex'));
} else {
    console.log(generateKeyPairSync(what).privateKey.export({ type: 'pkcs8', format: 'pem' }));
}
