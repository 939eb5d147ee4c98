// Checks a receipt as io.consentry.verify.ReceiptCheck does, in the browser: its event in RFC 8785 form, the commitment to it, its leaf
// hash, the proof, the checkpoint's signatures, the promise. Answers { verdict, why, steps: [{ what, state, said }] }.

const MEMBERS = ['receipt', 'state', 'event', 'opening', 'leaf_hash', 'log', 'promise', 'proof', 'record', 'count'];

/** RFC 8785: members in the order of their UTF-16 units, numbers and strings as ECMAScript writes them, no white space. */
export function canonical(value) {
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw new Error('The event has half a character.');
  }
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (value !== null && typeof value === 'object') {
    return `{${Object.keys(value)
      .sort()
      .map((name) => `${canonical(name)}:${canonical(value[name])}`)
      .join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Error('The event has a number that is none.');
  }
  return JSON.stringify(value);
}

function parse(text) {
  let receipt;
  try {
    receipt = JSON.parse(text);
  } catch {
    throw new Error('The file is no JSON.');
  }
  if (receipt === null || typeof receipt !== 'object' || receipt.receipt !== 'consentry.receipt/v1') {
    throw new Error('The file is no receipt of the form consentry.receipt/v1.');
  }
  const unknown = Object.keys(receipt).find((name) => !MEMBERS.includes(name));
  if (unknown) {
    throw new Error(`A receipt of this form has no member ${unknown}.`);
  }
  if (!['promised', 'included', 'witnessed'].includes(receipt.state)) {
    throw new Error('Its state is none of promised, included, witnessed.');
  }
  const texts = [receipt.opening, receipt.leaf_hash, receipt.log?.origin, receipt.promise ?? '', receipt.proof ?? ''];
  if (texts.some((each) => typeof each !== 'string') || receipt.event === null || typeof receipt.event !== 'object') {
    throw new Error('A member is missing, or is not what it should be.');
  }
  return receipt;
}

const base64Url = (text) => text.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (text.length % 4)) % 4);

/**
 * @param {string} text the receipt's file
 * @param {object} policy as tlog.parsePolicy gives it
 * @param {object | null} keys the service's JWK Set, or nothing to leave the promise unchecked
 * @param {object} tlog the module of that name
 */
export async function check(text, policy, keys, tlog) {
  const steps = [];
  const holds = (what, said) => steps.push({ what, state: 'holds', said });
  const notChecked = (what, said) => steps.push({ what, state: 'not-checked', said });
  const refuse = (what, said) => {
    steps.push({ what, state: 'fails', said });
    return { verdict: 'refused', why: said, steps };
  };

  let receipt;
  try {
    receipt = parse(text);
  } catch (error) {
    return refuse('The receipt', error.message);
  }
  holds('The receipt', `It is a receipt, and says of itself that it is ${receipt.state}.`);

  let leaf;
  try {
    leaf = await tlog.leafHash(await commitment(receipt, tlog));
    if (!tlog.equal(leaf, tlog.bytesOf(receipt.leaf_hash))) {
      return refuse('The event', 'Its event and opening do not come to its leaf hash. One of the three was altered.');
    }
  } catch (error) {
    return refuse('The event', error.message);
  }
  holds('The event', `Its event and opening come to the leaf hash ${receipt.leaf_hash}.`);

  let by = null;
  if (receipt.promise !== undefined) {
    try {
      by = await promise(receipt, keys, tlog);
    } catch (error) {
      return refuse('The promise', error.message);
    }
    if (by === null) {
      notChecked('The promise', 'It is about this entry; its signature was not checked, for want of the service’s keys.');
    } else {
      holds('The promise', `The service has signed that the entry would be in its log by ${by}.`);
    }
  }
  notChecked(
    'The rest',
    'What the receipt adds to the event (record, count, the number of the log) is covered by no signature, and whether what the ' +
      'event says is true no log can tell.',
  );
  if (receipt.proof === undefined) {
    if (receipt.state !== 'promised') {
      return refuse('The proof', `The receipt says that it is ${receipt.state}, but has no proof.`);
    }
    return by === null
      ? refuse('The proof', 'There is no proof yet, and no promise whose signature could be checked: nothing shows anything.')
      : { verdict: 'promised', by, steps };
  }
  return checkProof();

  async function checkProof() {
    let proof;
    try {
      proof = tlog.parseProof(receipt.proof);
    } catch (error) {
      return refuse('The proof', error.message);
    }
    const { checkpoint } = proof;
    if (checkpoint.origin !== receipt.log.origin) {
      return refuse('The proof', `It is of the log ${checkpoint.origin}, but the receipt of ${receipt.log.origin}.`);
    }
    if (!(await tlog.leads(proof, leaf))) {
      return refuse(
        'The proof',
        `It does not lead from this entry, as number ${proof.index} of ${checkpoint.size}, to the root of the checkpoint.`,
      );
    }
    holds(
      'The proof',
      `It leads from this entry, as number ${proof.index} (from 0) of ${checkpoint.size}, to the root of the checkpoint.`,
    );
    const judged = await tlog.judge(policy, proof.note, checkpoint);
    if (judged.why) {
      return refuse('The checkpoint', `It is not to be believed: ${judged.why}`);
    }
    return signed(judged, checkpoint, proof.index);
  }

  function signed(judged, checkpoint, index) {
    if (judged.isChecked) {
      holds('The checkpoint', `It is signed by the log ${checkpoint.origin}.`);
    } else {
      notChecked(
        'The checkpoint',
        judged.lacksEd25519
          ? 'This browser cannot check Ed25519 signatures, so whose checkpoint it is stays open. Everything else was checked.'
          : 'It is signed in a way that browsers cannot check, so whose checkpoint it is stays open.',
      );
    }
    if (judged.lacksMlDsa) {
      notChecked('The second signature', 'There is one by ML-DSA-44, which browsers cannot check; scripts/verify can.');
    }
    if (!judged.isChecked) {
      return { verdict: 'open', origin: checkpoint.origin, index, steps };
    }
    if (judged.isWitnessed) {
      holds('Witnesses', `Enough of the policy’s witnesses have seen this checkpoint: ${judged.witnesses.join(', ')}.`);
      return { verdict: 'witnessed', origin: checkpoint.origin, index, witnesses: judged.witnesses, steps };
    }
    notChecked(
      'Witnesses',
      policy.asksForWitnesses
        ? 'Not enough of the policy’s witnesses have seen this checkpoint; a later proof may have more.'
        : 'The policy names none that it asks for.',
    );
    return { verdict: 'included', origin: checkpoint.origin, index, steps };
  }
}

/** What the log has of an event: 0x01 ‖ HMAC-SHA-256(opening, canonical event). */
async function commitment(receipt, tlog) {
  const opening = tlog.bytesOf(receipt.opening);
  if (opening.length !== 32) {
    throw new Error('The opening has not 32 bytes.');
  }
  const key = await crypto.subtle.importKey('raw', opening, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(canonical(receipt.event)));
  return Uint8Array.of(1, ...new Uint8Array(mac));
}

/** By when the service has promised the entry; null where the signature cannot be checked. Throws when it is not so. */
async function promise(receipt, keys, tlog) {
  const parts = receipt.promise.split('.');
  let header;
  let claims;
  let signature;
  try {
    const text = (part) => new TextDecoder('utf-8', { fatal: true }).decode(tlog.bytesOf(base64Url(part)));
    header = JSON.parse(text(parts[0]));
    claims = JSON.parse(text(parts[1]));
    signature = tlog.bytesOf(base64Url(parts[2]));
  } catch {
    throw new Error('It cannot be read.');
  }
  if (parts.length !== 3 || header.typ !== 'consentry-promise+jwt' || header.alg !== 'ES256' || !Number.isInteger(claims.promised_by)) {
    throw new Error('It is no promise.');
  }
  if (claims.origin !== receipt.log.origin || claims.leaf_hash !== receipt.leaf_hash) {
    throw new Error('It is about another entry or another log.');
  }
  if (keys === null) {
    return null;
  }
  const jwk = keys.keys.find((key) => key.kid === header.kid);
  if (!jwk) {
    throw new Error('It is signed by a key that this service does not have.');
  }
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await crypto.subtle.importKey('jwk', { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y }, curve, false, ['verify']);
  const message = new TextEncoder().encode(`${parts[0]}.${parts[1]}`);
  if (!(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, message))) {
    throw new Error('Its signature is not valid.');
  }
  return new Date(claims.promised_by * 1000).toISOString();
}
