// oauth4webapi 3: the same flow from its smaller parts, first as OpenID Connect, then as plain OAuth by RFC 8414 metadata.
import * as oauth from 'oauth4webapi'
import { importJWK } from 'jose'
import { decide, keyFor, readyClients, report } from './sandbox.mjs'

const base = process.argv[2]
const insecure = { [oauth.allowInsecureRequests]: true }
const issuer = new URL(`${base}/fapi`)

const ready = await readyClients(base, process.argv[3])
const plain = process.argv[3] ? ready[0] : ready.find((client) => client.client_id === 'plain-lender')

// The nonce that a refused push brings is known to the DPoP handle from then on; no later request needs a second try.
async function withNonce(send) {
  try {
    return await send()
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error
    return send()
  }
}

for (const algorithm of ['oidc', 'oauth2']) {
  const server = await oauth.processDiscoveryResponse(
    issuer, await oauth.discoveryRequest(issuer, { algorithm, ...insecure }))
  const client = { client_id: plain.client_id }
  const signing = keyFor(plain, 'sig')
  const authentication = oauth.PrivateKeyJwt({ key: await importJWK(signing, signing.alg), kid: signing.kid })
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'))
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const nonce = algorithm === 'oidc' ? oauth.generateRandomNonce() : undefined
  const redirectUri = plain.redirect_uris[0]
  const parameters = new URLSearchParams({
    client_id: client.client_id, redirect_uri: redirectUri, response_type: 'code', state,
    scope: nonce ? plain.scope : plain.scope.replace('openid ', ''),
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' })
  if (nonce) parameters.set('nonce', nonce)

  const pushed = await withNonce(async () => oauth.processPushedAuthorizationResponse(server, client,
    await oauth.pushedAuthorizationRequest(server, client, authentication, parameters, { DPoP, ...insecure })))
  const returned = await decide(base, client.client_id, pushed.request_uri)
  const callback = oauth.validateAuthResponse(server, client, returned, state)
  const tokens = await oauth.processAuthorizationCodeResponse(server, client,
    await oauth.authorizationCodeGrantRequest(
      server, client, authentication, callback, redirectUri, verifier, { DPoP, ...insecure }),
    nonce ? { expectedNonce: nonce, requireIdToken: true } : undefined)
  const subject = nonce ? oauth.getValidatedIdTokenClaims(tokens).sub : oauth.skipSubjectCheck
  report(plain, await oauth.processUserInfoResponse(server, client, subject,
    await oauth.userInfoRequest(server, client, tokens.access_token, { DPoP, ...insecure })))
}
