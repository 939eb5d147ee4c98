// openid-client 5, still in wide use: its FAPI 2.0 client runs the flow for every ready-made client, as OpenID Connect and as
// plain OAuth. It validates the ID token in full and the record's signature, issuer, audience and subject, decrypting both
// where the client is registered so.
import { generateKeyPairSync } from 'node:crypto'
import { Issuer, generators } from 'openid-client-5'
import { decide, keyFor, readyClients, report } from './sandbox.mjs'

const base = process.argv[2]
const issuer = await Issuer.discover(`${base}/fapi`)

for (const ready of await readyClients(base)) {
  for (const scope of [ready.scope, ready.scope.replace('openid ', '')]) {
    const client = new issuer.FAPI2Client(registration(ready), ready.jwks)
    const DPoP = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    const code_verifier = generators.codeVerifier()
    const state = generators.state()
    const nonce = scope.includes('openid') ? generators.nonce() : undefined
    const redirect_uri = ready.redirect_uris[0]

    const pushed = await client.pushedAuthorizationRequest({
      response_type: 'code', redirect_uri, scope, state, nonce,
      code_challenge: generators.codeChallenge(code_verifier), code_challenge_method: 'S256' }, { DPoP })
    const returned = client.callbackParams((await decide(base, ready.client_id, pushed.request_uri)).href)
    const redeem = nonce ? client.callback : client.oauthCallback
    const tokens = await redeem.call(
      client, redirect_uri, returned, { code_verifier, state, nonce, response_type: 'code' }, { DPoP })
    if (!nonce && tokens.id_token) throw new Error('an ID token that nobody asked for')
    report(ready, await client.userinfo(nonce ? tokens : tokens.access_token, { DPoP }))
    await client.revoke(tokens.access_token)
  }
}

function registration(ready) {
  const encrypted = keyFor(ready, 'enc') !== undefined
  return {
    client_id: ready.client_id,
    redirect_uris: ready.redirect_uris,
    response_types: ['code'],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: keyFor(ready, 'sig').alg,
    id_token_signed_response_alg: 'ES256',
    dpop_bound_access_tokens: true,
    ...(ready.client_id === 'kopi-rental' && {
      id_token_encrypted_response_alg: 'ECDH-ES+A256KW', id_token_encrypted_response_enc: 'A256CBC-HS512' }),
    ...(ready.client_id !== 'plain-lender' && { userinfo_signed_response_alg: 'ES256' }),
    ...(encrypted && {
      userinfo_encrypted_response_alg: 'ECDH-ES+A256KW', userinfo_encrypted_response_enc: 'A256GCM' }),
  }
}
