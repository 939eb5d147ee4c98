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
