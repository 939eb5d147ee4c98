/** TLS and mutual TLS of the whole program, met over sockets. */
package io.consentry.program.tls;
