package replctl.playbooks.real.ssh;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;

/** The library asks for a key factory by the name that Bouncy Castle gives to EC. */
final class EcdsaProvider extends Provider {
  EcdsaProvider() {
    super("replctl-ecdsa", "1", "ECDSA as another name of EC");
    put("KeyFactory.ECDSA", Keys.class.getName());
  }

  /** Hands on to the JDK's own. */
  public static final class Keys extends KeyFactorySpi {
    private final KeyFactory inner;

    /** Made by the JDK, by this name. */
    public Keys() throws NoSuchAlgorithmException {
      inner = KeyFactory.getInstance("EC");
    }

    @Override
    protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
      return inner.generatePublic(spec);
    }

    @Override
    protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
      return inner.generatePrivate(spec);
    }

    @Override
    protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> wanted)
        throws InvalidKeySpecException {
      return inner.getKeySpec(key, wanted);
    }

    @Override
    protected Key engineTranslateKey(Key key) throws InvalidKeyException {
      return inner.translateKey(key);
    }
  }
}
