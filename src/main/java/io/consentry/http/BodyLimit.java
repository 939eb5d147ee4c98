package io.consentry.http;

import io.consentry.kernel.FaultException;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts the body of a request that hid its length, and cuts it off with 413 (RFC 9110 §15.5.14); what says its length is
 * refused before it is read.
 */
@Provider
@ConstrainedTo(RuntimeType.SERVER)
class BodyLimit implements ReaderInterceptor {

    /** In bytes. The HTTP layer's own limit lies above it, since that one answers without a word. */
    static final int LARGEST = 64 * 1024;

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        context.setInputStream(new Counted(context.getInputStream()));
        return context.proceed();
    }

    private static final class Counted extends FilterInputStream {

        private int read;

        Counted(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = super.read(into, offset, length);
            count(Math.max(0, some));
            return some;
        }

        private void count(int more) {
            read += more;
            if (read > LARGEST) {
                throw new FaultException(FaultMappers.framework(FaultMappers.TOO_LARGE));
            }
        }
    }
}
