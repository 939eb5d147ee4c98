// openid-client 6: the whole flow, with an ID token where the client asks for openid and without where it does not, and with a
// refresh where it gets a refresh token. It validates the ID token in full (signature too, as it is told to here) and the
// record's signature, issuer, audience and subject.
import * as oidc from 'openid-client'
import { importJWK } from 'jose'
import { decide, keyFor, readyClients, report } from './sandbox.mjs'

const base = process.argv[2]

for (const client of await readyClients(base, process.argv[3])) {
  for (const scope of [client.scope, client.scope.replace('openid ', '')]) {
    const signing = keyFor(client, 'sig')
    const key = { key: await importJWK(signing, signing.alg), kid: signing.kid }
    const config = await oidc.discovery(
      new URL(`${base}/fapi`), client.client_id, undefined, oidc.PrivateKeyJwt(key),
      { execute: [oidc.allowInsecureRequests] })
    oidc.enableNonRepudiationChecks(config)
    const encryption = keyFor(client, 'enc')
    if (encryption) {
      oidc.enableDecryptingResponses(config, ['A256GCM', 'A256CBC-HS512'], {
        key: await importJWK(encryption, 'ECDH-ES+A256KW'), kid: encryption.kid, alg: 'ECDH-ES+A256KW' })
    }
    const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256'))
    const verifier = oidc.randomPKCECodeVerifier()
    const state = oidc.randomState()
    const nonce = scope.includes('openid') ? oidc.randomNonce() : undefined
    const parameters = {
      redirect_uri: client.redirect_uris[0], scope, state,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' }
    if (nonce) parameters.nonce = nonce

    const url = await oidc.buildAuthorizationUrlWithPAR(config, parameters, { DPoP })
    const returned = await decide(base, client.client_id, url.searchParams.get('request_uri'))
    const tokens = await oidc.authorizationCodeGrant(
      config, returned, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce }, undefined, { DPoP })
    if (nonce === undefined && tokens.id_token) throw new Error('an ID token that nobody asked for')
    const subject = tokens.claims()?.sub ?? oidc.skipSubjectCheck
    report(client, await oidc.fetchUserInfo(config, tokens.access_token, subject, { DPoP }))
    if (tokens.refresh_token) {
      // Periodic access: later, with a new key, without the person.
      const later = { DPoP: oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256')) }
      const fresh = await oidc.refreshTokenGrant(config, tokens.refresh_token, undefined, later)
      report(client, await oidc.fetchUserInfo(config, fresh.access_token, subject, later))
      await oidc.tokenRevocation(config, tokens.refresh_token)
    }
    await oidc.tokenRevocation(config, tokens.access_token)
  }
}
