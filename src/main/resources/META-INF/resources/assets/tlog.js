// The formats and the arithmetic of transparency logs (C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy, tlog-proof;
// RFC 6962), as io.consentry.tlog has them, with nothing but WebCrypto. What is not in order throws an Error with a sentence.

const utf8 = new TextEncoder();
const ED25519 = 1;
const ED25519_COSIGNATURE = 4;
const ML_DSA_44_COSIGNATURE = 6;
const KEY_BYTES = { [ED25519]: 32, [ED25519_COSIGNATURE]: 32, [ML_DSA_44_COSIGNATURE]: 1312 };

/** Bytes of base64 in its one canonical form. */
export function bytesOf(base64) {
  const text = /^[A-Za-z0-9+/]*={0,2}$/.test(base64) && base64.length % 4 === 0 ? atob(base64) : null;
  if (text === null || btoa(text) !== base64) {
    throw new Error('There is base64 that is not in its canonical form.');
  }
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

export function base64Of(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

function concat(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', concat(...parts)));
}

export const leafHash = (entry) => sha256(Uint8Array.of(0), entry);
const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);
export const equal = (one, other) => base64Of(one) === base64Of(other);

function hashOf(base64) {
  const hash = bytesOf(base64);
  if (hash.length !== 32) {
    throw new Error('There is a hash that has not 32 bytes.');
  }
  return hash;
}

function decimal(text) {
  if (!/^(0|[1-9][0-9]{0,17})$/.test(text)) {
    throw new Error(`There is no number where one should be: ${text}`);
  }
  return BigInt(text);
}

/** A verifier key, name+id+key. */
async function parseKey(vkey) {
  const [, name, id, rest] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  if (!name) {
    throw new Error(`This is no verifier key (name+id+key): ${vkey}`);
  }
  const material = bytesOf(rest);
  const key = { name, id: parseInt(id, 16), type: material[0], raw: material.slice(1), vkey };
  if (key.raw.length !== KEY_BYTES[key.type]) {
    throw new Error(`This verifier key is of a kind that is not known here: ${name}`);
  }
  const own = await sha256(utf8.encode(`${name}\n`), material);
  if (new DataView(own.buffer).getUint32(0) !== key.id) {
    throw new Error(`The id of this verifier key is not its own: ${name}`);
  }
  return key;
}

/** A policy file, or one verifier key alone. */
export async function parsePolicy(text) {
  if (/^\S+\+[0-9a-f]{8}\+\S+$/.test(text.trim())) {
    return { logs: [await parseKey(text.trim())], witnesses: new Map(), quorum: () => true, asksForWitnesses: false };
  }
  const policy = { logs: [], witnesses: new Map(), quorum: null, asksForWitnesses: false };
  const named = new Map();
  const members = new Set();
  const keys = new Set();
  const known = (name) => {
    if (!named.has(name)) {
      throw new Error(`No line of the policy before this one defines ${name}.`);
    }
    return named.get(name);
  };
  const define = (name, rule) => {
    if (name === 'none' || named.has(name)) {
      throw new Error(`The policy defines ${name} twice.`);
    }
    named.set(name, rule);
  };
  const addKey = async (vkey) => {
    const key = await parseKey(vkey);
    if (keys.has(base64Of(key.raw))) {
      throw new Error('The policy has one key on two lines.');
    }
    keys.add(base64Of(key.raw));
    return key;
  };
  for (const line of text.split('\n')) {
    const words = line.trim().split(/[ \t]+/);
    if (words[0] === '' || words[0].startsWith('#')) {
      continue;
    }
    if (words[0] === 'log' && (words.length === 2 || words.length === 3)) {
      policy.logs.push(await addKey(words[1]));
    } else if (words[0] === 'witness' && (words.length === 3 || words.length === 4)) {
      policy.witnesses.set(words[1], await addKey(words[2]));
      define(words[1], (seen) => seen.has(words[1]));
    } else if (words[0] === 'group' && words.length > 3) {
      const parts = words.slice(3).map((name) => {
        if (members.has(name)) {
          throw new Error(`The policy has ${name} in two groups.`);
        }
        members.add(name);
        return known(name);
      });
      const least = { all: parts.length, any: 1 }[words[2]] ?? Number(decimal(words[2]));
      if (least < 1 || least > parts.length) {
        throw new Error(`The group ${words[1]} asks for more than it has.`);
      }
      define(words[1], (seen) => parts.filter((part) => part(seen)).length >= least);
    } else if (words[0] === 'quorum' && words.length === 2 && policy.quorum === null) {
      policy.asksForWitnesses = words[1] !== 'none';
      policy.quorum = policy.asksForWitnesses ? known(words[1]) : () => true;
    } else {
      throw new Error(`This is no line of a policy: ${line}`);
    }
  }
  if (policy.quorum === null) {
    throw new Error('This is neither a verifier key nor a policy with a quorum line.');
  }
  return policy;
}

function parseNote(note) {
  const blank = note.lastIndexOf('\n\n');
  // eslint-disable-next-line no-control-regex
  if (blank < 0 || !note.endsWith('\n') || note.length === blank + 2 || /[\0-\x09\x0b-\x1f]/.test(note)) {
    throw new Error('The checkpoint is no signed note.');
  }
  const signatures = note
    .slice(blank + 2, -1)
    .split('\n')
    .map((line) => {
      const [, name, base64] = /^— ([^\s+]+) (\S+)$/.exec(line) ?? [];
      const all = name ? bytesOf(base64) : new Uint8Array();
      if (all.length <= 4) {
        throw new Error('The checkpoint has a line that is no signature.');
      }
      return { name, id: new DataView(all.buffer).getUint32(0), bytes: all.slice(4) };
    });
  return { text: note.slice(0, blank + 1), signatures };
}

function parseCheckpoint(text) {
  const lines = text.split('\n');
  if (lines.length < 4 || lines[0] === '' || lines.at(-1) !== '') {
    throw new Error('The checkpoint does not have its three lines.');
  }
  return { origin: lines[0], size: decimal(lines[1]), root: hashOf(lines[2]) };
}

/** A tlog-proof file. */
export function parseProof(text) {
  const blank = text.indexOf('\n\n');
  const lines = text.slice(0, Math.max(blank, 0)).split('\n');
  if (blank < 0 || lines.shift() !== 'c2sp.org/tlog-proof@v1') {
    throw new Error('It is no proof of the form c2sp.org/tlog-proof@v1.');
  }
  if (lines[0]?.startsWith('extra ')) {
    lines.shift();
  }
  const index = /^index (.*)$/.exec(lines.shift() ?? '');
  if (!index) {
    throw new Error('The proof has no index.');
  }
  const note = parseNote(text.slice(blank + 2));
  return { index: decimal(index[1]), path: lines.map(hashOf), note, checkpoint: parseCheckpoint(note.text) };
}

/** Whether a proof leads from a leaf to the root of its checkpoint (RFC 9162 §2.1.3.2). */
export async function leads({ index, path, checkpoint }, leaf) {
  if (index >= checkpoint.size) {
    return false;
  }
  let node = index;
  let last = checkpoint.size - 1n;
  let hash = leaf;
  for (const beside of path) {
    if (last === 0n) {
      return false;
    }
    if (node % 2n === 1n || node === last) {
      hash = await nodeHash(beside, hash);
      while (node % 2n === 0n && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = await nodeHash(hash, beside);
    }
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n && equal(hash, checkpoint.root);
}

/** 'valid', 'invalid', 'absent', or 'unable' where this browser lacks the algorithm. */
async function signatureOf(key, note) {
  const own = note.signatures.filter((one) => one.name === key.name && one.id === key.id);
  if (own.length === 0) {
    return 'absent';
  }
  if (key.type === ML_DSA_44_COSIGNATURE) {
    return 'unable';
  }
  for (const { bytes } of own) {
    const hasTime = key.type === ED25519_COSIGNATURE;
    if (bytes.length !== (hasTime ? 72 : 64)) {
      return 'invalid';
    }
    const time = hasTime ? new DataView(bytes.buffer).getBigUint64(0) : 0n;
    const message = hasTime ? `cosignature/v1\ntime ${time}\n${note.text}` : note.text;
    try {
      const verifier = await crypto.subtle.importKey('raw', key.raw, 'Ed25519', false, ['verify']);
      if (!(await crypto.subtle.verify('Ed25519', verifier, bytes.slice(hasTime ? 8 : 0), utf8.encode(message)))) {
        return 'invalid';
      }
    } catch (error) {
      if (error.name === 'NotSupportedError') {
        return 'unable';
      }
      return 'invalid';
    }
  }
  return 'valid';
}

/**
 * Judges a checkpoint by a policy, as io.consentry.verify.Signatures does: a log that is known by keys of several kinds has signed
 * with one of each. Answers { why } when it is refused.
 */
export async function judge(policy, note, checkpoint) {
  const logs = policy.logs.filter((key) => key.name === checkpoint.origin);
  const states = new Map();
  for (const key of [...logs, ...policy.witnesses.values()]) {
    states.set(key, await signatureOf(key, note));
  }
  const invalid = [...states].find(([, state]) => state === 'invalid');
  if (invalid) {
    return { why: `the signature of ${invalid[0].name} is not valid.` };
  }
  if (!logs.some((key) => states.get(key) !== 'absent')) {
    return { why: `it is of ${checkpoint.origin} and signed by none of the keys above.` };
  }
  const types = new Set(logs.filter((key) => states.get(key) !== 'absent').map((key) => key.type));
  if (logs.some((key) => !types.has(key.type))) {
    return { why: 'one of the kinds of signature that this log makes is missing.' };
  }
  const seen = new Set([...policy.witnesses].filter(([, key]) => states.get(key) === 'valid').map(([name]) => name));
  return {
    isChecked: logs.some((key) => states.get(key) === 'valid'),
    lacksEd25519: [...states].some(([key, state]) => state === 'unable' && key.type !== ML_DSA_44_COSIGNATURE),
    lacksMlDsa: [...states].some(([key, state]) => state === 'unable' && key.type === ML_DSA_44_COSIGNATURE),
    witnesses: [...seen].sort(),
    isWitnessed: policy.asksForWitnesses && policy.quorum(seen),
  };
}
