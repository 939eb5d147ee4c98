// The page that checks a receipt. Nothing of the receipt leaves the browser: all that is asked for are this service's public keys.

const MAX_BYTES = 1024 * 1024;
const MARKS = { holds: ['✔', 'Holds'], fails: ['✘', 'Does not hold'], 'not-checked': ['–', 'Not checked'] };
const tool = document.getElementById('verify');
const file = document.getElementById('file');
const policyField = document.getElementById('policy');
const status = document.getElementById('verdict');
const list = document.getElementById('steps');
const tlog = await import(tool.dataset.tlog);
const { check } = await import(tool.dataset.receipt);

function sentence(result) {
  switch (result.verdict) {
    case 'promised':
      return [
        'caution',
        `Promised. The service has signed that this entry will be in its log by ${result.by}. ` +
          'If it is not there then, this receipt is proof of the fault.',
      ];
    case 'included':
      return ['good', `Included. The log ${result.origin} has this entry, as number ${result.index}.`];
    case 'witnessed':
      return [
        'good',
        `Witnessed. The log ${result.origin} has this entry, as number ${result.index}, and others have seen it there: ` +
          `${result.witnesses.join(', ')}.`,
      ];
    case 'open':
      return ['caution', 'Not fully checked. All that this browser can check holds; whose signature it is stays open.'];
    default:
      return ['stop', `Refused. ${result.why}`];
  }
}

function show(kind, text, steps = []) {
  status.className = `alert ${kind}`;
  status.textContent = text;
  list.replaceChildren(
    ...steps.map(({ what, state, said }) => {
      const item = document.createElement('li');
      item.className = state;
      const mark = document.createElement('span');
      mark.className = 'mark';
      mark.setAttribute('aria-hidden', 'true');
      mark.textContent = MARKS[state][0];
      const words = document.createElement('span');
      words.className = 'visually-hidden';
      words.textContent = `${MARKS[state][1]}: `;
      const name = document.createElement('strong');
      name.textContent = `${what}. `;
      const text = document.createElement('span');
      text.append(words, name, said);
      item.append(mark, text);
      return item;
    }),
  );
  list.hidden = steps.length === 0;
}

async function fetched(address, form) {
  try {
    const answer = await fetch(address, { credentials: 'omit' });
    return answer.ok ? await answer[form]() : null;
  } catch {
    return null;
  }
}

let receipt = null;

async function run() {
  if (receipt === null) {
    return;
  }
  if (policyField.value.trim() === '') {
    show('caution', 'This service names no key of its log. Paste the key or the policy that you believe, and check again.');
    return;
  }
  let policy;
  try {
    policy = await tlog.parsePolicy(policyField.value);
  } catch (error) {
    show('stop', `The keys cannot be used. ${error.message}`);
    return;
  }
  const result = await check(receipt, policy, await fetched('/.well-known/keys', 'json'), tlog);
  show(...sentence(result), result.steps);
}

async function take(chosen) {
  if (!chosen) {
    return;
  }
  if (chosen.size > MAX_BYTES) {
    receipt = null;
    show('stop', 'Refused. The file is too large to be a receipt.');
    return;
  }
  receipt = await chosen.text();
  await run();
}

file.addEventListener('change', () => take(file.files[0]));
document.getElementById('again').addEventListener('click', run);
tool.addEventListener('dragover', (event) => event.preventDefault());
tool.addEventListener('drop', (event) => {
  event.preventDefault();
  take(event.dataTransfer.files[0]);
});

if (!window.isSecureContext || !crypto.subtle) {
  show('stop', 'This page is not served over https, so the browser offers no cryptography and nothing can be checked here.');
} else {
  policyField.value ||= (await fetched('/ledger/policy', 'text')) ?? '';
}
document.getElementById('without').hidden = true;
tool.hidden = false;
