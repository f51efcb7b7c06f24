'use strict';
// Shows the page anew every few seconds, as long as somebody looks and holds nothing in it.
const EVERY = 3000;

function isHeld(main) {
  const file = main.querySelector('input[type=file]');
  return main.contains(document.activeElement) || !getSelection().isCollapsed
    || document.body.classList.contains('dragging') || (file !== null && file.files.length > 0);
}

async function refresh() {
  const main = document.getElementById('main');
  if (document.hidden || isHeld(main)) {
    return;
  }
  try {
    const answer = await fetch(location.href, { cache: 'no-store' });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const next = page.getElementById('main');
      if (next.innerHTML !== main.innerHTML && !isHeld(main)) {
        main.replaceChildren(...next.childNodes);
      }
    }
    document.getElementById('away').hidden = answer.status < 500;
  } catch (gone) {
    document.getElementById('away').hidden = false;
  }
}

setInterval(refresh, EVERY);

// A file that is dropped anywhere onto the overview goes into its form.
for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop']) {
  document.addEventListener(kind, event => {
    const form = document.querySelector('form.drop');
    if (form === null || !event.dataTransfer.types.includes('Files')) {
      return;
    }
    event.preventDefault();
    const leaves = kind === 'drop' || (kind === 'dragleave' && event.relatedTarget === null);
    document.body.classList.toggle('dragging', !leaves);
    if (kind === 'drop') {
      form.querySelector('input[type=file]').files = event.dataTransfer.files;
      form.requestSubmit();
    }
  });
}

document.addEventListener('submit', event => {
  const form = event.target;
  if (!form.matches('.drop')) {
    return;
  }
  const [file] = form.querySelector('input[type=file]').files;
  const large = file.size > Number(form.dataset.most);
  form.querySelector('[role=status]').textContent = large
    ? `${file.name} is larger than facedrop.manifest.max-bytes allows.`
    : `Sending ${file.name}…`;
  if (large) {
    event.preventDefault();
  }
});
