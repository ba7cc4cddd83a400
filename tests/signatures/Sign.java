// Signs standard input: arguments are the algorithm, the kind of the key, and the key as a PKCS#8 DER file. For MD2, which OpenSSL 3 is
// built without (Java's own provider has it), MD4, which OpenSSL 3.0 signs under a wrong identifier (digestAlgorithm 3 for 4), and SHAKE
// with RSA and ECDSA, which it does not sign (Bouncy Castle has those three).
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

class Sign {
    public static void main(String[] arguments) throws Exception {
        var castle = Class.forName("org.bouncycastle.jce.provider.BouncyCastleProvider");
        Security.addProvider((Provider) castle.getDeclaredConstructor().newInstance());
        var key = new PKCS8EncodedKeySpec(Files.readAllBytes(Path.of(arguments[2])));
        var signature = Signature.getInstance(arguments[0]);
        signature.initSign(KeyFactory.getInstance(arguments[1]).generatePrivate(key));
        signature.update(System.in.readAllBytes());
        System.out.write(signature.sign());
        System.out.flush();
    }
}
