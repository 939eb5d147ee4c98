// What every client here needs of the sandbox: the ready-made clients with their keys, and a person's decision.
import { readFile } from 'node:fs/promises'

// The sandbox's own, or those of a file in the same form. Those that ask for facts: a client that logs people in must say for
// what, which only clients written for Singpass know.
export async function readyClients(base, file) {
  const clients = file ? JSON.parse(await readFile(file)) : await (await fetch(`${base}/sandbox/clients`)).json()
  return clients.filter((client) => !client.scope.includes('user.identity'))
}

export async function decide(base, clientId, requestUri, uinfin = 'S9812381D') {
  const answer = await fetch(`${base}/sandbox/decisions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_id: clientId, request_uri: requestUri, uinfin, decision: 'approve' }),
  })
  if (!answer.ok) throw new Error(`decision refused: ${await answer.text()}`)
  return new URL((await answer.json()).redirect_to)
}

export function keyFor(client, use) {
  return client.jwks.keys.find((key) => key.use === use)
}

export function report(client, info) {
  const attributes = Object.keys(info.person_info).length
  if (attributes === 0) throw new Error(`${client.client_id} got an empty record`)
  console.log(`${client.client_id}: ${attributes} attributes, leaf ${info.consent.ledger.leaf_hash}`)
}
