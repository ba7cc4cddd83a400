// Signs standard input with RSA: arguments are the algorithm and a PKCS#8 DER file. For MD2, which OpenSSL 3 is built without, and MD4,
// which OpenSSL 3.0 signs under a wrong identifier (digestAlgorithm 3 for 4). Bouncy Castle, where on the class path, has MD4.
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

class RsaSign {
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].startsWith("MD4")) {
            var castle = Class.forName("org.bouncycastle.jce.provider.BouncyCastleProvider");
            Security.addProvider((Provider) castle.getDeclaredConstructor().newInstance());
        }
        var key = new PKCS8EncodedKeySpec(Files.readAllBytes(Path.of(arguments[1])));
        var signature = Signature.getInstance(arguments[0]);
        signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(key));
        signature.update(System.in.readAllBytes());
        System.out.write(signature.sign());
        System.out.flush();
    }
}
