// oauth4webapi 3: the same flow from its smaller parts, for every ready-made client, first as OpenID Connect, then as plain
// OAuth by RFC 8414 metadata. It validates the ID token's issuer, audience, times and nonce, the record's issuer, audience and
// subject, and, as it is told to here, the signatures of both by the published keys.
import * as oauth from 'oauth4webapi'
import { compactDecrypt, importJWK } from 'jose'
import { decide, keyFor, readyClients, report } from './sandbox.mjs'

const base = process.argv[2]
const insecure = { [oauth.allowInsecureRequests]: true }
const issuer = new URL(`${base}/fapi`)

// The nonce that a refused push brings is known to the DPoP handle from then on; no later request needs a second try.
async function withNonce(send) {
  try {
    return await send()
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error
    return send()
  }
}

for (const ready of await readyClients(base, process.argv[3])) {
  for (const algorithm of ['oidc', 'oauth2']) {
    const server = await oauth.processDiscoveryResponse(
      issuer, await oauth.discoveryRequest(issuer, { algorithm, ...insecure }))
    const client = { client_id: ready.client_id }
    const signing = keyFor(ready, 'sig')
    const authentication = oauth.PrivateKeyJwt({ key: await importJWK(signing, signing.alg), kid: signing.kid })
    const encryption = keyFor(ready, 'enc')
    const sealed = encryption ? { [oauth.jweDecrypt]: await opener(encryption) } : {}
    const DPoP = oauth.DPoP(client, await oauth.generateKeyPair(signing.alg))
    const verifier = oauth.generateRandomCodeVerifier()
    const state = oauth.generateRandomState()
    const nonce = algorithm === 'oidc' ? oauth.generateRandomNonce() : undefined
    const redirectUri = ready.redirect_uris[0]
    const parameters = new URLSearchParams({
      client_id: client.client_id, redirect_uri: redirectUri, response_type: 'code', state,
      scope: nonce ? ready.scope : ready.scope.replace('openid ', ''),
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' })
    if (nonce) parameters.set('nonce', nonce)

    const pushed = await withNonce(async () => oauth.processPushedAuthorizationResponse(server, client,
      await oauth.pushedAuthorizationRequest(server, client, authentication, parameters, { DPoP, ...insecure })))
    const returned = await decide(base, client.client_id, pushed.request_uri)
    const callback = oauth.validateAuthResponse(server, client, returned, state)
    const redeemed = await oauth.authorizationCodeGrantRequest(
      server, client, authentication, callback, redirectUri, verifier, { DPoP, ...insecure })
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, redeemed,
      nonce ? { expectedNonce: nonce, requireIdToken: true, ...sealed } : sealed)
    if (nonce) await oauth.validateApplicationLevelSignature(server, redeemed, insecure)
    if (!nonce && tokens.id_token) throw new Error('an ID token that nobody asked for')
    const subject = nonce ? oauth.getValidatedIdTokenClaims(tokens).sub : oauth.skipSubjectCheck
    const fetched = await oauth.userInfoRequest(server, client, tokens.access_token, { DPoP, ...insecure })
    const signed = fetched.headers.get('content-type').startsWith('application/jwt')
    const record = await oauth.processUserInfoResponse(server, client, subject, fetched, sealed)
    if (signed) await oauth.validateApplicationLevelSignature(server, fetched, insecure)
    report(ready, record)
  }
}

async function opener(jwk) {
  const key = await importJWK(jwk, 'ECDH-ES+A256KW')
  return async (jwe) => new TextDecoder().decode((await compactDecrypt(jwe, key)).plaintext)
}
