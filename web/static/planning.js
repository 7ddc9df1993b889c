// Looks again while the search for a better plan is under way, unless somebody is about to use
// a button or a link on the page. Without this there is a link that looks again.

const isIdle = () => !document.activeElement || document.activeElement === document.body;

function look() {
  if (isIdle()) location.reload();
  else setTimeout(look, 1000);
}

if (document.querySelector("[data-search]")) setTimeout(look, 2000);
