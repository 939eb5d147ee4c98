package io.consentry.token;

import java.util.List;

/**
 * A refresh token that is good as it stands.
 *
 * @param hash of the token, under which it is stored
 * @param protocolScope the scopes outside the catalogue that were asked for with it
 */
public record RefreshToken(TokenFamily family, byte[] hash, List<String> protocolScope) {}
