package io.consentry.key;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import java.security.Signature;
import org.jboss.logging.Logger;

/** Puts the native crypto provider first when its library loads on this platform, and says which provider signs. */
@ApplicationScoped
class CryptoProvider {

    private static final Logger LOG = Logger.getLogger(CryptoProvider.class);

    void choose(@Observes @jakarta.annotation.Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start)
            throws NoSuchAlgorithmException {
        Throwable loading = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
        if (loading == null) {
            Security.removeProvider(AmazonCorrettoCryptoProvider.PROVIDER_NAME);
            Security.insertProviderAt(AmazonCorrettoCryptoProvider.INSTANCE, 1);
        } else {
            LOG.infof("The native crypto library does not load here (%s); the JDK's own signs", loading.getMessage());
        }
        LOG.infof(
                "Signatures by %s",
                Signature.getInstance("SHA256withECDSA").getProvider().getName());
    }
}
