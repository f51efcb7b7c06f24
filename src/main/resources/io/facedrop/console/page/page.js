'use strict';
// Shows the page anew every few seconds, as long as somebody looks and holds nothing in it.
const EVERY = 3000;

async function refresh() {
  const main = document.getElementById('main');
  if (document.hidden || main.contains(document.activeElement) || !getSelection().isCollapsed) {
    return;
  }
  try {
    const answer = await fetch(location.href, { cache: 'no-store' });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const next = page.getElementById('main');
      if (next.innerHTML !== main.innerHTML) {
        main.replaceChildren(...next.childNodes);
      }
    }
    document.getElementById('away').hidden = answer.ok;
  } catch (gone) {
    document.getElementById('away').hidden = false;
  }
}

setInterval(refresh, EVERY);
