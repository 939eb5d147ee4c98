// The little that pages do better with JavaScript. Every page works without it.

// A second click on a form that is on its way would be a second request.
addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'yes';
});

// A page that comes back out of the browser's memory may send its form again.
addEventListener('pageshow', () => {
  for (const form of document.forms) {
    delete form.dataset.sent;
  }
});

// Ticking a whole group needs no way to the server and back.
addEventListener('click', (event) => {
  const button = event.target.closest('button.tick');
  if (!button) {
    return;
  }
  event.preventDefault();
  const boxes = [...button.closest('.asked').querySelectorAll('input[type=checkbox]')];
  const all = !boxes.every((box) => box.checked);
  for (const box of boxes) {
    box.checked = all;
  }
  button.firstElementChild.textContent = all ? button.dataset.none : button.dataset.all;
});

addEventListener('change', (event) => {
  const button = event.target.closest('.asked')?.querySelector('button.tick');
  if (button) {
    const boxes = [...button.closest('.asked').querySelectorAll('input[type=checkbox]')];
    button.firstElementChild.textContent = boxes.every((box) => box.checked) ? button.dataset.none : button.dataset.all;
  }
});
